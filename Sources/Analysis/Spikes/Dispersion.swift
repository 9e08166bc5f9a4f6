/// How much more the counts scatter around their baseline than chance alone.
struct Dispersion {
  /// The squared relative scatter of minutes: 1/r of the negative binomial distribution, 0 to 4.
  var ofMinutes: Double
  /// The same of whole hours, which no chance within minutes explains: the rate itself wanders.
  var ofHours: Double

  /// - Parameters:
  ///   - out: the minutes left out; an hour with one of them is left out as a whole.
  ///   - tamed: whether spikes may still be inside, so that outliers must be cut off.
  init(of counts: [Int32], around expected: [Double], leavingOut out: [Bool], tamed: Bool) {
    let highest = tamed ? quantile(0.999, of: counts) : .infinity
    var minutes = Scatter()
    var hours = Scatter()
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        out.withUnsafeBufferPointer { out in
          var begin = 0
          while begin < counts.count {
            let end = min(begin + 60, counts.count)
            var whole = end - begin == 60
            var count = 0.0
            var usual = 0.0
            for minute in begin..<end {
              if out[minute] {
                whole = false
                continue
              }
              let errors = Double(counts[minute])
              let mean = expected[minute]
              minutes.add(min(errors, highest), around: mean)
              count += tamed ? min(errors, 3 * mean + 3) : errors
              usual += mean
            }
            if whole { hours.add(count, around: usual) }
            begin = end
          }
        }
      }
    }
    ofMinutes = minutes.relative
    ofHours = hours.relative
  }
}

/// Sums for the estimate of the dispersion by moments.
private struct Scatter {
  private var excess = 0.0
  private var squares = 0.0

  mutating func add(_ count: Double, around mean: Double) {
    excess += (count - mean) * (count - mean) - mean
    squares += mean * mean
  }

  var relative: Double { min(4, max(0, excess / max(squares, 1e-9))) }
}

/// A quantile of the counts, in a straight line between the two nearest.
private func quantile(_ share: Double, of counts: [Int32]) -> Double {
  guard !counts.isEmpty else { return 0 }
  var tally = Array(repeating: 0, count: 1024)  // the last is for all counts from there on
  for count in counts { tally[Int(min(count, 1023))] += 1 }
  var large: [Int32] = []
  func ranked(_ rank: Int) -> Double {
    var passed = 0
    for (count, times) in tally.dropLast().enumerated() {
      passed += times
      if passed > rank { return Double(count) }
    }
    if large.isEmpty { large = counts.filter { $0 >= 1023 }.sorted() }
    return Double(large[rank - passed])
  }
  let place = share * Double(counts.count - 1)
  let low = ranked(Int(place))
  let high = ranked(min(Int(place) + 1, counts.count - 1))
  return low + (high - low) * (place - place.rounded(.down))
}
