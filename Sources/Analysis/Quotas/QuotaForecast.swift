internal import Times

/// What was left of a quota at one time.
package struct QuotaBalance: Sendable, Equatable {
  /// Milliseconds since the epoch, as `reset` is.
  package var time: Int64
  package var limit: Int64?
  package var remaining: Int64
  /// When the quota begins anew; nil when not known.
  package var reset: Int64?

  package init(time: Int64, limit: Int64? = nil, remaining: Int64, reset: Int64? = nil) {
    self.time = time
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
  }
}

/// When a quota will be used up, as far as an honest estimate goes. Times are in milliseconds since
/// the epoch.
package enum QuotaForecast: Sendable, Equatable {
  /// Why there is none.
  package enum Obstacle: Sendable, Equatable {
    /// It was seen too seldom.
    case tooFew
    /// It was not watched for a week: how it is used by night or on a weekend is not known.
    case tooShort
    /// It is used now more, now less.
    case unsteady
    /// Nothing was used.
    case unused
  }

  /// Nothing was left when it was last seen.
  case usedUp
  /// It runs out between the two, in nine of ten cases; `middle` is its time at the usual rate.
  case runsOut(earliest: Int64, middle: Int64, latest: Int64)
  /// It begins anew before it can run out.
  case lasts(until: Int64)
  /// It may run out from then on, or begin anew before.
  case mayRunOut(earliest: Int64)
  case unknown(Obstacle)
}

extension QuotaForecast {
  /// The forecast from what was left of one quota at several times, in any order.
  ///
  /// What was used in the past five weeks, however often the quota began anew, tells how much is usual
  /// in each hour of working days and of weekends; there must be a week of it, and five balances. What
  /// is left will last for as long as hours like these take to use it. How much days differ from what
  /// is usual of their hours gives the interval: use is taken to have a variance in proportion to its
  /// mean, and the bounds are by Student's t.
  ///
  /// - Parameter cell: of an hour, by its start: which local hour of which sort of day it is, 0 to 47.
  package init(of balances: [QuotaBalance], cell: @escaping (Int64) -> Int) {
    // What a damaged store says may be before all time.
    let balances = balances.filter { $0.time > -(1 << 60) }.sorted {
      ($0.time, $1.remaining) < ($1.time, $0.remaining)
    }
    guard let last = balances.last else {
      self = .unknown(.tooFew)
      return
    }
    if last.remaining <= 0 {
      self = .usedUp
      return
    }
    let use = QuotaUse(balances, cell: cell)
    if use.span < QuotaForecast.leastHours {
      self = .unknown(.tooShort)
      return
    }
    guard balances.count >= 5 else {
      self = .unknown(.tooFew)
      return
    }
    self = QuotaForecast.forecast(from: last, use)
  }

  /// Nearly a week: a log of one begins and ends a little within it.
  private static let leastHours = 156.0

  private static func forecast(from last: QuotaBalance, _ use: QuotaUse) -> QuotaForecast {
    guard use.total > 0 else { return last.reset.map { .lasts(until: $0) } ?? .unknown(.unused) }
    let left = Double(last.remaining)
    let (dispersion, freedom) = use.scatter
    guard freedom > 0 else { return .unknown(.tooFew) }
    let bounds = bounds(of: left, total: use.total, dispersion: dispersion, freedom: freedom)
    guard let earliest = use.time(ofUsing: bounds.least) else {
      return last.reset.map { .lasts(until: $0) } ?? .unknown(.unsteady)
    }
    if let reset = last.reset, earliest >= reset { return .lasts(until: reset) }
    // The wider, the less it says.
    if let most = bounds.most, most < 4 * left, let middle = use.time(ofUsing: left),
      let latest = use.time(ofUsing: most)
    {
      if let reset = last.reset, latest > reset { return .mayRunOut(earliest: earliest) }
      return .runsOut(earliest: earliest, middle: middle, latest: latest)
    }
    return last.reset == nil ? .unknown(.unsteady) : .mayRunOut(earliest: earliest)
  }

  /// How much is usual in the time in which what is left will be used: the least and the most of it, in
  /// nine of ten cases. These are where use that is usual, less or more the scatter of itself and of what
  /// it is estimated by, is what is left.
  private static func bounds(
    of left: Double, total: Double, dispersion: Double, freedom: Int
  ) -> (least: Double, most: Double?) {
    let factor = student(freedom)
    let square = factor * factor * dispersion
    // usual - left = ± factor * sqrt(dispersion * usual + dispersion / total * usual * usual)
    let (a, b) = (1 - square / total, 2 * left + square)
    let root = max(0, b * b - 4 * a * left * left).squareRoot()
    return (2 * left * left / (b + root), a > 0 ? (b + root) / (2 * a) : nil)
  }

  /// The 95th hundredth of Student's t for so many degrees of freedom.
  /// <https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm>
  private static func student(_ freedom: Int) -> Double {
    let table = [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812]
    return freedom < 1 ? .infinity : freedom <= table.count ? table[freedom - 1] : 1.72
  }
}
