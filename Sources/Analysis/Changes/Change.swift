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
  package enum Direction: String, CaseIterable, Sendable {
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
  /// The new rate as a multiple of the old one, of the counts as they are; nil where either is zero.
  package var ratio: Double?
  /// The bounds the true ratio is within, 19 times of 20, as far as weeks before the old period tell of
  /// that as well; nil where `ratio` is. `ratio` lies within them, seldom in their middle.
  package var interval: ClosedRange<Double>?
}

/// Compares the rates of two periods, such as two weeks.
///
/// The test of a ratio of two Poisson rates on the log scale, with half an event added to each
/// count: its variance is that of chance and of days, and the ratio of two weeks scatters besides. Where
/// weeks before the old period are known, the usual rate is that of all of them, each weighted by what is
/// known of it. A change is called up or down only if the interval of 95 % excludes 1, the ratio is at least
/// .2 from 1, the new rate is seven tenths as far from that of each week alone, and either count is 20 or
/// more: weeks that stray were there before. A period without exposure cannot be compared.
package func change(from old: Period, to new: Period, scatter: Scatter) -> Change {
  change(from: old, to: new, scatter: scatter, least: 20)
}

/// The same, but up or down only if the change does not hang on a single day: if it is still clear
/// without the day of the period that has more which adds most to it. A storm is an incident, not a
/// trend. The fewer days need be .65 as far from unchanged.
///
/// - Parameters:
///   - oldDays: the old period's days; of less than three no day is left out.
///   - newDays: the same of the new period.
package func steadyChange(
  from old: Period, to new: Period, oldDays: [Period], newDays: [Period], scatter: Scatter
) -> Change {
  var found = change(from: old, to: new, scatter: scatter)
  func isSteady(_ part: Period, _ new: Period) -> Bool {
    let rest = change(
      from: part, of: old, to: new, scatter: scatter, least: 0, share: withoutLargest)
    return rest.direction == found.direction
  }
  let isHeld =
    switch found.direction {
    case .up: isSteady(old, new.withoutWorst(of: newDays))
    case .down: isSteady(old.withoutWorst(of: oldDays), new)
    case .noClearChange, .new, .gone: true
    }
  if !isHeld { found.direction = .noClearChange }
  return found
}

extension Period {
  /// What is left without the day that has most beyond the period's rate.
  fileprivate func withoutWorst(of days: [Period]) -> Period {
    let rate = Double(count) / exposure
    func excess(_ day: Period) -> Double { Double(day.count) - rate * day.exposure }
    guard days.count >= 3, let worst = days.max(by: { excess($0) < excess($1) }),
      worst.exposure < exposure
    else { return self }
    return Period(count: max(0, count - worst.count), exposure: exposure - worst.exposure)
  }
}

/// What must still be clear of a change from each week before alone.
private let fromEach = 0.7
/// What must still be clear of a change without its largest day.
private let withoutLargest = 0.65

/// - Parameters:
///   - whole: the old period, of which `old` may be a part.
///   - share: how much of the margin a change must be beyond.
private func change(
  from old: Period, of whole: Period? = nil, to new: Period, scatter: Scatter, least: Int,
  share: Double = 1
) -> Change {
  guard old.exposure > 0, new.exposure > 0, old.exposure.isFinite, new.exposure.isFinite
  else { return Change(direction: .noClearChange) }
  guard old.count > 0 || new.count > 0 else { return Change(direction: .noClearChange) }
  guard old.count > 0 else { return Change(direction: .new) }
  guard new.count > 0 else { return Change(direction: .gone) }

  let (before, after) = (scatter.variance(old.tempered), scatter.variance(new.tempered))
  let distance = whole.map { old.logRate - $0.logRate } ?? 0
  let usual = scatter.earlier.usual(variance: before, distance: distance)
  let logRatio = new.logRate - old.logRate - usual.distance
  let margin = scatter.ofWeeks.margin(after + usual.variance, strays: 1 + usual.strays)
  let ratio = Double(new.count) / new.exposure / (Double(old.count) / old.exposure)
  // From the week before alone, too.
  let own = new.logRate - old.logRate
  let isLarge = [own, logRatio].allSatisfy {
    abs(exp($0) - 1) >= 0.2 && ($0 > 0) == (logRatio > 0)
  }
  let isClearOfEach = ([own] + scatter.earlier.rates.map { own + distance - $0 }).allSatisfy {
    abs($0) > margin * share * fromEach && ($0 > 0) == (logRatio > 0)
  }
  let clear =
    abs(logRatio) > margin * share && isClearOfEach && isLarge
    && max(old.count, new.count) >= least
  return Change(
    direction: !clear ? .noClearChange : logRatio > 0 ? .up : .down, ratio: ratio,
    interval: min(ratio, exp(logRatio - margin))...max(ratio, exp(logRatio + margin)))
}

extension Period {
  /// With half an event more: the logarithm of a small count is nearly as often too high as too low then.
  fileprivate var tempered: Double { Double(count) + 0.5 }
  fileprivate var logRate: Double { log(tempered) - log(exposure) }
}
