/// The usual rate of a series in each local hour: how the hours of weekdays and of weekend days
/// compare, times the level that was usual at the time, as ``LevelHistory`` tells it.
struct UsualRate {
  private let hours: [LocalHour]
  private(set) var rates: [Double]
  /// Of how many errors it was learned: all, and by local hours.
  private let errors: Double
  private let errorsByCell: [Double]

  private struct Sums {
    var errors = 0.0
    var exposure = 0.0

    mutating func add(_ other: Sums) {
      errors += other.errors
      exposure += other.exposure
    }
  }

  /// So many errors more are taken to have been seen at the mean rate: few data make no wild
  /// profile.
  private static let prior = 10.0

  /// - Parameter out: minutes not to learn from, in rising order.
  init(of series: TroubleSeries, without out: [Range<Int>], round: Int = 0) {
    hours = series.hours
    let seen = Self.sums(of: series, without: out)
    var all = Sums()
    for sums in seen { all.add(sums) }
    let mean = (all.errors + 0.5) / max(all.exposure, 1)
    errors = all.errors
    var byCell = Array(repeating: 0.0, count: 48)
    for (hour, sums) in zip(hours, seen) { byCell[hour.cell] += sums.errors }
    errorsByCell = byCell

    var days = Array(repeating: Sums(), count: (hours.last?.dayPart ?? 0) + 1)
    for (hour, sums) in zip(hours, seen) { days[hour.dayPart].add(sums) }
    var levels = days.map { _ in 1.0 }
    var profile = Array(repeating: 1.0, count: 48)
    for _ in 0..<3 {
      var usual = days.map { _ in 0.0 }
      for (hour, sums) in zip(hours, seen) {
        usual[hour.dayPart] += sums.exposure * mean * profile[hour.cell]
      }
      levels = zip(days, usual).map { ($0.errors + Self.prior) / ($1 + Self.prior) }
      profile = Self.profile(
        of: seen, hours: hours, mean: mean, levels: levels, withoutWorst: round == 0)
    }

    let history = LevelHistory(
      of: zip(hours, seen).map { hour, sums in
        (hour.minutes.lowerBound, sums.errors, sums.exposure * mean * profile[hour.cell])
      })
    let least = 0.5 / max(all.exposure, 1)
    rates = hours.map { hour in
      max(least, mean * profile[hour.cell] * history.usual(at: hour.minutes.lowerBound))
    }
  }

  private static func sums(of series: TroubleSeries, without out: [Range<Int>]) -> [Sums] {
    var next = 0
    return series.hours.map { hour in
      var sums = Sums()
      while next < out.count, out[next].upperBound <= hour.minutes.lowerBound { next += 1 }
      if next < out.count, out[next].lowerBound < hour.minutes.upperBound {
        for minute in hour.minutes where !out[next...].contains(where: { $0.contains(minute) }) {
          sums.errors += Double(series.counts[minute])
          sums.exposure += series.exposure[minute]
        }
      } else {
        sums.errors = Double(series.counts[hour.minutes].reduce(0) { $0 &+ Int($1) })
        sums.exposure =
          series.isEven
          ? Double(hour.minutes.count) : series.exposure[hour.minutes].reduce(0, +)
      }
      return sums
    }
  }

  /// - Parameter withoutWorst: whether the worst hour of each sort is no part of it, as long as
  ///   troubles are not known: a single one of thousands of errors would be the profile.
  private static func profile(
    of seen: [Sums], hours: [LocalHour], mean: Double, levels: [Double], withoutWorst: Bool
  ) -> [Double] {
    var errors = Array(repeating: prior, count: 48)
    var usual = errors
    var worst = Array(repeating: (errors: 0.0, usual: 0.0), count: 48)
    for (hour, sums) in zip(hours, seen) {
      let expected = sums.exposure * mean * levels[hour.dayPart]
      errors[hour.cell] += sums.errors
      usual[hour.cell] += expected
      if sums.errors - expected > worst[hour.cell].errors - worst[hour.cell].usual {
        worst[hour.cell] = (sums.errors, expected)
      }
    }
    if withoutWorst {
      for cell in 0..<48 {
        errors[cell] -= worst[cell].errors
        usual[cell] -= worst[cell].usual
      }
    }
    return zip(errors, usual).map { $0 / $1 }
  }

  /// The relative variance of what is usual in some minutes: of few errors not much is learned.
  func doubt(of minutes: Range<Int>) -> Double {
    let cells = Set(places(of: minutes).map { hours[$0].cell })
    let own = cells.reduce(Self.prior) { $0 + errorsByCell[$1] }
    return 1 / own + 1 / (errors + Self.prior)
  }

  /// The parts of some minutes by hours, with their rates.
  func hours(of minutes: Range<Int>) -> [(minutes: Range<Int>, rate: Double)] {
    places(of: minutes).map { (hours[$0].minutes.clamped(to: minutes), rates[$0]) }
  }

  /// The places of the hours that have a part in some minutes.
  private func places(of minutes: Range<Int>) -> Range<Int> {
    let first = firstPlace { $0.upperBound > minutes.lowerBound }
    return first..<max(first, firstPlace { $0.lowerBound >= minutes.upperBound })
  }

  private func firstPlace(where isThere: (Range<Int>) -> Bool) -> Int {
    var low = 0
    var high = hours.count
    while low < high {
      let middle = (low + high) / 2
      if isThere(hours[middle].minutes) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
