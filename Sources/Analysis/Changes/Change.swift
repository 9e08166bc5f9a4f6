internal import Glibc

/// What was counted in a stretch of time, and how much there was to count in.
package struct Period: Sendable, Equatable {
  package var count: Int
  /// Minutes covered by the log, or requests made; the same unit in both periods compared.
  package var exposure: Double

  package init(count: Int, exposure: Double) {
    self.count = count
    self.exposure = exposure
  }
}

/// How a rate went from one period to the next.
package struct Change: Sendable, Equatable {
  package enum Direction: String, Sendable {
    /// The rate rose: by a fifth at least, and beyond what chance explains.
    case up
    /// The rate fell: by a fifth at least, and beyond what chance explains.
    case down
    /// Too small a change, or too few events, to say either.
    case noClearChange = "no_clear_change"
    /// There were none before.
    case new
    /// There are none any more.
    case gone
  }

  package var direction: Direction
  /// The new rate as a multiple of the old one; nil where either count is zero.
  package var ratio: Double?
  /// The bounds the true ratio is within, 19 times of 20; nil where `ratio` is.
  package var interval: ClosedRange<Double>?
}

/// Compares the rates of two periods, such as two weeks.
///
/// The test of a ratio of two Poisson rates on the log scale, with half an event added to each
/// count, and its variance widened by the dispersion: 95 % of 2 sides. A change is called up or
/// down only if the interval excludes 1, the ratio is at least .2 from 1, and either count is 20 or
/// more. A period without exposure cannot be compared.
///
/// - Parameter dispersion: how much more the counts vary than chance alone, see
///   ``overdispersion(ofDaily:)``; 0 for none.
package func change(from old: Period, to new: Period, dispersion: Double) -> Change {
  guard old.exposure > 0, new.exposure > 0, old.exposure.isFinite, new.exposure.isFinite
  else { return Change(direction: .noClearChange) }
  guard old.count > 0 || new.count > 0 else { return Change(direction: .noClearChange) }
  guard old.count > 0 else { return Change(direction: .new) }
  guard new.count > 0 else { return Change(direction: .gone) }

  let before = Double(old.count) + 0.5
  let after = Double(new.count) + 0.5
  let logRatio = log(after) - log(new.exposure) - log(before) + log(old.exposure)
  let widening = 1 + (dispersion.isFinite ? max(0, dispersion) : 0)
  let margin = 1.96 * (widening * (1 / after + 1 / before)).squareRoot()
  let ratio = exp(logRatio)
  let clear = abs(logRatio) > margin && abs(ratio - 1) >= 0.2 && max(old.count, new.count) >= 20
  return Change(
    direction: !clear ? .noClearChange : logRatio > 0 ? .up : .down,
    ratio: ratio,
    interval: exp(logRatio - margin)...exp(logRatio + margin))
}

/// How much more daily counts vary than chance alone: the variance over the mean, less 1, and never
/// negative; 0 where there are less than two days of a weekday.
///
/// The variance is that within weekdays, so that a quiet weekend is no dispersion.
///
/// - Parameter counts: consecutive days, of the last four weeks as a rule.
package func overdispersion(ofDaily counts: [Int]) -> Double {
  let weekdays = min(7, counts.count)
  let freedom = counts.count - weekdays
  let total = counts.reduce(0.0) { $0 + Double($1) }
  guard freedom > 0, total > 0 else { return 0 }
  var squares = 0.0
  for weekday in 0..<weekdays {
    let days = stride(from: weekday, to: counts.count, by: 7).map { Double(counts[$0]) }
    let mean = days.reduce(0, +) / Double(days.count)
    squares += days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
  return max(0, squares / Double(freedom) / (total / Double(counts.count)) - 1)
}
