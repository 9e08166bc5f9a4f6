import Checks
import Events
import Testing

/// Rules as people write them, and the one way in which errata writes each.
@Suite struct GrammarTests {
  static let rules: [(written: String, text: String?)] = [
    ("errors > 20 per 5m", "errors > 20 per 5m"),
    ("rate_limited per 5m > 20 vendor=zihin", "rate_limited > 20 per 5m vendor=zihin"),
    ("vendor=zihin per 5m rate_limited>20", "rate_limited > 20 per 5m vendor=zihin"),
    ("RATE-LIMITED PER 5M > 20 VENDOR=ZIHIN", "rate_limited > 20 per 5m vendor=zihin"),
    ("Error-Rate > 2% per 1h", "error_rate > 2% per 1h"),
    ("error_rate > 2 % per 60m", "error_rate > 2% per 1h"),
    ("error_rate > 0.02 per 1h", "error_rate > 2% per 1h"),
    ("error_rate >= 0.5% per 1h min=100", "error_rate >= 0.5% per 1h min=100"),
    ("error_rate >= .5% per 1h", nil),
    ("error_rate > 100% per 1h min=20", "error_rate > 100% per 1h"),
    ("requests < 1 per 10m total", "requests < 1 per 10m total"),
    ("requests ≥ 1.5k per=1m", "requests >= 1500 per 1m"),
    ("successes < 1m per 7d", "successes < 1000000 per 1w"),
    ("errors > 2.50 per 1d", "errors > 2.5 per 1d"),
    ("errors > 20 per 5m until < 10", "errors > 20 per 5m until < 10"),
    ("until 10 errors > 20 per 5m", "errors > 20 per 5m until < 10"),
    ("requests < 5 per 1h until 9", "requests < 5 per 1h until > 9"),
    ("until 9 requests < 5 per 1h", "requests < 5 per 1h until > 9"),
    ("errors > 0 per 5m status=429|5xx", "errors > 0 per 5m status=429,5xx"),
    ("errors > 0 per 5m status = none , 500", "errors > 0 per 5m status=none,500"),
    ("errors > 0 per 5m kind=Rate-Limit,timeout", "errors > 0 per 5m kind=rate_limit,timeout"),
    ("errors > 0 per 5m kind!=auth vendor != zof", "errors > 0 per 5m kind!=auth vendor!=zof"),
    ("errors > 0 per 5m code=PLAN_*", "errors > 0 per 5m code=plan_*"),
    (#"errors > 0 per 5m route="/v1/a b""#, #"errors > 0 per 5m route="/v1/a b""#),
    (#"errors > 0 per 5m consumer='a"b',"""#, #"errors > 0 per 5m consumer='a"b',"""#),
    ("errors > 0 per 5m answered-by=Vendor", "errors > 0 per 5m answered_by=vendor"),
    ("errors > 0 per 5m by=route,vendor", "errors > 0 per 5m by=route,vendor"),
    ("errors > 0 per 5m by route , route", "errors > 0 per 5m by=route"),
    ("errors > 0 per 5m by vendor", "errors > 0 per 5m"),
    ("spike", "spike"), ("Spike Ratio > 5 count>=10", "spike ratio > 5 count >= 10"),
    ("burst count > 100 consumer=ci", "burst count > 100 consumer=ci"),
    ("burst peak > 1k", "burst peak > 1000"),
    ("new_code vendor=zof", "new-code vendor=zof"), ("returned-code", "returned-code"),
    ("incident what='Outage',errors", "incident what=outage,errors"),
    ("incident what outage", "incident what=outage"),
    (
      "incident what!=outage vendor=zof",
      "incident what=errors,rejections,credentials,silence vendor=zof"
    ),
    (
      #"errors > 0 per 5m kind="auth" status="5xx" by="code""#,
      "errors > 0 per 5m kind=auth status=5xx by=code"
    ),
    ("limit-hit count > 3 # thrice is a pattern", "limit-hit count > 3"),
  ]

  @Test(arguments: rules)
  func `a rule is understood however it is written`(_ written: String, _ text: String?) throws {
    guard let text else {
      #expect(throws: RuleError.self) { try Rule(written) }
      return
    }
    let rule = try Rule(written)
    #expect(rule.text == text)
    #expect(try Rule(rule.text) == rule)
  }

  @Test func `vendors of a rule may have other names, and nothing else of it`() throws {
    let rule = try Rule("errors > 5 per 5m vendor=Payments,zof vendor!=payments* code=payments")
    let named = rule.naming(vendors: { $0 == "payments" ? "Zihin" : $0 })
    #expect(
      named.text == "errors > 5 per 5m code=payments vendor!=payments* vendor=zihin,zof")
    let unnamed = try Rule("errors > 5 per 5m vendor=\"\"")
    #expect(unnamed.naming(vendors: { _ in "zihin" }) == unnamed)
  }

  @Test(
    arguments: [
      (.status, ["429", "5xx", "NONE"], "status=429,5xx,none"),
      (.status, ["5xx", "!503", "!504"], "status=5xx status!=503,504"),
      (.code, ["PLAN_*"], "code=plan_*"), (.kind, ["!Rate-Limit"], "kind!=rate_limit"),
      (.answeredBy, ["Gateway"], "answered_by=gateway"), (.route, [], ""),
    ] as [(ResponseField, [String], String)])
  func `values by themselves are read as those of a rule`(
    _ field: ResponseField, _ values: [String], _ text: String
  ) throws {
    let conditions = try Condition.conditions(on: field, from: values)
    #expect(conditions.map(\.text).joined(separator: " ") == text)
  }

  @Test(
    arguments: [
      (.status, "5x", "“5x” is no status"), (.kind, "quota", "there is no kind “quota”"),
      (.answeredBy, "!proxy", "there is no answerer “proxy”"),
    ] as [(ResponseField, String, String)])
  func `a value that means nothing is refused`(
    _ field: ResponseField, _ value: String, _ message: String
  ) {
    let error = #expect(throws: RuleError.self) {
      try Condition.conditions(on: field, from: [value])
    }
    #expect(error?.message == message)
  }

