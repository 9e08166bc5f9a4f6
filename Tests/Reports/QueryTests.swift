import Queries
import Reports
import Testing

/// Each question of the folder, asked of one small log.
@Suite struct QueryTests {
  static let log = """
    {"time":"2026-11-02T09:00:00Z","vendor":"zof","status":200,"path":"/v1/runs"}
    {"time":"2026-11-02T09:00:30Z","vendor":"zof","status":429,"path":"/v1/runs","consumer":"ci",\
    "retry_after":5,"latency_ms":12.5,"body":{"error":{"code":"slow_down","message":"Slow down"}}}
    {"time":"2026-11-02T09:00:31.5Z","vendor":"zof","status":429,"path":"/v1/runs","consumer":"ci",\
    "body":{"error":{"code":"slow_down","message":"Slow down"}}}
    {"time":"2026-11-02T09:01:00Z","vendor":"zihin","status":429,"consumer":"support",\
    "body":{"error":"quota_exceeded","message":"Monthly limit of 1000 messages reached"}}
    {"time":"2026-11-02T09:20:00Z","vendor":"zihin","status":502,"request_id":"req_1",\
    "latency_ms":900,"body":{"error":"provider_error","message":"The provider failed"}}
    {"time":"2026-11-02T09:20:10Z","status":503,"path":"/v2/a"}
    {"time":"2026-11-03T10:00:00Z","vendor":"zof","status":404,"body":{"error":{"code":"not_found"}}}
    {"vendor":"zof","status":500,"body":{"error":{"code":"internal"}}}
    {"vendor":"zof","status":200}
    """

  private func rows(
    _ name: String, since: String = "2026-11-02", until: String = "2026-11-04",
    vendor: String? = nil
  ) throws -> String {
    let question = try ImportedLog(Self.log)
      .question(since: since, until: until, vendors: vendor.map { [$0] } ?? [])
    let query = try #require(Query.named(name))
    return tables(try question.query(title: query.title, sql: query.sql))
  }

  @Test func `codes`() throws {
    try expect(
      rows("codes"),
      """
      vendor  code            responses
      ──────  ──────────────  ─────────
      zihin   provider_error          1
      zihin   quota_exceeded          1
      zof     not_found               1
      zof     slow_down               2
      """)
  }

  @Test func `errors, one by one`() throws {
    try expect(
      rows("errors"),
      """
      time_ms           vendor  status  code            kind         route     consumer
      ────────────────  ──────  ──────  ──────────────  ───────────  ────────  ────────
      2026-11-02 09:00  zof        429  slow_down       rate_limit   /v1/runs  ci
      2026-11-02 09:00  zof        429  slow_down       rate_limit   /v1/runs  ci
      2026-11-02 09:01  zihin      429  quota_exceeded  plan_limit   -         support
      2026-11-02 09:20  zihin      502  provider_error  upstream     -         -
      2026-11-02 09:20  -          503  -               unavailable  /v2/a     -
      2026-11-03 10:00  zof        404  not_found       not_found    -         -
      """)
  }

  @Test func `limits`() throws {
    try expect(
      rows("limits"),
      """
      vendor  consumer  code            details                               hits  first_ms          last_ms
      ──────  ────────  ──────────────  ────────────────────────────────────  ────  ────────────────  ────────────────
      zihin   support   quota_exceeded  {"resource":"messages","limit":1000}     1  2026-11-02 09:01  2026-11-02 09:01
      """)
  }

  @Test func `minutes`() throws {
    try expect(
      rows("minutes"),
      """
      time_ms           vendor  successes  errors  rate_limited  plan_limited  server_errors
      ────────────────  ──────  ─────────  ──────  ────────────  ────────────  ─────────────
      2026-11-02 09:00  zof             1       2             2             0              0
      2026-11-02 09:01  zihin           0       1             0             1              0
      2026-11-02 09:20  -               0       1             0             0              1
      2026-11-02 09:20  zihin           0       1             0             0              1
      2026-11-03 10:00  zof             0       1             0             0              0
      """)
  }

