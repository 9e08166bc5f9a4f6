import Analysis
import Foundation
import Testing

@Suite struct ChangeTests {
  private func direction(
    _ old: Int, _ new: Int, exposures: (Double, Double) = (10_080, 10_080), dispersion: Double = 0
  ) -> Change.Direction {
    change(
      from: Period(count: old, exposure: exposures.0),
      to: Period(count: new, exposure: exposures.1),
      scatter: Scatter(ofDays: dispersion, ofWeeks: .none)
    ).direction
  }

  @Test func `the ratio and its interval are those worked out by hand`() throws {
    // The ratio is that of the counts; for its interval half an event is added to each:
    // ln(150.5 / 100.5) = 0.40380, se = sqrt(1/150.5 + 1/100.5) = 0.12882
    let found = change(
      from: Period(count: 100, exposure: 10_080), to: Period(count: 150, exposure: 10_080),
      scatter: .none)
    #expect(found.direction == .up)
    #expect(abs(try #require(found.ratio) - 1.5) < 1e-9)
    let interval = try #require(found.interval)
    #expect(abs(interval.lowerBound - 1.16336) < 1e-3)
    #expect(abs(interval.upperBound - 1.92764) < 1e-3)
  }

  @Test(arguments: [
    (100, 150, 0.0, Change.Direction.up),
    (150, 100, 0, .down),
    (100, 100, 0, .noClearChange),
    (100, 150, 1.5, .up),  // 1.96 x 0.12882 x sqrt(2.5) = 0.3992, less than 0.4038
    (100, 150, 1.6, .noClearChange),  // 0.4071, more than 0.4038
    (10_000, 11_900, 0, .noClearChange),  // certain, but less than a fifth
    (10_000, 12_100, 0, .up),
    (10_000, 7_900, 0, .down),
    (2, 19, 0, .noClearChange),  // fewer than 20
    (2, 20, 0, .up),
    (0, 1, 0, .new),
    (1, 0, 0, .gone),
    (0, 0, 0, .noClearChange),
  ])
  func `a change is called one if it is clear`(
    old: Int, new: Int, dispersion: Double, expected: Change.Direction
  ) {
    #expect(direction(old, new, dispersion: dispersion) == expected)
  }

  @Test func `counts are compared per exposure`() {
    #expect(direction(100, 200, exposures: (1000, 2000)) == .noClearChange)
    #expect(direction(100, 100, exposures: (1000, 2000)) == .down)
    #expect(direction(100, 100, exposures: (2000, 1000)) == .up)
    let longWeek = change(  // 169 hours, as when summer ends
      from: Period(count: 168, exposure: 168), to: Period(count: 169, exposure: 169),
      scatter: .none)
    #expect(abs((longWeek.ratio ?? 0) - 1) < 1e-4)
  }

  @Test(arguments: [(0.0, 1.0), (1, 0), (-1, 1), (.nan, 1), (1, .infinity)])
  func `what was not covered cannot be compared`(old: Double, new: Double) {
    #expect(direction(0, 100, exposures: (old, new)) == .noClearChange)
    #expect(direction(100, 0, exposures: (old, new)) == .noClearChange)
  }

  @Test func `a new or vanished error has no ratio`() {
    let new = change(
      from: Period(count: 0, exposure: 1), to: Period(count: 9, exposure: 1), scatter: .none)
    #expect(new.ratio == nil && new.interval == nil)
  }

  private func ofDays(_ daily: [Int?], exposures: [Double]? = nil) -> Double {
    Scatter(ofDaily: daily, exposures: exposures, before: 7).ofDays
  }

  @Test(
    arguments: [
      ([Int?](), 0.0), ([5], 0), ([1, 2, 3, 4, 5, 6, 7], 0), (Array(repeating: 10, count: 28), 0),
      (Array(repeating: 0, count: 28), 0),
      ([90, 90, 90, 90, 90, 1, 1, 90, 90, 90, 90, 90, 1, 1], 0),  // a quiet weekend every week
      // The second week has three times as many on each day: that is the change, no scatter.
      ([10, 20, 10, 10, 10, 2, 2, 30, 60, 30, 30, 30, 6, 6], 0),
      // Two weekdays and two weeks are known: 20 and 40 against 40 and 20. All are 30 by the model:
      // 4 x 100 squares, 1 degree of freedom, mean 30.
      ([20, 40, nil, nil, nil, nil, nil, 40, 20, nil, nil, nil, nil, nil], 400.0 / 30 - 1),
    ] as [([Int?], Double)])
  func `dispersion is what weekdays and weeks do not explain`(daily: [Int?], expected: Double) {
    #expect(abs(ofDays(daily) - expected) < 1e-6)
  }

  @Test func `counts that go with the requests do not scatter`() {
    let requests = [100, 900, 300, 200, 500, 50, 70, 250, 100, 800, 400, 10, 90, 100].map {
      Double($0)
    }
    let errors = requests.map { Int?(Int($0 / 10)) }
    #expect(ofDays(errors, exposures: requests) < 1e-6)
    #expect(ofDays(errors) > 10)
    // A day without requests is not known.
    #expect(ofDays([7] + errors.dropFirst(), exposures: [0] + requests.dropFirst()) < 1e-6)
  }