  static let mistakes: [Mistake] = [
    Mistake("", 1, "the rule does not say what it watches"),
    Mistake("> 20 per 5m", 1, "the rule does not say what it watches"),
    Mistake("eror_rate > 2% per 1h", 1, "there is no word “eror_rate”"),
    Mistake("errors > 20", 12, "errors needs the length of time it is counted over"),
    Mistake("errors per 5m", 14, "errors needs a threshold"),
    Mistake("errors > x per 5m", 10, "“x” is no number"),
    Mistake("errors > -1 per 5m", 10, "“-1” is no number"),
    Mistake("errors > 1e9 per 5m", 10, "“1e9” is no number"),
    Mistake("errors > 1234567890123 per 5m", 10, "“1234567890123” is no number"),
    Mistake("errors > per 5m", 10, "“per” is no number"),
    Mistake("errors >", 9, "a number is missing here"),
    Mistake("errors => 5 per 5m", 8, "“=>” means nothing here"),
    Mistake(
      "errors > 5 > 6 per 5m", 12, "a rule has one threshold, and this one has “> 5” already"),
    Mistake("errors > 2% per 5m", 8, "errors are counted, and no share"),
    Mistake("error_rate > 2 per 5m", 12, "a rate is at most 100%"),
    Mistake("requests < 0 per 5m", 10, "“< 0” is never so"),
    Mistake("errors >= 0 per 5m", 8, "“>= 0” is always so"),
    Mistake("errors > 5 per", 15, "a length of time is missing here"),
    Mistake("errors > 5 per 5", 16, "“5” is no length of time"),
    Mistake("errors > 5 per 90s", 16, "“90s” is not whole minutes"),
    Mistake("errors > 5 per 36h", 16, "“36h” is more than a day, but not whole days"),
    Mistake("errors > 5 per 999d", 16, "“999d” is too long"),
    Mistake("errors > 5 per 5m per 1h", 19, "“per” is said already"),
    Mistake("errors > 5 for 5m", 12, "there is no word “for”"),
    Mistake(
      "errors > 5 per 5m spike", 19, "a rule watches one thing, and this one has “errors” already"),
    Mistake("errors > 5 per 5m vendr=zof", 19, "there is no filter “vendr”"),
    Mistake("errors > 5 per 5m vendor", 19, "there is no word “vendor”"),
    Mistake("errors > 5 per 5m vendor=", 26, "a value is missing here"),
    Mistake("errors > 5 per 5m vendor=zof,", 30, "a value is missing here"),
    Mistake("errors > 5 per 5m vendor=,zof", 26, "a value is missing here"),
    Mistake("errors > 5 per 5m kind=rate_limits", 24, "there is no kind “rate_limits”"),
    Mistake("errors > 5 per 5m status=42", 26, "“42” is no status"),
    Mistake("errors > 5 per 5m status=0xx", 26, "“0xx” is no status"),
    Mistake("errors > 5 per 5m by=host", 22, "there is no field “host”"),
    Mistake("errors > 5 per 5m by=vendor total", 29, "“total” is said already"),
    Mistake("errors > 5 per 5m by!=vendor", 21, "“!=” means nothing behind “by”"),
    Mistake(#"errors > 5 per 5m by="host""#, 22, "there is no field “host”"),
    Mistake("incident what=outages", 15, "there is no incident “outages”"),
    Mistake("incident wat!=outage", 10, "there is no filter “wat”"),
    Mistake(
      "incident what!=outage,errors,rejections,credentials,silence", 10,
      "that leaves out every sort of incident"),
    Mistake("errors > 5 per 5m min=5", 19, "min is for error_rate alone"),
    Mistake("error_rate > 5% per 5m min=x", 28, "“x” is no whole number"),
    Mistake("errors > 5 per 5m until < 6", 19, "“until < 6” does not end what “> 5” begins"),
    Mistake("errors > 5 per 5m until > 4", 19, "“until > 4” does not end what “> 5” begins"),
    Mistake("error_rate > 5% per 1h route=/a", 24, "error_rate is not known by route"),
    Mistake("error_rate > 5% per 1h by=code", 24, "error_rate is not known by code"),
    Mistake("requests < 5 per 1h status=200", 21, "requests is not known by status"),
    Mistake("errors < 5 per 1h by=consumer", 19, "nothing tells which consumer is missing"),
    Mistake("errors count > 5 per 1h", 8, "errors has no count"),
    Mistake("spike > 5", 7, "“> 5” does not say what of a spike"),
    Mistake("spike ratio", 12, "“ratio” needs a comparison"),
    Mistake("spike peak > 5", 7, "a spike has no peak"),
    Mistake("spike ratio > 5%", 7, "ratio is no share"),
    Mistake(
      "spike per 5m total", 7, "“per” is for what is counted, and a spike is found by itself"),
    Mistake("spike route=/a", 7, "spike is not known by route"),
    Mistake("new-code count > 1", 10, "a new-code has no count"),
    Mistake(#"errors > 5 per 5m code="a b"#, 24, "this quote is never closed"),
    Mistake("errors > 5 per 5m !", 19, "there is no word “!”"),
    Mistake("errors > 5, per 5m", 11, "“,” means nothing here"),
    Mistake("größe errors > 5 per", 1, "there is no word “größe”"),
  ]

  @Test(arguments: mistakes)
  func `a rule that cannot be understood says what is wrong and where`(_ mistake: Mistake) {
    let error = #expect(throws: RuleError.self) { try Rule(mistake.rule) }
    #expect(error?.message == mistake.message)
    #expect(error?.column == mistake.column)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let rule: String
    let column: Int
    let message: String
    var testDescription: String { rule }

    init(_ rule: String, _ column: Int, _ message: String) {
      self.rule = rule
      self.column = column
      self.message = message
    }
  }

  @Test func `a file has a rule a line, and a mistake in it has its place`() throws {
    let text = "# morning\n\nspike\r\n  errors > 5 per 5m  # five\n   # none\n"
    let rules = try PlacedRule.all(in: text, of: "a.rules")
    #expect(rules.map(\.rule.text) == ["spike", "errors > 5 per 5m"])
    #expect(rules.map(\.origin?.line) == [3, 4])
    let error = #expect(throws: RuleError.self) {
      try PlacedRule.all(in: "spike\n  burst sice=5", of: "a.rules")
    }
    #expect(error?.sentence == "a.rules:2:9: there is no filter “sice”")
    #expect(try PlacedRule.all(in: "\n#\n", of: "a.rules").isEmpty)
  }

  static let filters: [(filter: String, text: String?, isMet: Bool)] = [
    ("vendor=zof", "ZOF", true), ("vendor=zof", "zofia", false), ("vendor=zo*", "zofia", true),
    ("vendor=*f*a", "zofia", true), ("vendor=*f*o", "zofia", false),
    ("vendor=z*f*f*a", "zofa", false),
    ("vendor=*", nil, true), (#"vendor="""#, nil, true), (#"vendor="""#, "zof", false),
    ("vendor!=zof", "zof", false), ("vendor!=zof", nil, true), ("vendor!=a,b", "b", false),
    (#"vendor!="""#, nil, false), ("vendor=zof", nil, false),
  ]

  @Test(arguments: filters)
  func `a filter is met without regard to case`(
    _ filter: String, _ text: String?, _ isMet: Bool
  ) throws {
    let rule = try Rule("errors > 1 per 1m \(filter)")
    #expect(rule.conditions.first?.isMet(byText: text) == isMet)
  }

  static let statuses: [(filter: String, status: Int64, isMet: Bool)] = [
    ("status=429", 429, true), ("status=429", 430, false), ("status=5xx", 503, true),
    ("status=5xx,none", 0, true), ("status!=4xx", 404, false), ("status!=4xx", 0, true),
  ]

  @Test(arguments: statuses)
  func `a status is one, or one of a hundred`(_ filter: String, _ status: Int64, _ isMet: Bool)
    throws
  {
    let rule = try Rule("errors > 1 per 1m \(filter)")
    #expect(rule.conditions.first?.isMet(byStatus: status) == isMet)
  }
}
