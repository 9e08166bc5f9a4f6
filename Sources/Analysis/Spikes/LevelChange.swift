internal import Glibc

/// A minute at which the level of a series changed at once and for at least a day.
struct LevelChange: Equatable {
  /// The index of the first minute of the new level.
  var minute: Int
  /// The level before it and the one after, relative to the same profile.
  var before: Double
  var after: Double
}

extension Baseline {
  /// The lasting changes of level: where the median level of up to four whole days after differs
  /// from that of as many before by a factor and by more than chance, dispersion and drift
  /// explain. Whole days do not mind what the profile of hours knows badly, and a median of days
  /// does not mind an incident. Shorter windows, of two days and one, find what was over sooner.
  /// (Binary segmentation; the minute itself is the one of the greatest likelihood.)
  ///
  /// - Parameters:
  ///   - silences: minutes in which nothing was logged.
  ///   - halfHours: the series without its spikes and silences.
  func changes(
    of counts: [Int32], silences: [Range<Int>], halfHours: [HalfHour], drift: RateDrift,
    dispersion: Double
  ) -> [LevelChange] {
    let search = LevelChangeSearch(halfHours, drift: drift, dispersion: dispersion)
    var found: [Int] = []
    var open = [0..<search.hours]
    while let hours = open.popLast() {
      guard let (hour, window) = search.largest(in: hours) else { continue }
      let minute = likeliest(in: window, counts: counts, silences: silences) ?? hour * 60
      found.append(minute)
      open.append(hours.lowerBound..<minute / 60)
      open.append((minute + 59) / 60..<hours.upperBound)
    }
    return search.changes(at: found.sorted())
  }

  /// Whether there is any: the first question of the same search.
  func mayChange(halfHours: [HalfHour], drift: RateDrift, dispersion: Double) -> Bool {
    let search = LevelChangeSearch(halfHours, drift: drift, dispersion: dispersion)
    return search.largest(in: 0..<search.hours) != nil
  }

  /// The minute at which a window is best cut in two, each with a level of its own.
  private func likeliest(
    in window: Range<Int>, counts: [Int32], silences: [Range<Int>]
  ) -> Int? {
    var series: [(errors: Double, usual: Double)] = []
    series.reserveCapacity(window.count)
    for (dayPart, level) in zip(dayParts, levels) where dayPart.minutes.overlaps(window) {
      for minute in dayPart.minutes.clamped(to: window) {
        series.append((Double(counts[minute]), expected[minute] / level))
      }
    }
    for silence in silences where silence.overlaps(window) {
      for minute in silence.clamped(to: window) { series[minute - window.lowerBound] = (0, 0) }
    }
    let all = series.reduce((errors: 0.0, usual: 0.0)) {
      ($0.errors + $1.errors, $0.usual + $1.usual)
    }
    let margin = 360  // a spike at an end is none
    var best: Int?
    var most = -Double.infinity
    var passed = (errors: 0.0, usual: 0.0)
    for (place, minute) in series.enumerated() {
      passed = (passed.errors + minute.errors, passed.usual + minute.usual)
      guard place >= margin, place < window.count - margin else { continue }
      let likelihood =
        gain(passed.errors, passed.usual)
        + gain(all.errors - passed.errors, all.usual - passed.usual)
      if likelihood > most {
        most = likelihood
        best = window.lowerBound + place + 1
      }
    }
    return best
  }

  private func gain(_ errors: Double, _ usual: Double) -> Double {
    errors > 0 && usual > 0 ? errors * log(errors / usual) : 0
  }
}

/// The sums of a series by hours, from which windows of days are had at once.
private struct LevelChangeSearch {
  let hours: Int
  private var errors: [Double] = [0]
  private var usual: [Double] = [0]
  /// What the variance of the log of a level is, times minutes, beyond that of counts.
  private let scatter: Double

  /// A smaller change is left to the levels of days.
  private static let leastRatio = 1.6
  /// How many standard errors of a median it must be.
  private static let leastDistance = 5.0

  init(_ halfHours: [HalfHour], drift: RateDrift, dispersion: Double) {
    let perHour = 60 / HalfHour.length
    hours = halfHours.count / perHour
    for hour in 0..<hours {
      let parts = halfHours[hour * perHour..<(hour + 1) * perHour]
      errors.append(parts.reduce(errors[hour]) { $0 + $1.errors })
      usual.append(parts.reduce(usual[hour]) { $0 + $1.flat })
    }
    // Changes not yet known of look like the slowest of drift, which would then excuse them.
    let time = min(300, -Double(HalfHour.length) / log(drift.memory))
    scatter = dispersion + 2 * time * drift.variance
  }

