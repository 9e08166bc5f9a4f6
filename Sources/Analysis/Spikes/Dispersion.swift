internal import Glibc

/// How much more the counts of minutes scatter around their baseline than chance alone: 1/r of the
/// negative binomial distribution, 0 to 4, by moments.
///
/// It is drawn towards none by its own standard error: where few errors are usual, a handful of
/// minutes with two would make the rarest of vendors look wild.
///
/// - Parameters:
///   - out: the minutes left out.
///   - tamed: whether spikes may still be inside, so that outliers must be cut off.
func dispersion(
  of counts: [Int32], around expected: [Double], leavingOut out: MinuteMarks, tamed: Bool
) -> Double {
  let highest = tamed ? quantile(0.999, of: counts) : .infinity
  var excess = 0.0
  var squares = 0.0
  @inline(__always)
  func add(_ count: Int32, _ mean: Double) {
    let difference = min(Double(count), highest) - mean
    excess += difference * difference - mean
    squares += mean * mean
  }
  counts.withUnsafeBufferPointer { counts in
    expected.withUnsafeBufferPointer { expected in
      for first in stride(from: 0, to: counts.count, by: 64) {
        let minutes = first..<min(first + 64, counts.count)
        if out.mayTouch(minutes) {
          for minute in minutes where !out.isOut[minute] { add(counts[minute], expected[minute]) }
        } else {
          for minute in minutes { add(counts[minute], expected[minute]) }
        }
      }
    }
  }
  return dispersion(excess: excess, squares: squares)
}

/// - Parameters:
///   - excess: what the squares of differences add up to beyond what chance alone makes of them.
///   - squares: those of what is expected.
func dispersion(excess: Double, squares: Double) -> Double {
  guard excess > 0, squares > 0 else { return 0 }
  let found = min(4, excess / max(squares, 1e-9))
  let error = (2 / squares).squareRoot()
  return found * found * found / (found * found + error * error)
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
