/// What the weeks before the one that is compared with add to what is known of its rate: where weeks hardly
/// stray, five tell more than two. Each counts the less, the less sure it is by chance and by its days.
package struct EarlierWeeks: Sendable, Equatable {
  struct Week: Sendable, Equatable {
    /// Whether it is the one that is compared with.
    var isLast: Bool
    /// The logarithm of its rate.
    var rate: Double
    /// What that has by chance and by its days.
    var variance: Double
  }

  private var weeks: [Week] = []

  package static let none = EarlierWeeks(weeks: [])

  private init(weeks: [Week]) { self.weeks = weeks }

  /// - Parameter weeks: those known. Without the last one nothing can be told.
  init(_ weeks: [Week]) {
    guard let last = weeks.first(where: \.isLast) else { return }
    self.weeks = weeks.filter { !$0.isLast && $0.variance > 0 && $0.variance.isFinite }.map {
      Week(isLast: false, rate: $0.rate - last.rate, variance: $0.variance)
    }
  }

  /// How far the logarithm of each one's rate is above that of the last one.
  var rates: [Double] { weeks.map(\.rate) }

  /// The usual rate, as all of them tell it.
  ///
  /// - Parameters:
  ///   - variance: of the logarithm of the rate that is compared with.
  ///   - distance: how far that is above the one of its week, where it is not all of it.
  /// - Returns: how far the logarithm of the usual rate is above the one that is compared with, its
  ///   variance by chance and by days, and how many times as much as one week's it strays.
  func usual(variance: Double, distance: Double) -> (
    distance: Double, variance: Double, strays: Double
  ) {
    guard variance > 0 else { return (0, variance, 1) }
    var all = 1 / variance
    var sums = (distance: 0.0, variance: 1 / variance, strays: 1 / (variance * variance))
    for week in weeks {
      let weight = 1 / week.variance
      all += weight
      sums.distance += weight * (week.rate - distance)
      sums.variance += weight
      sums.strays += weight * weight
    }
    return (sums.distance / all, sums.variance / (all * all), sums.strays / (all * all))
  }
}
