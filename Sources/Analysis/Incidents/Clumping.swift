/// How much more than by chance alone the errors of a series come in clumps: the ratio of their
/// variance to their mean in a sixth of an hour. Where each failed call is tried three times at once,
/// three errors tell as much as one.
struct Clumping {
  private var squares: [Double]
  private var means: [Double]
  private let sums: (squares: Double, means: Double)

  private static let length = 10

  init(of series: TroubleSeries, usual: UsualRate) {
    let count = series.counts.count / Self.length + 1
    var errors = Array(repeating: 0.0, count: count)
    var means = errors
    errors.withUnsafeMutableBufferPointer { errors in
      means.withUnsafeMutableBufferPointer { means in
        for (hour, rate) in zip(series.hours, usual.rates) {
          for minute in hour.minutes {
            errors[minute / Self.length] += Double(series.counts[minute])
            means[minute / Self.length] += series.exposure[minute] * rate
          }
        }
      }
    }
    squares = zip(errors, means).map { ($0 - $1) * ($0 - $1) }
    self.means = means
    sums = (squares.reduce(0, +), means.reduce(0, +))
  }

  /// That of a day in the middle, of those with anything to expect; at least 1.
  var ofMostDays: Double {
    let days = stride(from: 0, to: means.count, by: 1440 / Self.length).compactMap { first in
      let day = first..<min(first + 1440 / Self.length, means.count)
      let mean = means[day].reduce(0, +)
      return mean > 0 ? squares[day].reduce(0, +) / mean : nil
    }.sorted()
    return days.isEmpty ? 1 : max(1, days[days.count / 2])
  }

  /// At least 1; what some minutes hold does not count.
  func factor(without minutes: Range<Int>) -> Double {
    let blocks = minutes.lowerBound / Self.length..<(minutes.upperBound - 1) / Self.length + 1
    let out = blocks.clamped(to: means.indices)
    let means = sums.means - means[out].reduce(0, +)
    guard means > 0 else { return 1 }
    return max(1, (sums.squares - squares[out].reduce(0, +)) / means)
  }
}
