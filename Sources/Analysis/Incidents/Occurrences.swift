internal import Glibc

/// Errors far closer together than in the hours around: once, or again and again.
struct Occurrence {
  /// Indices of minutes; the first and the last have an error.
  var minutes: Range<Int>
  var count: Int
  /// How much better a higher rate explains it.
  var score: Double
}

extension TroubleSeries {
  /// The occurrences of a series, against the rate of a quarter of a day before and after: what
  /// comes every day at its hour is usual for the season, but stands out of its day. Of these, the
  /// ones in which far more fails than just before and just after, where no other one is: the hours
  /// in which all is done are none. Where requests are known, it is their share that must be more.
  func occurrences(_ policy: IncidentPolicy) -> [Occurrence] {
    let found = occurrences(above: localRates(), policy)
    var isPart = Array(repeating: false, count: counts.count)
    for occurrence in found {
      for minute in occurrence.minutes { isPart[minute] = true }
    }
    return found.filter { occurrence in
      let (first, end) = (occurrence.minutes.lowerBound, occurrence.minutes.upperBound)
      let own = rate(of: occurrence.minutes) { _ in true } ?? 0
      let sides = [first - 120..<first, end..<end + 120].map { side in
        rate(of: side) { !isPart[$0] } ?? own
      }
      let side = sides.max() ?? 0
      // No share is 2.5 times one half.
      return own >= (isShare ? min(2.5 * side, (1 + side) / 2) : 2.5 * side)
    }
  }

  /// What fails in some minutes, of the requests where they are known: nil where there is nothing.
  private func rate(of minutes: Range<Int>, where isMeant: (Int) -> Bool) -> Double? {
    var (errors, all) = (0.0, 0.0)
    for minute in minutes.clamped(to: counts.indices) where isMeant(minute) {
      errors += Double(counts[minute])
      all += exposure[minute]
    }
    return all > 0 ? errors / all : nil
  }

  /// The rate of each hour, from six before and after.
  private func localRates() -> [Double] {
    let sums = hours.map { hour in
      let errors = counts[hour.minutes].reduce(0) { $0 &+ Int($1) }
      let all = isEven ? hour.minutes.count : exposure[hour.minutes].count { $0 > 0 }
      return (errors: Double(errors), all: Double(all))
    }
    let total = sums.reduce(0.5) { $0 + $1.errors }
    let covered = max(1, sums.reduce(0) { $0 + $1.all })
    let overall = total / covered
    let prior = covered / Double(max(1, hours.count)) * 3
    var (near, all, low, high) = (0.0, 0.0, 0, 0)
    return hours.indices.map { hour in
      while high < min(hours.count, hour + 7) {
        near += sums[high].errors
        all += sums[high].all
        high += 1
      }
      while low < hour - 6 {
        near -= sums[low].errors
        all -= sums[low].all
        low += 1
      }
      return (max(0, near) + overall * prior) / (max(0, all) + prior)
    }
  }

  private func occurrences(above rates: [Double], _ policy: IncidentPolicy) -> [Occurrence] {
    var found: [Occurrence] = []
    var (first, last) = (0, 0)
    var (sum, most) = (0.0, 0.0)
    var (count, all) = (0, 0)
    func add(_ occurrence: Occurrence) {
      guard occurrence.score >= policy.occurrence, occurrence.count >= policy.leastOccurrence
      else { return }
      found.append(sharp(occurrence, rates))
    }
    let test = StretchTest()
    counts.withUnsafeBufferPointer { counts in
      for (hour, rate) in zip(hours, rates) {
        let (gain, loss) = test.weights(at: rate, isShare: false)
        // A first minute that adds nothing begins nothing.
        let least = StretchTest.least((gain, loss))
        let end = hour.minutes.upperBound
        var next = hour.minutes.lowerBound
        while true {
          if sum <= 0 {
            while next < end, counts[next] < least { next &+= 1 }
            (first, last, sum, most, count, all) = (next, next, 0, 0, 0, 0)
          }
          if next >= end { break }
          let (minute, errors) = (next, counts[next])
          next &+= 1
          sum += Double(errors) * gain - loss
          all &+= Int(errors)
          if errors > 0 && sum >= most { (most, last, count) = (sum, minute, all) }
          if sum <= 0 || most - sum >= policy.occurrence || minute - last > policy.pause {
            add(Occurrence(minutes: first..<last + 1, count: count, score: most))
            sum = 0
          }
        }
      }
    }
    if sum > 0 { add(Occurrence(minutes: first..<last + 1, count: count, score: most)) }
    return found
  }

  /// The part of an occurrence that speaks most for its own rate: an error that happened to come
  /// half an hour before is no part of it.
  private func sharp(_ occurrence: Occurrence, _ rates: [Double]) -> Occurrence {
    var sharp = occurrence
    for _ in 0..<2 {
      let rate = rates[hour(of: sharp.minutes.lowerBound)]
      guard rate > 0 else { return sharp }
      let own = Double(sharp.count) / Double(sharp.minutes.count)
      let test = StretchTest(factor: max(1.5, own / rate))
      let (gain, loss) = test.weights(at: rate, isShare: false)
      var (sum, most, first, count) = (0.0, 0.0, sharp.minutes.lowerBound, 0)
      var best = sharp
      for minute in sharp.minutes {
        if sum <= 0 { (sum, first, count) = (0, minute, 0) }
        if sum == 0, counts[minute] == 0 { continue }
        sum += Double(counts[minute]) * gain - loss
        count += Int(counts[minute])
        if sum > most, counts[minute] > 0 {
          most = sum
          best.minutes = first..<minute + 1
          best.count = count
        }
      }
      if best.minutes == sharp.minutes { break }
      sharp = best
    }
    return sharp
  }

  /// The place of the local hour that has a minute.
  func hour(of minute: Int) -> Int {
    var low = 0
    var high = hours.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if hours[middle].minutes.lowerBound <= minute { low = middle } else { high = middle }
    }
    return low
  }
}
