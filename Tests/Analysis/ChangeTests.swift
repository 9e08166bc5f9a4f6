import Analysis
import Testing

@Suite struct ChangeTests {
  private func direction(
    _ old: Int, _ new: Int, exposures: (Double, Double) = (10_080, 10_080), dispersion: Double = 0
  ) -> Change.Direction {
    change(
      from: Period(count: old, exposure: exposures.0),
      to: Period(count: new, exposure: exposures.1), dispersion: dispersion
    ).direction
  }

  @Test func `the ratio and its interval are those worked out by hand`() throws {
    // The ratio is that of the counts; for its interval half an event is added to each:
    // ln(150.5 / 100.5) = 0.40380, se = sqrt(1/150.5 + 1/100.5) = 0.12882
    let found = change(
      from: Period(count: 100, exposure: 10_080), to: Period(count: 150, exposure: 10_080),
      dispersion: 0)
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
      dispersion: 0)
    #expect(abs((longWeek.ratio ?? 0) - 1) < 1e-4)
  }

  @Test(arguments: [(0.0, 1.0), (1, 0), (-1, 1), (.nan, 1), (1, .infinity)])
  func `what was not covered cannot be compared`(old: Double, new: Double) {
    #expect(direction(0, 100, exposures: (old, new)) == .noClearChange)
    #expect(direction(100, 0, exposures: (old, new)) == .noClearChange)
  }

  @Test func `a new or vanished error has no ratio`() {
    let new = change(
      from: Period(count: 0, exposure: 1), to: Period(count: 9, exposure: 1), dispersion: 0)
    #expect(new.ratio == nil && new.interval == nil)
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
    #expect(abs(overdispersion(ofDaily: daily, before: 7) - expected) < 1e-6)
  }

  @Test func `one day's storm is dispersion, so that its week is not called worse`() {
    let calm = Array(repeating: 20, count: 28).map { Int?($0) }
    let stormy = calm + [20, 20, 20, 300, 20, 20, 20]
    #expect(overdispersion(ofDaily: stormy, before: 28) > 30)
    let worse = calm + Array(repeating: 40, count: 7)
    #expect(overdispersion(ofDaily: worse, before: 28) < 1e-6)
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
      oldDays: old, newDays: new, dispersion: 0)
    #expect(found.direction == expected)
  }

  @Test func `weeks that come now high, now low are no change to speak of`() {
    func weeks(_ levels: Int...) -> [Int?] {
      levels.flatMap { Array(repeating: Int?($0), count: 7) }
    }
    // Totals 70, 210, 70, 210: mean 140, variance 4 x 70^2 / 3, over the mean 46.67.
    let wandering = weeks(10, 30, 10, 30, 25)
    #expect(abs(overdispersion(ofDaily: wandering, before: 28) - (19_600 / 3.0 / 140 - 1)) < 1e-6)
    // Two weeks say nothing of how weeks wander.
    #expect(overdispersion(ofDaily: weeks(10, 30, 25), before: 14) < 1e-6)
  }
}
