internal import Glibc

/// How far a rate may stray from one week to the next although nothing happened, as far as that is
/// known: how likely each of several deviations of its logarithm is.
///
/// Before anything is seen, that is what logs of traffic do: of ten, four hardly stray, the others by a
/// third and more. Each week that is known tells more of it. (A hierarchical model of rates whose
/// deviation is integrated out on a grid: Gelman et al., Bayesian Data Analysis, section 5.4. The
/// figures are such that bounds hold 19 times of 20 where four weeks are known, whether they stray or
/// not, and where one is known and weeks stray by three tenths. Bounds that allow for weeks that may
/// stray are wide where they do not.)
package struct WeekScatter: Sendable, Equatable {
  /// Deviations of the logarithm of a week's rate.
  static let deviations = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.55, 0.8]
  private static let prior = [
    0.34, 0.015, 0.015, 0.03, 0.05, 0.08, 0.12, 0.18, 0.15, 0.02,
  ]

  /// How likely each is; 1 in all.
  let weights: [Double]

  /// Rates that do not stray.
  package static let none = WeekScatter(weights: deviations.map { $0 == 0 ? 1 : 0 })

  private init(weights: [Double]) { self.weights = weights }

  /// - Parameter weeks: the logarithms of the rates of weeks, and the variance that each has by chance
  ///   and by its days.
  init(of weeks: [(rate: Double, variance: Double)]) {
    let likelihoods = WeekScatter.deviations.map { WeekScatter.logLikelihood(of: weeks, $0 * $0) }
    let largest = likelihoods.max() ?? 0
    let products = zip(likelihoods, WeekScatter.prior).map { exp($0 - largest) * $1 }
    let sum = products.reduce(0, +)
    weights = sum > 0 ? products.map { $0 / sum } : WeekScatter.prior
  }

  /// That of weeks around a mean of which nothing is known.
  private static func logLikelihood(
    of weeks: [(rate: Double, variance: Double)], _ scatter: Double
  ) -> Double {
    guard weeks.count > 1 else { return 0 }
    var (precision, sum, logs) = (0.0, 0.0, 0.0)
    for week in weeks {
      let own = 1 / (week.variance + scatter)
      precision += own
      sum += own * week.rate
      logs += log(own)
    }
    let mean = sum / precision
    let squares = weeks.reduce(0) {
      $0 + ($1.rate - mean) * ($1.rate - mean) / ($1.variance + scatter)
    }
    return (logs - log(precision) - squares) / 2
  }

  /// How far the logarithms of two weeks' rates may lie apart, 19 times of 20.
  ///
  /// - Parameters:
  ///   - variance: that of their difference by chance and by days.
  ///   - strays: how many times as much as one week's the difference strays; twice for two weeks.
  func margin(_ variance: Double, strays: Double = 2) -> Double {
    let parts = zip(WeekScatter.deviations, weights).filter { $1 > 1e-6 }.map {
      (deviation: (variance + strays * $0 * $0).squareRoot(), weight: $1)
    }
    func outside(_ distance: Double) -> Double {
      parts.reduce(0) { $0 + $1.weight * erfc(distance / $1.deviation / 2.0.squareRoot()) }
    }
    var (low, high) = (0.0, 0.0)
    for part in parts { high = max(high, 3 * part.deviation) }
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if outside(middle) > 0.05 { low = middle } else { high = middle }
    }
    return high
  }
}
