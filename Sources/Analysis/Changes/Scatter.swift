internal import Glibc

/// How much a rate varies by itself, so that a change between two periods is only called one where it
/// stands out of the usual ups and downs.
package struct Scatter: Sendable, Equatable {
  /// How much more the counts of days vary than chance alone: the variance over the mean, less 1, and
  /// never negative; 0 where too few days are known to tell.
  ///
  /// Days scatter around what their exposure, their weekday and their week explain (a quasi-Poisson
  /// log-linear model, McCullagh and Nelder 1989, section 6.2; so neither a quiet weekend nor the change
  /// that is to be judged counts as scatter, while a single day's storm does).
  package var ofDays: Double
  /// The variance of a week's logarithm that its days add where each scatters in proportion to what is
  /// expected of it, whatever that is; nil where that is not known.
  package var ofRates: Double?
  package var ofWeeks: WeekScatter
  /// Of the weeks before a week that is compared with; of none where it is no such week.
  package var earlier = EarlierWeeks.none

  package static let none = Scatter(ofDays: 0, ofWeeks: .none)

  package init(ofDays: Double, ofRates: Double? = nil, ofWeeks: WeekScatter) {
    self.ofDays = ofDays
    self.ofRates = ofRates
    self.ofWeeks = ofWeeks
  }

  /// - Parameters:
  ///   - counts: consecutive days, nil for those that are not known in full.
  ///   - exposures: how much there was to count in on each of them; nil where it was as much on all.
  ///   - days: how many of them come before the period that is judged: by their weeks weeks are judged.
  package init(ofDaily counts: [Int?], exposures: [Double]? = nil, before days: Int) {
    let model = DailyModel(counts, exposures)
    let (ofDays, ofRates) = (max(0, model.dispersion - 1), model.rateVariance)
    self.init(ofDays: ofDays, ofRates: ofRates, ofWeeks: .none)
    let weeks = model.weeks(before: days, variance: variance)
    ofWeeks = WeekScatter(of: weeks.map { ($0.rate, $0.variance) })
    earlier = EarlierWeeks(weeks)
  }

  /// The variance of the logarithm of a count by chance and by its days. Whether these scatter with the
  /// root of what is expected of them or in proportion to it, a few weeks do not tell: it is the mean
  /// of both.
  func variance(_ count: Double) -> Double {
    let byChance = (1 + (ofDays.isFinite ? max(0, ofDays) : 0)) / count
    guard let ofRates, ofRates.isFinite else { return byChance }
    return (byChance + 1 / count + ofRates) / 2
  }
}

/// What days have by their exposure, their weekday and their week.
private struct DailyModel {
  private struct Day {
    var weekday: Int
    var week: Int
    var count: Double
    var exposure: Double
  }

  private let days: [Day]
  private var weekdays = Array(repeating: 1.0, count: 7)
  private var levels: [Double]

  init(_ counts: [Int?], _ exposures: [Double]?) {
    levels = Array(repeating: 1, count: (counts.count + 6) / 7)
    days = counts.enumerated().compactMap { place, count in
      let exposure = exposures.map { place < $0.count ? $0[place] : 0 } ?? 1
      guard let count, exposure > 0, exposure.isFinite else { return nil }
      return Day(weekday: place % 7, week: place / 7, count: Double(count), exposure: exposure)
    }
    // Proportional fitting: with all days known, and alike, the first round is exact.
    for _ in 0..<4 { fit() }
  }

  private mutating func fit() {
    var sums = Array(repeating: (seen: 0.0, usual: 0.0), count: 7)
    for day in days {
      sums[day.weekday].seen += day.count
      sums[day.weekday].usual += day.exposure * levels[day.week]
    }
    weekdays = sums.map { $0.usual > 0 ? $0.seen / $0.usual : 0 }
    sums = Array(repeating: (seen: 0.0, usual: 0.0), count: levels.count)
    for day in days {
      sums[day.week].seen += day.count
      sums[day.week].usual += day.exposure * weekdays[day.weekday]
    }
    levels = sums.map { $0.usual > 0 ? $0.seen / $0.usual : 0 }
  }

  /// The variance of days over their mean; 1 by chance alone.
  var dispersion: Double {
    guard levels.count > 1 else { return 1 }
    var (squares, total, known) = (0.0, 0.0, 0)
    for day in days {
      let expected = day.exposure * weekdays[day.weekday] * levels[day.week]
      guard expected > 0 else { continue }
      squares += (day.count - expected) * (day.count - expected)
      total += expected
      known += 1
    }
    let free = known - weekdays.count { $0 > 0 } - levels.count { $0 > 0 } + 1
    guard free > 0, total > 0 else { return 1 }
    return squares * Double(known) / total / Double(free)
  }

  /// The relative variance of days around what is expected of them, beyond chance, as a whole week has
  /// it; nil where too few days are known. (That of a negative binomial distribution, by moments.)
  var rateVariance: Double? {
    guard levels.count > 1 else { return nil }
    let known = days.map {
      (count: $0.count, expected: $0.exposure * weekdays[$0.weekday] * levels[$0.week])
    }.filter { $0.expected > 0 }
    let free = known.count - weekdays.count { $0 > 0 } - levels.count { $0 > 0 } + 1
    guard free > 0 else { return nil }
    let widening = Double(known.count) / Double(free)
    let (excess, total) = known.reduce(into: (0.0, 0.0)) { sums, day in
      let distance = day.count - day.expected
      sums.0 += distance * distance * widening / day.expected - 1
      sums.1 += day.expected
    }
    let all = weekdays.reduce(0, +)
    let squares = weekdays.reduce(0) { $0 + $1 * $1 }
    return max(0, excess / total) * squares / (all * all)
  }

  /// The rates of the weeks before a day of which three days or more are known.
  ///
  /// - Parameter variance: that of the logarithm of a count.
  func weeks(
    before end: Int, variance: (Double) -> Double
  ) -> [EarlierWeeks.Week] {
    (0..<max(0, min(end / 7, levels.count))).compactMap { week in
      let own = days.filter { $0.week == week && weekdays[$0.weekday] > 0 }
      guard own.count >= 3 else { return nil }
      let count = own.reduce(0) { $0 + $1.count } + 0.5
      let usual = own.reduce(0) { $0 + $1.exposure * weekdays[$1.weekday] }
      return EarlierWeeks.Week(
        isLast: week == end / 7 - 1, rate: log(count / usual), variance: variance(count))
    }
  }
}