  /// The hour of the clearest change inside of some hours, and the minutes around it; nil if there
  /// is none.
  func largest(in hours: Range<Int>) -> (hour: Int, window: Range<Int>)? {
    for days in [4, 2, 1] {
      guard let hour = largest(in: hours, days: days) else { continue }
      let reach = 24 * max(2, days - 1)  // it may be that far from where medians tell it best
      let window =
        max(hours.lowerBound, hour - reach) * 60..<min(hours.upperBound, hour + reach) * 60
      return (hour, window)
    }
    return nil
  }

  /// The changes at some minutes in rising order, with the levels of up to a week before and after,
  /// as far as the next one.
  func changes(at minutes: [Int]) -> [LevelChange] {
    let edges = [0] + minutes + [hours * 60]
    return minutes.enumerated().map { place, minute in
      let before = max(edges[place], minute - 7 * 1440)
      let after = min(edges[place + 2], minute + 7 * 1440)
      return LevelChange(
        minute: minute, before: level((before + 59) / 60..<minute / 60),
        after: level((minute + 59) / 60..<after / 60))
    }
  }

  private func level(_ hours: Range<Int>) -> Double {
    count(hours) / max(usual[hours.upperBound] - usual[hours.lowerBound], 1e-12)
  }

  private func largest(in hours: Range<Int>, days: Int) -> Int? {
    let least = min(days, 3)
    guard hours.count >= 48 * least, mayDiffer(hours) else { return nil }
    var best: Int?
    var most = 0.0
    for hour in hours.lowerBound + 24 * least...hours.upperBound - 24 * least {
      let before = min(days, (hour - hours.lowerBound) / 24)
      let after = min(days, (hours.upperBound - hour) / 24)
      let (past, future) = (hour - 24 * before..<hour, hour..<hour + 24 * after)
      let (few, many) = (count(past), count(future))
      guard min(few, many) >= 30, let low = median(past, least: least), low > 0,
        let high = median(future, least: least), high > 0
      else { continue }
      let ratio = abs(log(high / low))
      let variance =
        1 / few + 1 / many + scatter * (1 / Double(before * 1440) + 1 / Double(after * 1440))
      guard ratio > log(Self.leastRatio),
        // The variance of a median is about half as much again.
        ratio > Self.leastDistance * (1.57 * variance).squareRoot(),
        ratio > most * variance.squareRoot()
      else { continue }
      most = ratio / variance.squareRoot()
      best = hour
    }
    return best
  }

  /// Whether any two days of 24 hours differ by as much as a change has to: medians of days differ no
  /// more than these, and those of most series do not.
  private func mayDiffer(_ hours: Range<Int>) -> Bool {
    var (lowest, highest) = (Double.infinity, 0.0)
    for hour in hours.lowerBound...hours.upperBound - 24 {
      let expected = usual[hour + 24] - usual[hour]
      guard expected > 0 else { continue }
      let level = (errors[hour + 24] - errors[hour]) / expected
      lowest = min(lowest, level)
      highest = max(highest, level)
    }
    return highest > lowest * Self.leastRatio * (1 - 1e-9)
  }

  private func count(_ hours: Range<Int>) -> Double {
    errors[hours.upperBound] - errors[hours.lowerBound]
  }

  /// The median of days of 24 hours; nil if they are too few. One in which less than a quarter of what
  /// the others have is expected is left out: hardly anything was asked for.
  private func median(_ hours: Range<Int>, least: Int) -> Double? {
    let starts = stride(from: hours.lowerBound, to: hours.upperBound, by: 24)
    let most = starts.reduce(0) { max($0, usual[$1 + 24] - usual[$1]) }
    var days = 0
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)  // in order, the least first
    for first in starts {
      let expected = usual[first + 24] - usual[first]
      guard expected > 0, expected * 4 >= most else { continue }
      d = (errors[first + 24] - errors[first]) / expected
      if days > 2, d < c { swap(&c, &d) } else if days < 3 { swap(&c, &d) }
      if days > 1, c < b { swap(&b, &c) } else if days < 2 { swap(&b, &c) }
      if days > 0, b < a { swap(&a, &b) } else if days < 1 { swap(&a, &b) }
      days += 1
    }
    guard days >= least else { return nil }
    return switch days {
    case 1: a
    case 2: (a + b) / 2
    case 3: b
    default: (b + c) / 2
    }
  }
}
