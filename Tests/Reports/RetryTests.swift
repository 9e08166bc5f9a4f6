import Answers
import Profiles
import Rendering
import Store
import Testing
import Times
@testable import Reports

@Suite(.onEveryArchive) struct RetryTests {
  /// An error of a client, so many seconds after nine o'clock.
  private static func line(
    _ seconds: Double, _ vendor: String, _ call: String, _ status: Int, _ body: String,
    consumer: String? = "shop", retryAfter: Int? = nil
  ) -> String {
    let time = formatTime(1_793_610_000_007 + Int64(seconds * 1000))
    let words = call.split(separator: " ")
    let who = consumer.map { "\"consumer\":\"\($0)\"," } ?? ""
    let wait = retryAfter.map { "\"retry_after\":\($0)," } ?? ""
    return """
      {"time":"\(time)","vendor":"\(vendor)","method":"\(words[0])","path":"\(words[1])",\
      "status":\(status),"latency_ms":40,\(who)\(wait)"body":\(body)}
      """
  }

  static let log: [String] = {
    let limited = #"{"error":"rate_limit_exceeded","message":"Too many requests","status":"error"}"#
    let missing = #"{"error":{"code":"not_found","message":"Resource ID unknown"}}"#
    let invalid = #"{"error":{"code":"invalid_request","message":"No name","param":"name"}}"#
    let broken = #"{"error":{"code":"INTERNAL_ERROR","message":"Something went wrong"}}"#
    var lines: [String] = []
    // Told to wait for 20 seconds: five calls at once, then one every five seconds, then patience.
    lines += [0, 0.01, 0.02, 0.03, 0.03, 5, 10, 40].map {
      line($0, "zihin", "POST /v1/chat", 429, limited, consumer: "batch", retryAfter: 20)
    }
    // What does not exist is asked for again and again, and other things once each.
    lines += (0..<4).map { line(Double($0) * 3, "zof", "GET /runs/4ff1a001", 404, missing) }
    lines += (0..<4).map { line(Double($0) * 3, "zof", "GET /runs/4ff1a00\($0 + 2)", 404, missing) }
    // A batch, or a retry: the log does not tell.
    lines += (0..<3).map { line(Double($0), "zof", "POST /runs", 400, invalid) }
    // A loop that does not slow down, and one that does.
    lines += (0..<5).map { line(Double($0), "mimicbot", "GET /api/bots/4ff1a001", 500, broken) }
    lines += [0, 1.1, 3.2, 7.3].map {
      line($0, "mimicbot", "GET /api/bots/4ff1a002", 500, broken, consumer: "patient")
    }
    lines += (0..<3).map {
      line(Double($0), "zof", "GET /runs/4ff1a001", 404, missing, consumer: nil)
    }
    return lines
  }()

  @Test func `errors that would not have come, by vendor and consumer`() throws {
    try expect(
      tables(ImportedLog(Self.log).question().retries(catalog: Catalog())),
      """
      At least 8 errors (28.6 % of those judged) would not have come, had the vendors' advice been followed: 2 errors came before Retry-After had passed, typically by 15 s; 3 errors came of calls repeated as they were; 3 errors came of calls repeated without growing delays.

      Not judged: 3 errors, as consumer or route is not known.

      Not counted: 2 errors of calls that look repeated, but may have been others: the log shows neither bodies nor queries, nor for whom they were made.

      vendor    consumer  errors  self-inflicted  share  too early    by  repeated  hasty  alike  most on         error
      ────────  ────────  ──────  ──────────────  ─────  ─────────  ────  ────────  ─────  ─────  ──────────────  ───────────────────
      zof       shop          11               3      -          0     -         3      0      2  /runs/{id}      not_found
      mimicbot  shop           5               3      -          0     -         0      3      0  /api/bots/{id}  INTERNAL_ERROR
      zihin     batch          8               2      -          2  15 s         0      0      0  /v1/chat        rate_limit_exceeded

      What the vendors advise

      • mimicbot on 500 INTERNAL_ERROR: Retry after 1, 2, 4, 8 and 16 seconds; then report the request id. (https://mimicbot.app/docs/reference/errors/)
      • zof on 404 not_found: Check the id. (https://zof.ai/docs/api/errors)
      • zihin on 429 rate_limit_exceeded: Wait for Retry-After, then retry. (https://docs.zihin.ai/reference/errors)
      """)
  }

