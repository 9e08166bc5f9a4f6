internal import Glibc

/// What comes again and again in a series, and where it may be looked for in it.
struct HabitSearch {
  private let series: TroubleSeries
  private let policy: IncidentPolicy
  /// For each local hour of the series: the local minute, since the epoch, of its first one.
  private let local: [Int]
  private(set) var found: [Regularity] = []

  /// Occurrences at their time of a cycle.
  struct Regularity {
    var every: Cycle
    /// Minutes into the cycle.
    var at: Int
    var minutes: Int
    var size: Int
    /// Where in the series each time of it is, as usual; not where it was far worse than usual.
    var usual: [Range<Int>]
    /// Those of them with errors.
    var came: [Range<Int>]
  }

  /// - Parameters:
  ///   - first: the minute, since the epoch, at which the series begins.
  ///   - offset: minutes to add to UTC at a minute of the series.
  init(in series: TroubleSeries, from first: Int, offset: (Int) -> Int, policy: IncidentPolicy) {
    self.series = series
    self.policy = policy
    var left = series.occurrences(policy)
    guard left.count >= 3 else {
      local = []
      return
    }
    local = series.hours.map {
      first + $0.minutes.lowerBound + max(-1440, min(1440, offset($0.minutes.lowerBound)))
    }
    for every in [Cycle.hour, .day, .week] {
      while found.count < 24, let regularity = mostRegular(of: left, every: every) {
        found.append(regularity)
        let before = left.count
        left.removeAll { occurrence in
          regularity.usual.contains { $0.overlaps(occurrence.minutes) }
        }
        if left.count == before { break }
      }
    }
  }

  /// The local minute, since a Monday's start, of a minute of the series.
  private func localMinute(_ minute: Int) -> Int {
    let hour = series.hour(of: minute)
    // The epoch began on a Thursday.
    return local[hour] + minute - series.hours[hour].minutes.lowerBound + 3 * 1440
  }

  private struct Member {
    var occurrence: Occurrence
    var local: Int
  }

  /// The surest regularity: of all occurrences, or of those alone that stand out more.
  private func mostRegular(of occurrences: [Occurrence], every: Cycle) -> Regularity? {
    var best: (regularity: Regularity, surprise: Double)?
    for least in [0, 8, 12, 20, 40] as [Double] {
      let clear = occurrences.filter { $0.score >= least }
      guard let (regularity, surprise) = mostRegular(ofClear: clear, every: every),
        surprise > best?.surprise ?? 0
      else { continue }
      best = (regularity, surprise)
    }
    return best?.regularity
  }

  /// The time of the cycle at which occurrences come in the most cycles, if that is a habit, and how
  /// unlikely it is that chance alone brings it: the log of the odds.
  private func mostRegular(
    ofClear occurrences: [Occurrence], every: Cycle
  ) -> (Regularity, surprise: Double)? {
    let (period, width) = every == .hour ? (60, 11) : every == .day ? (1440, 41) : (10_080, 41)
    let members = occurrences.map {
      Member(occurrence: $0, local: localMinute($0.minutes.lowerBound))
    }
    .sorted { modulo($0.local, period) < modulo($1.local, period) }
    guard members.count >= 3 else { return nil }
    var best: (first: Int, count: Int, cycles: Int)?
    for first in members.indices {
      let phase = modulo(members[first].local, period)
      var cycles: Set<Int> = []
      var count = 0
      while count < members.count {
        let next = members[(first + count) % members.count].local
        guard modulo(next - phase, period) < width else { break }
        cycles.insert(floor(next - phase, period))
        count += 1
      }
      if cycles.count > best?.cycles ?? 0 { best = (first, count, cycles.count) }
    }
    guard let best else { return nil }
    let chosen = (best.first..<best.first + best.count).map { members[$0 % members.count] }
    let phase = modulo(chosen[0].local, period)
    guard
      let regularity = regularity(of: chosen, phase: phase, every: every, period: period)
    else { return nil }
    // The others, above all those of the same hours of any day, say how often one comes to stand in
    // a window by chance.
    let daily = min(period, 1440)
    let reach = min(daily / 2, 180)
    let near = members.count { member in
      let distance = modulo(member.local - phase - width / 2 + daily / 2, daily) - daily / 2
      return abs(distance) <= reach
    }
    let span = Double(max(1, series.counts.count))
    let others = Double(members.count - chosen.count) / span
    let nearby =
      Double(near - chosen.count) / span * Double(daily)
      / Double(max(1, 2 * reach - width * daily / period))
    let rate = max(others, nearby) * Double(period) / Double(period - width)
    let byChance = min(0.999, max(1e-4, 1 - exp(-rate * Double(width))))
    let times = Double(regularity.came.count)
    let cycles = Double(max(regularity.came.count, regularity.usual.count))
    let surprise =
      times * log(times / cycles / byChance)
      + (times < cycles ? (cycles - times) * log((1 - times / cycles) / (1 - byChance)) : 0)
      - log(Double(period))
    guard times / cycles > byChance, surprise >= policy.threshold else { return nil }
    return (regularity, surprise)
  }

