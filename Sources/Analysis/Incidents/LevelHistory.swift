internal import Glibc

/// Which level of errors, relative to what is expected of them, was usual at which time.
///
/// The series is cut where its level changes, as often as that explains it clearly better (optimal
/// partitioning with a price for each cut, by dynamic programming). Then the parts are walked through
/// in order of time: a lower level that stays for a day is the usual one from then on; a higher one
/// is trouble for as long as it lasts, and usual for what comes after it only if it lasted a week.
/// So a series that becomes better was never in trouble, and one that becomes worse is.
struct LevelHistory {
  /// A quarter of a day.
  private static let length = 360
  private static let perDay = 1440 / length
  /// The price of a cut, as a log-likelihood ratio.
  private static let price = 10.0

  private var usual: [Double]

  private struct Part {
    var places: Range<Int>
    var level: Double
  }

  /// - Parameter hours: where each begins, in minutes, its errors, and how many are expected of it,
  ///   in order of time.
  init(of hours: [(minute: Int, errors: Double, expected: Double)]) {
    let count = (hours.last?.minute ?? 0) / Self.length + 1
    var errors = Array(repeating: 0.0, count: count + 1)
    var expected = errors
    for hour in hours {
      errors[hour.minute / Self.length + 1] += hour.errors
      expected[hour.minute / Self.length + 1] += hour.expected
    }
    let scatter = Self.scatter(errors.dropFirst(), expected.dropFirst())
    for place in 1..<count + 1 {
      errors[place] += errors[place - 1]
      expected[place] += expected[place - 1]
    }
    let parts = Self.parts(errors, expected, price: Self.price * scatter)
    usual = Array(repeating: 1, count: count)
    for (part, level) in zip(parts, Self.usualLevels(of: parts, count: count)) {
      for place in part.places { usual[place] = level }
    }
  }

  func usual(at minute: Int) -> Double { usual[min(usual.count - 1, max(0, minute / Self.length))] }

  /// How many times more the counts scatter than by chance alone, from the differences of
  /// neighbours, the largest tenth of them left out; at least 1.
  private static func scatter(
    _ errors: ArraySlice<Double>, _ expected: ArraySlice<Double>
  ) -> Double {
    let pairs = Array(zip(errors, expected)).filter { $0.1 > 0 }
    let squares = zip(pairs, pairs.dropFirst()).map { one, other -> Double in
      let level = (one.0 + other.0) / (one.1 + other.1)
      let difference = one.0 / one.1 - other.0 / other.1
      return level > 0 ? difference * difference / (level * (1 / one.1 + 1 / other.1)) : 0
    }.sorted()
    let kept = squares.prefix(squares.count * 9 / 10)
    guard !kept.isEmpty else { return 1 }
    // What is left of the mean of a squared normal variable without its largest tenth.
    return max(1, kept.reduce(0, +) / Double(kept.count) / 0.62)
  }

  /// - Parameters:
  ///   - errors: sums from the start, and the same of what is expected.
  private static func parts(_ errors: [Double], _ expected: [Double], price: Double) -> [Part] {
    let count = errors.count - 1
    var best = Array(repeating: -price, count: count + 1)
    var before = Array(repeating: 0, count: count + 1)
    best.withUnsafeMutableBufferPointer { best in
      errors.withUnsafeBufferPointer { errors in
        expected.withUnsafeBufferPointer { expected in
          for end in 1..<count + 1 {
            let (allErrors, allExpected) = (errors[end], expected[end])
            var most = -Double.infinity
            for first in 0..<end {
              let (few, usual) = (allErrors - errors[first], allExpected - expected[first])
              let ratio = few > 0 && usual > 0 ? few / usual : 1
              // The logarithm is less than that; nearly always this is not enough, and saves it.
              let bound = best[first] + few * (ratio - 1) - price
              if bound + 1e-9 * (1 + abs(bound)) <= most { continue }
              let value = best[first] + few * log(ratio) - price
              if value > most { (most, before[end]) = (value, first) }
            }
            best[end] = most
          }
        }
      }
    }
    var parts: [Part] = []
    var end = count
    while end > 0 {
      let first = before[end]
      let usual = expected[end] - expected[first]
      parts.append(
        Part(
          places: first..<end,
          level: usual > 0 ? (errors[end] - errors[first] + 0.5) / (usual + 0.5) : 1))
      end = first
    }
    return parts.reversed()
  }

  private static func usualLevels(of parts: [Part], count: Int) -> [Double] {
    let week = 7 * perDay
    // What a log begins with is usual if it goes on for long enough.
    let first = parts.firstIndex { $0.places.count >= max(1, min(2 * perDay, count / 4)) } ?? 0
    guard parts.indices.contains(first) else { return [] }
    var now = parts[first].level
    var earlier: [(level: Double, end: Int)] = []
    return parts.enumerated().map { place, part in
      guard place > first else { return now }
      let recent = earlier.filter { part.places.lowerBound - $0.end < week }.map(\.level)
      let usual = max(now, recent.max() ?? 0)
      if part.level > 1.6 * usual {
        if part.places.count >= week { now = part.level }
        return usual
      }
      guard part.places.count >= perDay else { return usual }
      earlier.append((now, part.places.lowerBound))
      now = part.level
      return now
    }
  }
}
