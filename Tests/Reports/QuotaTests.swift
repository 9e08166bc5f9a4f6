import Answers
import Files
import Profiles
import Questions
import Rendering
import Store
import Testing
import Times
@testable import Reports

@Suite(.onEveryArchive) struct QuotaTests {
  fileprivate static let monday: Int64 = 1_793_577_600_000  // 2026-11-02T00:00:00Z

  /// Successes, one each half hour of a week, with such headers.
  fileprivate static func log(
    days: Int = 7, _ headers: (_ halfHour: Int) -> String
  ) -> [String] {
    (0...days * 48).map { place in
      let time = formatTime(QuotaTests.monday + Int64(place) * 30 * Milliseconds.minute)
      return """
        {"time":"\(time)","vendor":"acme","consumer":"shop","status":200,\
        "response":{"headers":{\(headers(place))}}}
        """
    }
  }

  private func quota(_ lines: [String]) throws -> Value? {
    let answer = try ImportedLog(lines).question().limits()
    #expect((answer.value["quotas"]?.elements.count ?? 0) < 2)
    return answer.value["quotas"]?[0]
  }

  /// Two an hour are used, 1000 - 336 are left: they last for 332 hours more, until 22 November.
  @Test(arguments: [
    #""X-RateLimit-Limit":"1000","X-RateLimit-Remaining":"LEFT","X-RateLimit-Reset":"1796083200""#,
    #""ratelimit-limit":1000,"ratelimit-remaining":LEFT,"ratelimit-reset":1796083200"#,
    #""RateLimit":"limit=1000, remaining=LEFT, reset=2000000""#,
    #""RateLimit":"\"daily\";r=LEFT;t=2000000","RateLimit-Policy":"\"daily\";q=1000;w=5000000""#,
    #""X-RateLimit-Limit-Month":"1000","X-RateLimit-Remaining-Month":"LEFT""#,
    #""anthropic-ratelimit-requests-limit":"1000","anthropic-ratelimit-requests-remaining":"LEFT","anthropic-ratelimit-requests-reset":"2026-12-01T00:00:00Z""#,
    #""x-ratelimit-limit-requests":"1000","x-ratelimit-remaining-requests":"LEFT","x-ratelimit-reset-requests":"600h0m0s""#,
  ])
  func `what is left is known by headers of many forms`(headers: String) throws {
    let quota = try quota(
      Self.log { headers.replacing("LEFT", with: String(1000 - $0)) })
    #expect(quota?["vendor"] == "acme")
    #expect(quota?["consumer"] == "shop")
    #expect(quota?["limit"] == 1000)
    #expect(quota?["remaining"] == 664)
    #expect(quota?["seen"]?.time == QuotaTests.monday + 7 * Milliseconds.day)
    #expect(quota?["days_left"] == .number(332.0 / 24))
    #expect(
      quota?["next_hit"]?["earliest"]?.time
        == QuotaTests.monday + 7 * Milliseconds.day + 332 * Milliseconds.hour)
  }

  @Test(arguments: [
    #""X-RateLimit-Limit":"1000","X-RateLimit-Remaining":"LEFT","X-RateLimit-Reset":"60""#,
    #""X-RateLimit-Limit":"1000","X-RateLimit-Remaining":"LEFT""#,
    #""X-RateLimit-Remaining-Minute":"LEFT""#,
    #""RateLimit":"\"burst\";r=LEFT;t=50000","RateLimit-Policy":"\"burst\";q=1000;w=60""#,
    #""X-RateLimit-Limit":"1000","X-RateLimit-Reset":"1796083200""#,
    #""X-RateLimit-Remaining":"many","X-RateLimit-Reset":"1796083200""#,
    #""X-RateLimit-Remaining":"-5","X-RateLimit-Reset":"1796083200""#,
    #""RateLimit":";;,=;r=;t=,\"\"","RateLimit-Policy":"1;2;=""#,
    #""Sforce-Limit-Info":"api-usage=/""#,
  ])
  func `limits that begin anew soon, or of which nothing is known, are no quotas`(
    headers: String
  ) throws {
    #expect(try quota(Self.log { headers.replacing("LEFT", with: String(1000 - $0)) }) == nil)
  }

  @Test func `what is used of a day's quota is told, too`() throws {
    let quota = try quota(Self.log { #""Sforce-Limit-Info":"api-usage=\#($0)/1000""# })
    #expect(quota?["quota"] == "api")
    #expect(quota?["remaining"] == 664)
  }

  @Test func `a plan limit that was hit says how long its quota lasts`() throws {
    let hit = """
      {"time":"2026-11-03T00:00:00Z","vendor":"acme","consumer":"shop","status":402,\
      "body":{"error":{"code":"PLAN_LIMIT_REACHED","message":"Plan limit reached: bots (limit 5)"}}}
      """
    let lines = Self.log { #""X-RateLimit-Remaining-Month":"\#(1000 - $0)""# } + [hit]
    let answer = try ImportedLog(lines).question().limits()
    let row = answer.value["rows"]?[0]
    #expect(row?["hits"] == 1)
    guard case .number(let rate)? = row?["hits_per_day"] else {
      Issue.record("there is no rate")
      return
    }
    #expect(abs(rate - 1.0 / 7) < 0.001)
    #expect(row?["days_left"] == .number(332.0 / 24))
    #expect(row?["outlook"] == answer.value["quotas"]?[0]?["outlook"])
    expect(
      tables(answer),
      """
      vendor  consumer  resource  code                limit  hits  a day  first             last
      ──────  ────────  ────────  ──────────────────  ─────  ────  ─────  ────────────────  ────────────────
      acme    shop      -         PLAN_LIMIT_REACHED      5     1    0.1  2026-11-03 00:00  2026-11-03 00:00

      How long quotas last

      vendor  consumer  quota  limit  left  as of             outlook
      ──────  ────────  ─────  ─────  ────  ────────────────  ──────────────────────────────────────────────────
      acme    shop      month      -   664  2026-11-09 00:00  runs out about 2026-11-22 20:00, as it is used now
      """)
  }

  @Test func `what is known of two logs of a quota is put together`() throws {
    let lines = Self.log { #""X-RateLimit-Remaining-Month":"\#(1000 - $0)""# }
    let log = try ImportedLog(Array(lines[..<50]))
    try log.add(Array(lines[50...]))
    let question = try Question(log.reopened(), now: 0)
    #expect(try question.quotaList().outlooks.map(\.remaining) == [664])
    #expect(try question.quotaList().outlooks.first?.daysLeft == 332.0 / 24)
  }

  @Test func `a range knows what was said in it`() throws {
    let log = try ImportedLog(Self.log { #""X-RateLimit-Remaining-Month":"\#(1000 - $0)""# })
    let first = try log.question(since: "2026-11-02", until: "2026-11-03").quotaList().outlooks
    #expect(first.map(\.remaining) == [953])
    #expect(try log.question(vendors: ["zof"]).quotaList().outlooks.isEmpty)
  }
}

/// What a store that was pruned knows of quotas.
@Suite struct PrunedQuotaTests {
  @Test func `what is pruned is gone, and a consumer is known as long as a quota is`() throws {
    let early = #"{"time":"2026-11-02T00:00:00Z","vendor":"acme","consumer":"desk","status":500}"#
    let log = try ImportedLog(
      [early] + QuotaTests.log(days: 2) { #""X-RateLimit-Remaining-Month":"\#(1000 - $0)""# })
    _ = try Pruning(log.store, before: at("2026-11-03T12:00:00Z"), counts: false)
    let question = try Question(log.reopened(), now: 0)
    #expect(try question.quotaList().outlooks.map(\.consumer) == ["shop"])
    var known = 0
    try log.reopened().quotas(during: TimeRange(since: 0, until: .max)) { _ in known += 1 }
    #expect(known == 13)
  }
}