  private func regularity(
    of members: [Member], phase: Int, every: Cycle, period: Int
  ) -> Regularity? {
    let came = Set(members.map { floor($0.local - phase, period) })
    guard let first = came.min(), let last = came.max() else { return nil }
    var every = every
    var possible = Array(first...last)
    if every == .day {
      let start = localMinute(0)
      let end = localMinute(max(0, series.counts.count - 1))
      let days = Array(
        floor(start - phase, period)
          + 1...max(floor(start - phase, period) + 1, floor(end - phase, period)))
      let weekend = days.filter { modulo($0 + phase / 1440, 7) >= 5 }
      if weekend.count >= 2, weekend.count(where: came.contains) * 4 < weekend.count {
        every = .workday
        possible = possible.filter { modulo($0, 7) < 5 }
      }
    }
    let times = every == .workday ? came.count(where: { modulo($0, 7) < 5 }) : came.count
    guard times >= (every == .week ? 3 : 4),
      Double(times) >= policy.regularity * Double(possible.count)
    else { return nil }
    let length = median(members.map(\.occurrence.minutes.count))
    let size = median(members.map(\.occurrence.count))
    let at = phase + median(members.map { modulo($0.local - phase, period) })
    let spread = members.map { modulo($0.local - phase, period) }
    let early = at - phase - (spread.min() ?? 0) + 2
    let late = (spread.max() ?? 0) - (at - phase) + 2
    // A local time may be there twice, or not at all, where the clocks change: that is left alone.
    var usual: [Range<Int>] = []
    var seen: [Range<Int>] = []
    for cycle in (first - 1)...(last + 1) where every != .workday || modulo(cycle, 7) < 5 {
      guard let begin = place(ofLocal: cycle * period + at) else { continue }
      let due = (begin - early..<begin + length + late).clamped(to: series.counts.indices)
      if due.isEmpty { continue }
      let window = widened(due, by: length)
      let count = window.reduce(0) { $0 + Int(series.counts[$1]) }
      if count > 3 * size + 10 { continue }
      usual.append(window)
      if count * 4 >= size, count > 0 {
        let start = window.first { series.counts[$0] > 0 } ?? window.lowerBound
        seen.append(start..<start + length)
      }
    }
    guard seen.count >= (every == .week ? 3 : every == .hour ? 36 : 4) else { return nil }
    return Regularity(
      every: every, at: modulo(at, period), minutes: length, size: size, usual: usual, came: seen)
  }

  /// The minutes of one time of a habit as far as its errors go on, by no more than it is long: no
  /// two nights are quite the same.
  private func widened(_ window: Range<Int>, by length: Int) -> Range<Int> {
    let pause = max(3, length / 5)
    var (first, end) = (window.lowerBound, window.upperBound)
    var quiet = 0
    for minute in end..<max(end, min(series.counts.count, end + length)) {
      quiet = series.counts[minute] > 0 ? 0 : quiet + 1
      if quiet == 0 { end = minute + 1 }
      if quiet > pause { break }
    }
    quiet = 0
    for minute in (max(0, first - length)..<max(first, 0)).reversed() {
      quiet = series.counts[minute] > 0 ? 0 : quiet + 1
      if quiet == 0 { first = minute }
      if quiet > pause { break }
    }
    return first..<end
  }

  /// The minute of the series at a local minute; nil where it is outside.
  private func place(ofLocal minute: Int) -> Int? {
    let minute = minute - 3 * 1440
    var low = 0
    var high = local.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if local[middle] <= minute { low = middle } else { high = middle }
    }
    guard low < local.count, minute >= local[low] - 60 else { return nil }
    let place = series.hours[low].minutes.lowerBound + minute - local[low]
    return place < series.counts.count + 60 ? place : nil
  }
}

private func modulo(_ value: Int, _ divisor: Int) -> Int {
  let rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}

private func floor(_ value: Int, _ divisor: Int) -> Int {
  (value - modulo(value, divisor)) / divisor
}

private func median(_ values: [Int]) -> Int {
  values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
