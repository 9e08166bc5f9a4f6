import Answers
import Checks
import Reports
import Store
import Testing
import Times

/// Error budgets from logs, against what is calculated by hand.
@Suite(.onEveryArchive) struct BudgetTests {
  private static let (minute, hour, day) =
    (Milliseconds.minute, Milliseconds.hour, Milliseconds.day)
  private static let end = "2026-11-11T00:00:00Z"

  /// Ten days that end at midnight with a request every five minutes, and in the last hour two a
  /// minute: the last of them in 24 of its minutes, all of the last ten among these, fail.
  private static func log() throws -> [String] {
    let end = try at(Self.end)
    let quiet = (0..<Int64(239 * 12)).map {
      line(end - 10 * day + $0 * 5 * minute, "zihin", 200)
    }
    let last = (0..<Int64(60)).flatMap { place in
      let time = end - hour + place * minute
      let fails = (36..<60).contains(place)
      return [line(time, "zihin", 200), line(time + 30_000, "zihin", fails ? 503 : 200)]
    }
    return quiet + last
  }

  private func budgets(_ log: ImportedLog, _ rules: String..., until: String = end) throws
    -> [Value]
  {
    let check = try RuleCheck(
      log.question(since: "2026-11-10", until: until), rules.map { PlacedRule(try Rule($0)) },
      at: .range)
    return check.answer(resolved: false).value["budgets"]?.elements ?? []
  }

  private func number(_ value: Value?) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  /// The burn rate is the share of a window's requests that failed, by the share that may.
  @Test func `burn rates, what is left and until when are those of the workbook's definitions`()
    throws
  {
    let found = try budgets(try ImportedLog(Self.log()), "budget 99% per 30d")
    let budget = try #require(found.first)
    #expect(found.count == 1)
    #expect(budget["objective"] == .number(0.99))
    #expect(budget["vendor"] == "zihin")
    #expect(budget["route"] == .null)
    // 239 hours with 12 requests each, and one with 120.
    let requests = 239 * 12 + 120
    #expect(budget["requests"] == .integer(Int64(requests)))
    #expect(budget["failures"] == 24)
    let allowed = 0.01 * Double(requests)
    let left = 1 - 24 / allowed
    #expect(try abs(#require(number(budget["left"])) - left) < 1e-9)
    // The last hour: 24 of 120 failed, where one in a hundred may.
    #expect(try abs(#require(number(budget["burn_fast"])) - 24 / 120 / 0.01) < 1e-9)
    // Three days: 71 hours with 12 and one with 120.
    let slow = 24 / Double(71 * 12 + 120) / 0.01
    #expect(try abs(#require(number(budget["burn_slow"])) - slow) < 1e-9)
    // All pairs, long and short: six hours have 5 × 12 + 120, five minutes 10 of which 5 failed, half
    // an hour 60 of which 24 did, the short one of three days is six hours, too.
    let rates: [(long: Double, short: Double)] = [
      (24 / 120, 5 / 10), (24 / 180, 24 / 60), (slow * 0.01, 24 / 180),
    ]
    let burns = budget["burns"]?.elements ?? []
    #expect(burns.map { $0["window"] } == ["1h", "6h", "3d"])
    #expect(burns.map { $0["short_window"] } == ["5m", "30m", "6h"])
    for (burn, rate) in zip(burns, rates) {
      #expect(try abs(#require(number(burn["burn"])) - rate.long / 0.01) < 1e-9)
      #expect(try abs(#require(number(burn["short_burn"])) - rate.short / 0.01) < 1e-9)
      #expect(burn["crossed"] == true)
    }
    #expect(budget["alerts"]?.elements == ["fast", "slow"])
    // At the pace of three days, by so much a day more than may fails; nothing is forgotten as yet, as
    // the log begins ten days ago.
    let speed = (24 - 0.01 * Double(71 * 12 + 120)) / 3
    let until = Double(try at(Self.end)) + (allowed - 24) / speed * Double(Self.day)
    guard case .time(let told)? = budget["until"] else {
      Issue.record("it is used up at a time")
      return
    }
    #expect(abs(Double(told) - until) <= 1)
    #expect(budget["partly_known"] == true)
    #expect(budget["by"]?.elements.map { $0["whose"] } == ["vendor"])
  }

