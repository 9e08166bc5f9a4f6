import Analysis
import Testing
import Times

/// Burn rates as the SRE workbook defines them: <https://sre.google/workbook/alerting-on-slos/>
@Suite struct ErrorBudgetTests {
  private static let (minute, hour, day) =
    (Milliseconds.minute, Milliseconds.hour, Milliseconds.day)

  /// Its table 5-8: 2 % of the budget in an hour, 5 % in six hours, 10 % in three days.
  @Test func `the alerts of thirty days are those of the workbook`() {
    let alerts = BurnAlert.all(for: 30 * Self.day)
    #expect(alerts.map(\.speed) == [.fast, .fast, .slow])
    #expect(alerts.map(\.long) == [Self.hour, 6 * Self.hour, 3 * Self.day])
    #expect(alerts.map(\.short) == [5 * Self.minute, 30 * Self.minute, 6 * Self.hour])
    #expect(alerts.map(\.limit) == [14.4, 6, 1])
    for (alert, consumed) in zip(alerts, [0.02, 0.05, 0.1]) {
      // The burn rate is what is consumed, times how often the window fits into the whole.
      let burn = consumed * Double(30 * Self.day) / Double(alert.long)
      #expect(abs(burn - alert.limit) < 1e-9)
    }
  }

  @Test(arguments: [1, 7, 28, 90, 366] as [Int64])
  func `those of another time are in proportion, in whole minutes`(_ days: Int64) {
    let window = days * Self.day
    let alerts = BurnAlert.all(for: window)
    #expect(alerts.map(\.limit) == [14.4, 6, 1])
    for (alert, part) in zip(alerts, [720, 120, 10] as [Int64]) {
      #expect(abs(alert.long - window / part) <= Self.minute / 2)
      #expect(alert.short >= Self.minute)
      #expect(abs(alert.short - max(Self.minute, alert.long / 12)) <= Self.minute / 2)
      #expect(alert.long % Self.minute == 0 && alert.short % Self.minute == 0)
    }
  }

  @Test func `a burn rate is the share that failed by the share that may`() throws {
    // 99.9 % leaves a thousandth. 144 of 10,000 are 1.44 %: 14.4 times as many as may.
    let budget = ErrorBudget(share: 0.001)
    let burn = try #require(budget.burn(Outcomes(failed: 144, requests: 10_000)))
    #expect(abs(burn - 14.4) < 1e-9)
    #expect(budget.burn(Outcomes()) == nil)
    // Of 10,000 ten may: with four, six tenths are left.
    let left = try #require(budget.left(of: Outcomes(failed: 4, requests: 10_000)))
    #expect(abs(left - 0.6) < 1e-9)
    #expect(abs(budget.allowed(of: 10_000) - 10) < 1e-9)
  }

  /// Table 5-1 of the workbook: a burn rate of 1 uses the budget up in 30 days, of 2 in 15, of 10 in
  /// three days, of 1000 in 43 minutes.
  @Test(arguments: [(2, 15 * 1440), (10, 3 * 1440), (1000, 43)] as [(Int64, Int64)])
  func `an unused budget is gone after its time by the burn rate`(
    _ burn: Int64, _ minutes: Int64
  ) throws {
    let now = 100 * Self.day
    let history = (0..<Int64(720)).map {
      OutcomeStretch(time: now - (720 - $0) * Self.hour, Outcomes(requests: 1_000_000))
    }
    let pace = Outcomes(failed: 1000 * burn, requests: 1_000_000)
    let end = try #require(
      ErrorBudget(share: 0.001).usedUp(
        history, now: now, window: 30 * Self.day, pace: pace, over: Self.hour))
    #expect(abs(end - now - minutes * Self.minute) <= Self.minute)
  }

  @Test func `a budget lasts at a pace that leaves something, and is gone where nothing is left`() {
    let now = 100 * Self.day
    func usedUp(_ failed: Int64, pace: Int64) -> Int64? {
      ErrorBudget(share: 0.01).usedUp(
        [OutcomeStretch(time: now - Self.day, Outcomes(failed: failed, requests: 1000))],
        now: now, window: 30 * Self.day, pace: Outcomes(failed: pace, requests: 1000),
        over: Self.day)
    }
    #expect(usedUp(5, pace: 10) == nil)
    #expect(usedUp(10, pace: 0) == now)
    #expect(usedUp(200, pace: 0) == now)
    // Five more may fail; fifteen do a day where ten may.
    #expect(usedUp(5, pace: 15) == now + Self.day)
    #expect(
      ErrorBudget(share: 0.01).usedUp([], now: now, window: Self.day, pace: Outcomes(), over: 1)
        == nil)
  }

  /// Failures that are forgotten make room: against a simulation, minute by minute.
  @Test func `when it is used up is when a simulation has it so`() {
    var chance = Chance(seed: 5)
    var (ended, lasted) = (0, 0)
    for _ in 0..<300 {
      let window = 300 * Self.minute
      let now = 1000 * Self.minute
      var history: [OutcomeStretch] = []
      for minute in 700..<Int64(1000) where Int.random(in: 0..<4, using: &chance) == 0 {
        let requests = Int64.random(in: 1...50, using: &chance)
        let failed =
          Int.random(in: 0..<20, using: &chance) == 0
          ? Int64.random(in: 0...requests, using: &chance) : 0
        history.append(
          OutcomeStretch(
            time: minute * Self.minute, Outcomes(failed: failed, requests: requests)))
      }
      let budget = ErrorBudget(share: 0.05)
      let pace = Outcomes(
        failed: Int64.random(in: 0...120, using: &chance), requests: 1000)
      func excess(_ outcomes: Outcomes) -> Double {
        Double(outcomes.failed) - 0.05 * Double(outcomes.requests)
      }
      var expected: Int64?
      if !history.isEmpty {
        // What is forgotten goes at a full minute: it is looked at before and after.
        expected = (0...Int64(301)).map { now + $0 * Self.minute }.first { time in
          let come = excess(pace) * Double(time - now) / Double(60 * Self.minute)
          return [time - 1, time].contains { moment in
            let kept = history.filter { $0.time + window > moment }
            return kept.reduce(come) { $0 + excess($1.outcomes) } >= 0
          }
        }
      }
      let found = budget.usedUp(
        history, now: now, window: window, pace: pace, over: 60 * Self.minute)
      // At a pace that the budget stands, it may still be touched where good times are forgotten:
      // that is not foretold.
      if excess(pace) <= 0, expected != now { expected = nil }
      if let found, let expected {
        ended += 1
        #expect(abs(found - expected) <= Self.minute)
      } else {
        lasted += 1
        #expect(found == expected)
      }
    }
    #expect(ended > 50 && lasted > 50)
  }
}