  @Test func `one day's storm is dispersion, so that its week is not called worse`() {
    let calm = Array(repeating: 20, count: 28).map { Int?($0) }
    let stormy = calm + [20, 20, 20, 300, 20, 20, 20]
    #expect(ofDays(stormy) > 30)
    let worse = calm + Array(repeating: 40, count: 7)
    #expect(ofDays(worse) < 1e-6)
  }

  @Test(
    arguments: [
      ([10, 10, 10, 10, 10, 10, 10], [20, 20, 20, 20, 20, 20, 20], .up),
      ([10, 10, 10, 10, 10, 10, 10], [10, 10, 10, 10, 10, 10, 200], .noClearChange),
      ([10, 10, 10, 10, 10, 10, 200], [10, 10, 10, 10, 10, 10, 10], .noClearChange),
      ([20, 20, 20, 20, 20, 20, 20], [10, 10, 10, 10, 10, 10, 10], .down),
      // Less than twenty are left, but they are clear.
      ([0, 1, 0, 0, 0, 0, 0], [4, 3, 3, 3, 3, 3, 3], .up),
      ([0, 0, 0], [1, 1, 1], .new),
      ([5, 0, 0], [0, 0, 0], .gone),
      // Of two days neither can be left out.
      ([10, 10], [10, 60], .up),
    ] as [([Int], [Int], Change.Direction)])
  func `a change that hangs on one day is none`(
    old: [Int], new: [Int], expected: Change.Direction
  ) {
    let found = steadyChange(
      from: Period(count: old.reduce(0, +), exposure: Double(old.count)),
      to: Period(count: new.reduce(0, +), exposure: Double(new.count)),
      oldDays: old.map { Period(count: $0, exposure: 1) },
      newDays: new.map { Period(count: $0, exposure: 1) }, scatter: .none)
    #expect(found.direction == expected)
  }

  @Test func `a day with many requests is no storm`() {
    // 1 % of 1000 on each day before; 3 % now, on one day of ten times as many.
    let old = Array(repeating: Period(count: 10, exposure: 1000), count: 7)
    var new = Array(repeating: Period(count: 30, exposure: 1000), count: 7)
    new[3] = Period(count: 300, exposure: 10_000)
    let found = steadyChange(
      from: Period(count: 70, exposure: 7000), to: Period(count: 480, exposure: 16_000),
      oldDays: old, newDays: new, scatter: .none)
    #expect(found.direction == .up)
  }

  private func weeks(_ levels: Int...) -> [Int?] {
    levels.flatMap { Array(repeating: Int?($0), count: 7) }
  }

  private func margin(_ daily: [Int?], before days: Int) -> Double {
    let found = change(
      from: Period(count: 10_000, exposure: 1), to: Period(count: 10_000, exposure: 1),
      scatter: Scatter(ofDaily: daily, before: days))
    return found.interval.map { log($0.upperBound) } ?? 0
  }

  @Test func `weeks that come now high, now low are no change to speak of`() {
    #expect(margin(weeks(100, 300, 100, 300, 250), before: 28) > log(3))
    #expect(margin(weeks(100, 101, 99, 100, 250), before: 28) < log(1.2))
  }

  @Test func `one week does not say how weeks stray`() {
    // Nineteen times of twenty, two weeks that stray by .3 each are within exp(.3 x 1.96 x sqrt(2)).
    #expect(margin(weeks(100, 250), before: 7) > 0.78)
    #expect(margin(weeks(100, 250), before: 7) < 1.1)
  }

  private func found(_ daily: [Int?]) -> Change {
    func sum(_ days: Range<Int>) -> Int { daily[days].reduce(0) { $0 + ($1 ?? 0) } }
    return change(
      from: Period(count: sum(21..<28), exposure: 7), to: Period(count: sum(28..<35), exposure: 7),
      scatter: Scatter(ofDaily: daily, before: 28))
  }

  @Test func `where weeks are alike, those before the last one tell of its rate, too`() throws {
    let daily = weeks(40, 41, 39, 38, 52)
    let found = found(daily)
    var alone = Scatter(ofDaily: daily, before: 28)
    alone.earlier = .none
    let old = Period(count: 38 * 7, exposure: 7)
    let byOne = change(from: old, to: Period(count: 52 * 7, exposure: 7), scatter: alone)
    let (both, one) = (try #require(found.interval), try #require(byOne.interval))
    #expect(both.upperBound / both.lowerBound < one.upperBound / one.lowerBound)
    // The ratio is that to the week before, whatever the bounds are drawn from.
    #expect(found.ratio == byOne.ratio)
    #expect(both.contains(try #require(found.ratio)))
  }

  @Test func `a week that only takes back the one before is no change`() {
    #expect(found(weeks(100, 100, 100, 50, 100)).direction == .noClearChange)
    #expect(found(weeks(100, 100, 100, 200, 100)).direction == .noClearChange)
    #expect(found(weeks(100, 100, 100, 100, 200)).direction == .up)
    #expect(found(weeks(100, 100, 100, 100, 50)).direction == .down)
    // As much as in the week before is no change either, whatever was earlier.
    #expect(found(weeks(100, 100, 100, 200, 200)).direction == .noClearChange)
  }
}