  @Test func `as data`() throws {
    let answer = try ImportedLog(Self.log).question(vendors: ["zihin"]).retries(catalog: Catalog())
    expect(
      shown(answer, as: .json),
      """
      {
        "since": "2026-10-26T09:00:40.008Z",
        "until": "2026-11-02T09:00:40.008Z",
        "judged_all": true,
        "left_out": 0,
        "rows": [
          {
            "vendor": "zihin",
            "consumer": "batch",
            "errors": 8,
            "judged": 8,
            "early": 2,
            "median_early_ms": 15000,
            "repeated": 0,
            "alike": 0,
            "hasty": 0,
            "self_inflicted": 2,
            "share": 0.25,
            "worst": {
              "route": "/v1/chat",
              "status": 429,
              "code": "rate_limit_exceeded",
              "count": 2
            },
            "others": null
          }
        ],
        "totals": {
          "errors": 8,
          "judged": 8,
          "early": 2,
          "median_early_ms": 15000,
          "repeated": 0,
          "alike": 0,
          "hasty": 0,
          "self_inflicted": 2,
          "share": 0.25
        },
        "unjudged": 0,
        "policies_left_out": 0,
        "policies": [
          {
            "vendor": "zihin",
            "status": 429,
            "code": "rate_limit_exceeded",
            "kind": "rate_limit",
            "retry": "after_delay",
            "text": "Wait for Retry-After, then retry.",
            "docs": "https://docs.zihin.ai/reference/errors",
            "self_inflicted": 2
          }
        ]
      }
      """)
  }

  @Test func `what led up to the range is known and not counted`() throws {
    let question = try ImportedLog(Self.log).question(
      since: "2026-11-02T09:00:10Z", vendors: ["zihin"])
    let value = try question.retries(catalog: Catalog()).value
    #expect(value["totals"]?["errors"] == 2)
    #expect(value["totals"]?["early"] == 1)
  }

  @Test func `one text in two rows of the store is one text`() throws {
    // Each import remembers its own words only.
    let missing = #"{"error":{"code":"not_found","message":"Resource ID unknown"}}"#
    let lines = [0.0, 3].map { Self.line($0, "zof", "GET /runs/4ff1a001", 404, missing) }
    let log = try ImportedLog([lines[0]])
    try log.add([lines[1]])
    let value = try Question(log.reopened()).retries(catalog: Catalog()).value
    #expect(value["totals"]?["repeated"] == 1)
  }

  @Test func `nothing to judge is said in words`() throws {
    let catalog = try Catalog()
    #expect(
      try tables(ImportedLog("").question().retries(catalog: catalog))
        == "There is no error to judge.")
    let unnamed = #"{"time":"2026-11-02T09:00:00Z","vendor":"zof","status":500}"#
    #expect(
      try tables(ImportedLog(unnamed).question().retries(catalog: catalog)).hasPrefix(
        "The one error does not name its consumer and route: nothing is claimed."))
  }

  @Test func `a report of many errors judges 429s alone, and says so`() throws {
    let log = try ImportedLog(Self.log)
    let range = try log.question().range
    let choice = ReportPeriod.Choice.range(since: range.since, until: range.until)
    let catalog = { try Catalog() }
    let few = try log.question().report(choice, catalog: catalog).value["retries"]
    #expect(few?["judged_all"] == true)
    #expect(few?["totals"]?["self_inflicted"] == 8)
    try log.add((0..<10_000).map { _ in Self.line(0, "acme", "GET /v1/a", 404, "{}") })
    let many = try Question(log.reopened()).report(choice) {
      Issue.record("the catalog is not needed")
      return try Catalog()
    }.value["retries"]
    #expect(many?["judged_all"] == false)
    #expect(many?["totals"]?["self_inflicted"] == 2)
  }
}
