import Checks
import Events
import Testing
import Times

/// Objectives as people write them, and what they say.
@Suite struct BudgetRuleTests {
  static let rules: [(written: String, text: String)] = [
    ("budget 99.5% per 30d vendor=zihin", "budget 99.5% per 30d vendor=zihin"),
    ("vendor=zihin per 30d budget 99.5%", "budget 99.5% per 30d vendor=zihin"),
    ("Budget 99.50 % PER 4w", "budget 99.5% per 4w"),
    ("budget 0.999 per 1d", "budget 99.9% per 1d"),
    ("budget 99.999% per 90d total", "budget 99.999% per 90d total"),
    ("budget 99% per 7d by=vendor", "budget 99% per 1w"),
    ("budget 99% per 7d by vendor min=500", "budget 99% per 1w min=500"),
    ("budget 99% per 7d min=20", "budget 99% per 1w"),
    ("budget 99% per 30d route=/v1/runs", "budget 99% per 30d route=/v1/runs"),
    ("budget 99% per 30d status=5xx,429,none", "budget 99% per 30d status=5xx,429,none"),
    ("budget 99% per 30d blame=Vendor,third-party", "budget 99% per 30d blame=vendor,third_party"),
    (
      "budget 99% per 30d blame != ours kind!=cancelled",
      "budget 99% per 30d kind!=cancelled blame!=ours"
    ),
    ("budget 99% per 30d gateway=kong", "budget 99% per 30d gateway=kong"),
  ]

  @Test(arguments: rules)
  func `an objective is understood however it is written`(
    _ written: String, _ text: String
  ) throws {
    let rule = try Rule(written)
    #expect(Set(rule.text.split(separator: " ")) == Set(text.split(separator: " ")))
    #expect(try Rule(rule.text).text == rule.text)
    #expect(rule.budget != nil)
  }

  static let mistakes: [(rule: String, column: Int, message: String)] = [
    ("budget", 7, "a budget needs the share of requests that must succeed"),
    ("budget per 30d", 7, "a budget needs the share of requests that must succeed"),
    ("budget 99%", 11, "a budget needs the length of time it is for"),
    ("budget 99% per 1h", 12, "a budget is for a day or more, and not for 1h"),
    (
      "budget 100% per 30d", 8, "an objective of 100% leaves no budget: any error would be too much"
    ),
    ("budget 0% per 30d", 8, "an objective of 0% is always met"),
    ("budget 99.5 per 30d", 8, "an objective is less than 100%"),
    ("budget 110% per 30d", 8, "an objective is less than 100%"),
    ("budget > 99% per 30d", 8, "a budget has an objective, and no threshold"),
    ("budget 99% per 30d > 5", 20, "a budget has an objective, and no threshold"),
    ("budget 99% per 30d count > 5", 20, "a budget has no count"),
    ("budget 99% per 30d blame=vender", 26, "there is no blame “vender”"),
    ("budget 99% per 30d consumer=ci", 20, "a budget is not known by consumer"),
    (
      "budget 99% per 30d by=route", 20,
      "a budget is of each vendor, or of all together, and not by route"
    ),
    (
      "budget 99% per 30d route=/a code=down", 29,
      "errors are not counted by route and code at once"
    ),
    (
      "budget 99% per 30d code=down blame=ours", 30,
      "errors are not counted by blame and code at once"
    ),
    ("errors > 5 per 1h blame=ours", 19, "“blame” is for a budget alone"),
  ]

  @Test(arguments: mistakes)
  func `an objective that cannot be understood says what is wrong and where`(
    _ text: String, _ column: Int, _ message: String
  ) {
    let error = #expect(throws: RuleError.self) { try Rule(text) }
    #expect(error?.message == message)
    #expect(error?.column == column)
  }

  @Test func `what is left of the whole is exact`() throws {
    for (objective, rest) in [
      ("99.5%", "0.5%"), ("99.999%", "0.001%"), ("0.9", "10%"), ("50%", "50%"),
    ] {
      #expect(try Rule("budget \(objective) per 30d").budget?.share.text == rest)
    }
  }

  /// Each error, and whether it spends an error budget where the rule does not say.
  static let errors: [(kind: Kind, status: Int64, isFailure: Bool)] = [
    (.server, 500, true), (.server, 200, true), (.upstream, 502, true), (.unavailable, 503, true),
    (.timeout, 504, true), (.timeout, 0, true), (.timeout, 408, true), (.unknown, 0, true),
    (.unknown, 599, true), (.rateLimit, 503, true), (.rateLimit, 429, false),
    (.planLimit, 429, false), (.payment, 402, false), (.auth, 401, false),
    (.permission, 403, false),
    (.notFound, 404, false), (.conflict, 409, false), (.validation, 422, false),
    (.malformed, 415, false), (.policy, 400, false), (.unknown, 418, false),
    (.cancelled, 499, false), (.cancelled, 0, false), (.cancelled, 503, false),
  ]

  @Test(arguments: errors)
  func `a budget is spent by what failed, and not by what was asked for wrongly`(
    _ kind: Kind, _ status: Int64, _ isFailure: Bool
  ) {
    #expect(Budget.isFailure(kind, status: status) == isFailure)
  }

  @Test func `a filter that names errors says what spends it, one that leaves some out does not`()
    throws
  {
    func names(_ filter: String) throws -> Bool? {
      let rule = try Rule("budget 99% per 30d \(filter)")
      return rule.budget?.namesFailures(rule.conditions)
    }
    for filter in ["status=429", "kind=auth", "code=down", "blame=ours"] {
      #expect(try names(filter) == true, "\(filter)")
    }
    for filter in ["", "status!=503", "kind!=timeout", "blame!=ours", "route=/a", "vendor=zof"] {
      #expect(try names(filter) == false, "\(filter)")
    }
  }
}
