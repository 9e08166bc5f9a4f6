import Analysis
import Foundation
import Testing

/// Weeks of simulated errors, and what is said of the last one.
private struct Weeks {
  var name: String
  /// Errors on a working day.
  var errors: Double
  /// Of the gamma distribution that days vary by; nil for chance alone.
  var shape: Double?
  /// How far a week's rate strays: the deviation of its logarithm.
  var scatter = 0.0
  /// How many weeks before the last one are known.
  var known = 4
  /// How many times as many requests each week has; and how far those stray. Nil where only errors are
  /// logged.
  var growth: Double?
  var strayingRequests = 0.0

  struct Tally {
    var ups = 0
    var downs = 0
    /// How often the true ratio was within the bounds, and how often there were some.
    var within = 0
    var bounded = 0
    var draws = 0

    func share(_ count: Int) -> Double { Double(count) / Double(max(1, draws)) }
    var coverage: Double { Double(within) / Double(max(1, bounded)) }
  }

  /// - Parameter ratio: what the last week's rate is multiplied by.
  func tally(_ draws: Int, ratio: Double, seed: UInt64) -> Tally {
    var chance = Chance(seed: seed)
    var tally = Tally()
    for _ in 0..<draws {
      let found = change(ratio, &chance)
      tally.draws += 1
      if found.direction == .up { tally.ups += 1 }
      if found.direction == .down { tally.downs += 1 }
      guard let interval = found.interval else { continue }
      tally.bounded += 1
      if interval.contains(ratio) { tally.within += 1 }
    }
    return tally
  }

  private func change(_ ratio: Double, _ chance: inout Chance) -> Change {
    var daily: [Int?] = []
    var requests: [Double] = []
    for week in 0..<5 {
      let rate = errors * exp(scatter * chance.normal()) * (week == 4 ? ratio : 1)
      let traffic = pow(growth ?? 1, Double(week)) * exp(strayingRequests * chance.normal())
      for weekday in 0..<7 {
        let usual = traffic * (weekday < 5 ? 1 : 0.5)
        let own = rate * usual * (shape.map { chance.factor(shape: $0) } ?? 1)
        daily.append(week >= 4 - known ? chance.count(around: own) : nil)
        requests.append(Double(chance.count(around: usual * errors * 50)))
      }
    }
    let exposures = growth == nil ? daily.map { _ in 1.0 } : requests
    let days = zip(daily, exposures).map { Period(count: $0 ?? 0, exposure: $1) }
    func sum(_ days: ArraySlice<Period>) -> Period {
      days.reduce(into: Period(count: 0, exposure: 0)) {
        $0.count += $1.count
        $0.exposure += $1.exposure
      }
    }
    return steadyChange(
      from: sum(days[21..<28]), to: sum(days[28...]), oldDays: Array(days[21..<28]),
      newDays: Array(days[28...]),
      scatter: Scatter(ofDaily: daily, exposures: growth == nil ? nil : requests, before: 28))
  }
}

@Suite struct ChangeFamilyTests {
  private static let isSoak = ProcessInfo.processInfo.environment["ERRATA_SOAK"] != nil
  /// How many reports of each sort.
  private static let draws = isSoak ? 4000 : 400

  /// What a share is at least that chance may make of one in so many draws: three standard errors less.
  private static func least(_ share: Double) -> Double {
    share - 3 * (share * (1 - share) / Double(draws)).squareRoot()
  }

  private static let quiet = [20.0, 200].flatMap { errors in
    [nil, 10.0, 3].flatMap { shape in
      [0.0, 0.15, 0.3].flatMap { scatter in
        [1, 4].map { known in
          Weeks(
            name:
              "\(errors) a day, shape \(shape ?? .infinity), scatter \(scatter), \(known) weeks",
            errors: errors, shape: shape, scatter: scatter, known: known)
        }
      }
    }
  }

  @Test(arguments: quiet)
  private func `where nothing changed, up or down is said once in twenty at most`(weeks: Weeks) {
    let tally = weeks.tally(Self.draws, ratio: 1, seed: 20_261)
    // Of so many draws, chance alone adds two hundredths.
    #expect(
      tally.share(tally.ups + tally.downs) <= (Self.isSoak ? 0.05 : 0.07), "\(weeks.name) \(tally)"
    )
  }

  /// With a week before alone, bounds must allow for weeks that stray although these may not. Measured
  /// are .935 to .993; above .97, which is more than was asked for, are those whose weeks do not stray.
  @Test(arguments: quiet.filter { $0.known == 4 }, [1.0, 1.5, 2])
  private func `the true ratio is within the bounds nineteen times of twenty`(
    weeks: Weeks, ratio: Double
  ) {
    let tally = weeks.tally(Self.draws, ratio: ratio, seed: 20_262)
    #expect(tally.coverage >= Self.least(0.93), "\(weeks.name) \(tally)")
  }

  @Test func `on the average bounds hold as often as they say`() {
    var sums: [Double] = []
    for weeks in Self.quiet where weeks.known == 4 {
      sums.append(weeks.tally(Self.draws, ratio: 1.5, seed: 20_263).coverage)
    }
    let mean = sums.reduce(0, +) / Double(sums.count)
    #expect(mean >= 0.93 && mean <= 0.97, "\(mean)")
  }

  @Test(
    arguments: [
      Weeks(name: "growing", errors: 200, growth: 1.5),
      Weeks(name: "straying", errors: 200, growth: 1, strayingRequests: 0.3),
      Weeks(name: "steady", errors: 200, growth: 1),
      Weeks(name: "errors alone", errors: 200),
      Weeks(name: "twenty a day", errors: 20),
      Weeks(name: "two weeks", errors: 200, known: 2, growth: 1.5),
    ])
  private func `a doubled rate is seen however many requests there are`(weeks: Weeks) {
    let tally = weeks.tally(Self.draws, ratio: 2, seed: 20_264)
    #expect(tally.share(tally.ups) >= 0.9, "\(weeks.name) \(tally)")
    let same = weeks.tally(Self.draws, ratio: 1, seed: 20_265)
    #expect(same.share(same.ups + same.downs) <= 0.05, "\(weeks.name) \(same)")
  }

  /// Over-dispersed days hide some. Whoever knew how far days stray, and that weeks stray by three tenths or not
  /// at all, would see .924 of them at one false report in twenty, and nobody can see more. What is expected
  /// is what was measured, on other seeds.
  @Test(
    arguments: [
      (Weeks(name: "growing", errors: 200, shape: 10, growth: 1.5), 0.89),
      (Weeks(name: "straying", errors: 200, shape: 10, growth: 1, strayingRequests: 0.3), 0.87),
      (Weeks(name: "errors alone", errors: 200, shape: 10), 0.87),
    ])
  private func `a doubled rate is seen mostly where days stray`(weeks: Weeks, measured: Double) {
    let tally = weeks.tally(Self.draws, ratio: 2, seed: 20_267)
    #expect(tally.share(tally.ups) >= Self.least(measured), "\(weeks.name) \(tally)")
  }

  @Test func `errors that grow with the requests are no change`() {
    let weeks = Weeks(name: "growing", errors: 200, growth: 1.5)
    for known in [1, 4] {
      var own = weeks
      own.known = known
      let tally = own.tally(Self.draws, ratio: 1, seed: 20_266)
      #expect(tally.share(tally.ups + tally.downs) <= 0.01)
    }
  }
}