  @Test func `rejections, one by one`() throws {
    try expect(
      rows("rejections"),
      """
      time_ms           vendor  kind        route     consumer  retry_after_ms
      ────────────────  ──────  ──────────  ────────  ────────  ──────────────
      2026-11-02 09:00  zof     rate_limit  /v1/runs  ci                  5000
      2026-11-02 09:00  zof     rate_limit  /v1/runs  ci                     -
      2026-11-02 09:01  zihin   plan_limit  -         support                -
      """)
  }

  @Test func `responses by quarter of an hour`() throws {
    try expect(
      rows("responses"),
      """
      time_ms           vendor  status  code            kind         responses
      ────────────────  ──────  ──────  ──────────────  ───────────  ─────────
      2026-11-02 09:00  zihin      429  quota_exceeded  plan_limit           1
      2026-11-02 09:00  zof        200  -               success              1
      2026-11-02 09:00  zof        429  slow_down       rate_limit           2
      2026-11-02 09:15  -          503  -               unavailable          1
      2026-11-02 09:15  zihin      502  provider_error  upstream             1
      2026-11-03 10:00  zof        404  not_found       not_found            1
      """)
  }

  @Test func `server errors by minute`() throws {
    try expect(
      rows("server-errors"),
      """
      time_ms           vendor  server_errors
      ────────────────  ──────  ─────────────
      2026-11-02 09:20  -                   1
      2026-11-02 09:20  zihin               1
      """)
  }

  @Test func `slowest errors`() throws {
    try expect(
      rows("slowest"),
      """
      latency_ms  time_ms           vendor  status  code            method  path      request_id
      ──────────  ────────────────  ──────  ──────  ──────────────  ──────  ────────  ──────────
             900  2026-11-02 09:20  zihin      502  provider_error  -       -         req_1
            12.5  2026-11-02 09:00  zof        429  slow_down       -       /v1/runs  -
      """)
  }

  @Test func `messages by number`() throws {
    try expect(
      rows("top-messages"),
      """
      vendor  status  code            route     message                                 errors  first_ms          last_ms
      ──────  ──────  ──────────────  ────────  ──────────────────────────────────────  ──────  ────────────────  ────────────────
      zof        429  slow_down       /v1/runs  Slow down                                    2  2026-11-02 09:00  2026-11-02 09:00
      -          503  -               /v2/a     -                                            1  2026-11-02 09:20  2026-11-02 09:20
      zihin      429  quota_exceeded  -         Monthly limit of 1000 messages reached       1  2026-11-02 09:01  2026-11-02 09:01
      zihin      502  provider_error  -         The provider failed                          1  2026-11-02 09:20  2026-11-02 09:20
      zof        404  not_found       -         -                                            1  2026-11-03 10:00  2026-11-03 10:00
      """)
  }

  @Test func `undated responses`() throws {
    try expect(
      rows("undated"),
      """
      vendor  kind     responses
      ──────  ───────  ─────────
      zof     server           1
      zof     success          1
      """)
  }

  @Test func `a vendor's rows only`() throws {
    try expect(
      rows("codes", vendor: "zihin"),
      """
      vendor  code            responses
      ──────  ──────────────  ─────────
      zihin   provider_error          1
      zihin   quota_exceeded          1
      """)
    #expect(try rows("undated", vendor: "zihin") == "no rows")
    #expect(try rows("codes", vendor: "zi'hin") == "no rows")
  }

  private static let ranged = Query.all.filter { query in
    query.parameters.contains { $0.name == "since_ms" }
  }

  @Test(arguments: ranged.map(\.name))
  func `since is in, until is out, and outside is nothing`(name: String) throws {
    #expect(try rows(name, until: "2026-11-02T09:00:00Z") == "no rows")
    #expect(try rows(name, since: "2026-11-03T10:00:01Z") == "no rows")
    let whole = try rows(name, since: "2026-11-02T09:00:00Z", until: "2026-11-03T10:15:00Z")
    #expect(try whole == rows(name))
  }
}
