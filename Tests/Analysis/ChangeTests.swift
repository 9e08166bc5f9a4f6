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
    // ln(150.5 / 100.5) = 0.40380, se = sqrt(1/150.5 + 1/100.5) = 0.12882
    let found = change(
      from: Period(count: 100, exposure: 10_080), to: Period(count: 150, exposure: 10_080),
      dispersion: 0)
    #expect(found.direction == .up)
    #expect(abs(try #require(found.ratio) - 1.49751) < 1e-5)
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
      ([Int](), 0.0), ([5], 0), ([1, 2, 3, 4, 5, 6, 7], 0), (Array(repeating: 10, count: 28), 0),
      (Array(repeating: 0, count: 28), 0),
      ([90, 90, 90, 90, 90, 1, 1, 90, 90, 90, 90, 90, 1, 1], 0),  // a quiet weekend every week
      // each weekday 10 and 30: 7 x 200 squares / 7 degrees of freedom / mean 20 - 1
      ([10, 10, 10, 10, 10, 10, 10, 30, 30, 30, 30, 30, 30, 30], 9),
      // only the first weekday comes twice: 4 and 8, 8 squares / 1 / mean 5.5 - 1
      ([4, 5, 5, 6, 5, 5, 6, 8], 0.4545454545),
    ] as [([Int], Double)])
  func `dispersion is what weekdays do not explain`(daily: [Int], expected: Double) {
    #expect(abs(overdispersion(ofDaily: daily) - expected) < 1e-9)
  }
}