  @Test func `a check tells each alert once, and when it is over`() throws {
    let log = try ImportedLog(Self.log())
    let rule = "budget 99% per 30d"
    let fast = "zihin: budget 99% per 30d burns fast"
    let told = try log.check(rule, at: Self.end, job: "a")
    #expect(told.count == 2)
    #expect(told.first?.hasPrefix(fast) == true, "\(told)")
    #expect(told.first?.contains("19.7 % left") == true, "\(told)")
    #expect(told.last?.hasPrefix("zihin: budget 99% per 30d burns, ") == true, "\(told)")
    #expect(try log.check(rule, at: "2026-11-11T00:01:00Z", job: "a") == [])
    // Two hours in which all is well: the fast one is over, the slow one is not.
    let end = try at(Self.end)
    try log.add((0..<240).map { line(end + $0 * 30_000, "zihin", 200) })
    let later = try log.check(rule, at: "2026-11-11T02:00:00Z", job: "a", resolved: true)
    #expect(later.count == 1)
    #expect(later.first?.hasPrefix("over: \(fast)") == true, "\(later)")
  }

  @Test func `what is used up is told`() throws {
    let log = try ImportedLog(Self.log())
    let told = try log.check("budget 99.5% per 30d", since: "2026-11-10", until: Self.end)
    #expect(
      told.contains { $0.hasPrefix("zihin: budget 99.5% per 30d is used up, 1.6×") }, "\(told)")
    let state = try budgets(log, "budget 99.5% per 30d").first
    #expect(state?["alerts"]?.elements == ["fast", "slow", "used_up"])
    #expect(state?["until"] == .time(try at(Self.end)))
  }

  @Test func `a handful of failures of an hour is no alarm where few requests are asked for`()
    throws
  {
    let lines = try lines(1, from: "13:00", "zof", 500) + lines(12, from: "13:01", "zof", 200)
    #expect(
      try ImportedLog(lines).check("budget 99% per 30d", since: "13:00", until: "14:00") == [])
    let found = try budgets(
      ImportedLog(lines), "budget 99% per 30d", until: "2026-11-11T00:00:00Z")
    #expect(found.first?["obstacle"] == "there are fewer than 20 requests in that time")
    #expect(found.first?["left"] == .null)
    #expect(found.first?["burn_fast"] == .null)
  }

  @Test func `without successes in the log no budget can be told, and that is said`() throws {
    let log = try ImportedLog(
      lines(50, from: "14:10", "zof", 500) + lines(50, from: "14:10", "zihin", 200))
    let obstacle = "the log has no successes to divide by in that time"
    #expect(
      try log.check("budget 99% per 30d", since: "14:00", until: "15:00") == [
        "? zof: “budget 99% per 30d” cannot be judged: \(obstacle)"
      ])
    let found = try budgets(log, "budget 99% per 30d")
    #expect(found.map { $0["vendor"] } == ["zihin", "zof"])
    #expect(found.map { $0["obstacle"] } == [.null, .text(obstacle)])
    #expect(found.map { $0["left"] } == [.number(1), .null])
    // A vendor that a rule names is there, whether or not the log has it.
    let absent = try budgets(log, "budget 99% per 30d vendor=zenstep").first
    #expect(absent?["vendor"] == "zenstep")
    #expect(absent?["obstacle"] == "there are no requests in that time")
  }

  /// One of each sort of error and 91 successes: what spends the budget, and of how many requests.
  static let filters: [(filter: String, failures: Int64, requests: Int64)] = [
    ("", 4, 100), ("status=5xx", 4, 100), ("status=5xx,429", 6, 100), ("kind=rate_limit", 2, 100),
    ("kind!=timeout", 3, 100), ("status=4xx kind!=cancelled", 5, 100), ("kind=cancelled", 1, 101),
    ("code=down", 1, 100), ("route=/a", 1, 100), ("route=/a,/b", 2, 100), ("blame=vendor", 3, 100),
    ("blame=ours", 5, 100), ("blame!=third_party", 3, 100), ("status=429 route=/b", 1, 100),
    ("vendor!=acme", 0, 0),
  ]

  @Test(arguments: filters)
  func `failures are what a rule says, or what did not answer`(
    _ filter: String, _ failures: Int64, _ requests: Int64
  ) throws {
    let sorts =
      try lines(1, from: "14:00", "acme", 500, code: "down") + lines(1, from: "14:01", "acme", 503)
      + lines(1, from: "14:02", "acme", 504, route: "/a")
      + lines(1, from: "14:03", "acme", 502, route: "/b")
      + lines(1, from: "14:04", "acme", 429) + lines(1, from: "14:05", "acme", 429, route: "/b")
      + lines(1, from: "14:06", "acme", 401) + lines(1, from: "14:07", "acme", 404)
      + lines(1, from: "14:08", "acme", 422) + lines(1, from: "14:09", "acme", 499)
      + lines(91, from: "14:10", "acme", 200)
    let found = try budgets(ImportedLog(sorts), "budget 99% per 30d \(filter)")
      .filter { $0["vendor"] == "acme" }
    #expect(found.first?["failures"]?.integer ?? 0 == failures)
    #expect(found.first?["requests"]?.integer ?? 0 == requests)
    let split = found.first?["by"]?.elements.reduce(Int64(0)) {
      $0 + ($1["failures"]?.integer ?? 0)
    }
    if !filter.contains("code") { #expect(split ?? 0 == failures) }
  }

  @Test func `whose move it is splits what was spent, and may narrow it`() throws {
    let log = try ImportedLog(
      lines(6, from: "14:00", "zof", 503) + lines(2, from: "14:01", "zof", 502)
        + lines(92, from: "14:02", "zof", 200))
    let budget = try budgets(log, "budget 80% per 30d").first
    let split = budget?["by"]?.elements ?? []
    #expect(split.map { $0["whose"] } == ["vendor", "third_party"])
    #expect(split.map { $0["failures"] } == [6, 2])
    // Twenty of a hundred may.
    #expect(split.compactMap { number($0["used"]) }.map { ($0 * 100).rounded() } == [30, 10])
    let theirs = try budgets(log, "budget 80% per 30d blame=third_party").first
    #expect(theirs?["failures"] == 2)
  }

  @Test func `of a route the least is told, and that is said`() throws {
    let log = try ImportedLog(
      lines(30, from: "14:00", "zof", 503, route: "/a") + lines(70, from: "14:05", "zof", 200))
    let rule = "budget 99% per 30d route=/a"
    let told = try log.check(rule, since: "14:00", until: "15:00")
    // Six minutes after the first request a tenth of an hour is known: 30 of 36 failed.
    #expect(told.contains { $0.contains("burns fast, at least 83× (30 of 36") }, "\(told)")
    #expect(told.last?.hasPrefix("? “\(rule)”: successes are not known by route") == true)
    let budget = try budgets(log, rule).first
    #expect(budget?["at_least"] == true)
    #expect(budget?["route"] == "/a")
  }

  @Test func `a report tells how budgets stand at its end, and only where it is asked to`() throws {
    let log = try ImportedLog(Self.log())
    let rules = try ["errors > 5 per 1h", "budget 99% per 30d"].map { PlacedRule(try Rule($0)) }
    func report(_ until: String, _ rules: [PlacedRule]) throws -> Answer {
      try log.question().report(
        .range(since: at("2026-11-02"), until: at(until)), rules: rules)
    }
    let end = try report(Self.end, rules)
    #expect(end.value["budgets"]?.elements.map { $0["failures"] } == [24])
    let text = shown(end)
    #expect(text.contains("Error budget of zihin, 99% per 30d: 19.7 % left, burns 2.5×"), "\(text)")
    #expect(text.contains("Error budgets\n"))
    #expect(text.contains("Not all of that time is in the log"))
    // An hour before, nothing had failed.
    let before = try report("2026-11-10T23:00:00Z", rules)
    #expect(before.value["budgets"]?.elements.map { $0["left"] } == [.number(1)])
    #expect(shown(before).contains("Error budget of zihin, 99% per 30d: 100.0 % left."))
    let none = try report(Self.end, [])
    #expect(none.value["budgets"] == [])
    #expect(!shown(none).contains("budget"))
  }

  @Test func `an empty store has no budgets`() throws {
    #expect(try budgets(ImportedLog(""), "budget 99% per 30d") == [])
  }
}
