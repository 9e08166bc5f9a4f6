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
    /// Too few are known since the quota began anew, or over too short a time.
    case tooFew
    /// It is used now more, now less.
    case unsteady
    /// Nothing was used.
    case unused
  }

  /// Nothing was left when it was last seen.
  case usedUp
  /// It runs out between the two, in nine of ten cases; `middle` is its time at the mean rate.
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
  /// Only those since the quota began anew count, which is where what is left grew by more
  /// than a hundredth. There must be five, over six hours or over a tenth of what is left of the
  /// period then. The rate is the mean of equal stretches: of days from the second day on, else of
  /// quarters of the time. How much they differ gives the interval: by Student's t, for as many
  /// stretches as it takes until nothing is left.
  package init(of balances: [QuotaBalance]) {
    let balances = balances.sorted { ($0.time, $1.remaining) < ($1.time, $0.remaining) }
    guard let last = balances.last else {
      self = .unknown(.tooFew)
      return
    }
    if last.remaining <= 0 {
      self = .usedUp
      return
    }
    let period = QuotaForecast.latestPeriod(of: balances)
    guard let first = period.first, period.count >= 5 else {
      self = .unknown(.tooFew)
      return
    }
    let span = seconds(from: first.time, to: last.time)
    let rest = last.reset.map { seconds(from: last.time, to: $0) }
    let isLong = span >= 6 * 3600 || rest.map { span >= ($0 + span) / 10 } ?? false
    guard isLong, span >= 3600 else {
      self = .unknown(.tooFew)
      return
    }
    let rates = QuotaForecast.rates(of: period, over: span)
    self = QuotaForecast.forecast(from: last, rates: rates, length: span / Double(rates.count))
  }

  /// The balances since the quota began anew, which is where what is left grew, noise aside: lines
  /// of a log are a little out of order.
  private static func latestPeriod(of balances: [QuotaBalance]) -> ArraySlice<QuotaBalance> {
    var start = balances.startIndex
    var least = Int64.max
    for (place, balance) in balances.enumerated() {
      let noise = max(1, (balance.limit ?? balance.remaining) / 100)
      if least != .max, balance.remaining.subtractingReportingOverflow(least).partialValue > noise {
        start = place
        least = balance.remaining
      }
      least = min(least, balance.remaining)
    }
    return balances[start...]
  }

  /// How much was used a second, in each of equal stretches of the time.
  private static func rates(of period: ArraySlice<QuotaBalance>, over span: Double) -> [Double] {
    let days = Int(span / 86_400)
    let count = days >= 2 ? min(days, 60) : 4
    let length = span / Double(count)
    guard let first = period.first else { return [] }
    var rates: [Double] = []
    var before = Double(first.remaining)
    for place in 1...count {
      let now = remaining(after: Double(place) * length, in: period)
      rates.append((before - now) / length)
      before = now
    }
    return rates
  }

  /// What was left so many seconds after the first balance; between two balances in proportion to
  /// the time.
  private static func remaining(
    after offset: Double, in period: ArraySlice<QuotaBalance>
  ) -> Double {
    guard let first = period.first else { return 0 }
    var before = (time: 0.0, rest: Double(first.remaining))
    for balance in period {
      let time = seconds(from: first.time, to: balance.time)
      let rest = Double(balance.remaining)
      if time >= offset {
        let part = time > before.time ? (offset - before.time) / (time - before.time) : 1
        return before.rest + (rest - before.rest) * part
      }
      before = (time, rest)
    }
    return before.rest
  }

  private static func forecast(
    from last: QuotaBalance, rates: [Double], length: Double
  ) -> QuotaForecast {
    let count = Double(rates.count)
    let mean = rates.reduce(0, +) / count
    guard mean > 0 else { return last.reset.map { .lasts(until: $0) } ?? .unknown(.unused) }
    let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / max(1, count - 1)).squareRoot()
    let left = Double(last.remaining)
    let stretches = max(1, left / mean / length)
    let error = student(rates.count) * deviation * (1 / count + 1 / stretches).squareRoot()
    func time(at rate: Double) -> Int64? {
      guard rate > 0 else { return nil }
      return Int64(exactly: (left / rate * 1000).rounded()).map { last.time.addingClamped($0) }
    }
    guard let earliest = time(at: mean + error) else { return .unknown(.unsteady) }
    if let reset = last.reset, earliest >= reset { return .lasts(until: reset) }
    let latest = time(at: mean - error)
    // The wider, the less it says.
    if let latest, let middle = time(at: mean), mean - error > mean / 4 {
      if let reset = last.reset, latest > reset { return .mayRunOut(earliest: earliest) }
      return .runsOut(earliest: earliest, middle: middle, latest: latest)
    }
    return last.reset == nil ? .unknown(.unsteady) : .mayRunOut(earliest: earliest)
  }

  /// The 95th hundredth of Student's t for so many values.
  /// <https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm>
  private static func student(_ count: Int) -> Double {
    let table = [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812]
    return count < 2 ? .infinity : count - 2 < table.count ? table[count - 2] : 1.75
  }
}
