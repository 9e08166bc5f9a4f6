import Batches
import Events
import Files
import SQLite
import Testing
import Times

@testable import Store

@Suite struct ViewTests {
  let temporary: TemporaryStore
  let ledger: StoreLedger

  init() throws {
    temporary = try TemporaryStore()
    ledger = try StoreLedger(temporary.store)
  }

  @Test(arguments: [
    (
      "events",
      """
      id time_ms vendor status code kind message request_id method route path consumer latency_ms \
      retry_after_ms upstream_status answered_by details source offset length part \
      gateway time
      """
    ),
    (
      "minutes",
      "time_ms vendor successes errors rate_limited plan_limited server_errors gateway time"
    ),
    ("traffic", "time_ms vendor status code kind responses gateway time"),
    ("batches", "first_id end_id first_time_ms last_time_ms first_time last_time"),
  ])
  func `the views have the columns that are promised`(view: String, columns: String) throws {
    let statement = try Connection(path: temporary.path, access: .read)
      .prepare("SELECT * FROM \(view)")
    #expect(statement.columns.joined(separator: " ") == columns)
  }

  @Test func `a batch is seen in all three views`() throws {
    var maker = BatchMaker()
    let nine = at("2026-11-02T09:00:00Z")
    _ = try ledger.commit(
      maker.batch([
        Response(time: nine + 1, code: "slow_down", requestID: "req_1"),
        Response(time: nine + 59_999, status: 403, kind: .planLimit),
        Response(time: nine + 60_000, vendor: nil, status: 0, kind: .timeout),
        Response(time: nine + 900_000, status: 503, code: "slow_down", kind: .unavailable),
        Response(time: nine + 3, status: 200, kind: nil),
        Response(time: nine + 4, status: 201, kind: nil),
        Response(status: 500, kind: .server),
        Response(status: 200, kind: nil),
      ]), to: newLog())
    #expect(
      try temporary.table("SELECT id, time_ms, vendor, status, code, kind, request_id FROM events")
        == """
        id  time_ms        vendor  status  code       kind         request_id
        1   1793610000001  zof     429     slow_down  rate_limit   req_1
        2   1793610059999  zof     403     -          plan_limit   -
        3   1793610060000  -       -       -          timeout      -
        4   1793610900000  zof     503     slow_down  unavailable  -
        5   -              zof     500     -          server       -
        """)
    #expect(
      try temporary.table(
        "SELECT time_ms, vendor, successes, errors, rate_limited, plan_limited, server_errors, gateway, time FROM minutes ORDER BY time_ms, vendor"
      ) == """
        time_ms        vendor  successes  errors  rate_limited  plan_limited  server_errors  gateway  time
        1793610000000  zof     2          2       1             1             0              kong     2026-11-02T09:00:00.000Z
        1793610060000  -       0          1       0             0             0              kong     2026-11-02T09:01:00.000Z
        1793610900000  zof     0          1       0             0             1              kong     2026-11-02T09:15:00.000Z
        """)
    #expect(
      try temporary.table(
        "SELECT time_ms, vendor, status, code, kind, responses, gateway FROM traffic ORDER BY time_ms, vendor, status"
      ) == """
        time_ms        vendor  status  code       kind         responses  gateway
        -              zof     200     -          success      1          kong
        -              zof     500     -          server       1          kong
        1793610000000  -       -       -          timeout      1          kong
        1793610000000  zof     200     -          success      1          kong
        1793610000000  zof     201     -          success      1          kong
        1793610000000  zof     403     -          plan_limit   1          kong
        1793610000000  zof     429     slow_down  rate_limit   1          kong
        1793610900000  zof     503     slow_down  unavailable  1          kong
        """)
  }

  @Test func `an event is read back as it was`() throws {
    var maker = BatchMaker()
    let batch = maker.batch([Response(time: 5, status: 502, code: "", kind: .upstream)])
    batch.words[Lexicon.details.rawValue] = [Array("{\"a\":1}".utf8)]
    batch.words[Lexicon.message.rawValue] = [Array("naïve".utf8)]
    batch.rows[0].details = 1
    batch.rows[0].message = 1
    batch.rows[0].latency = 1234
    batch.rows[0].retryAfter = 0
    batch.rows[0].upstreamStatus = 500
    batch.rows[0].answeredBy = .gateway
    batch.rows[0].part = 3
    _ = try ledger.commit(batch, to: newLog())
    let reader = try StoreReader(temporary.store)
    let event = try #require(try reader.event(1))
    #expect((event.time, event.vendor, event.status) == (5, "zof", 502))
    #expect((event.kind, event.message, event.details) == (.upstream, "naïve", "{\"a\":1}"))
    #expect((event.latency, event.retryAfter, event.upstreamStatus) == (1.234, 0, 500))
    #expect((event.answeredBy, event.source?.path, event.source?.part) == (.gateway, "a.log", 3))
    #expect((event.source?.offset, event.source?.length) == (0, 99))
    #expect(try reader.event(2) == nil)
  }

  @Test func `a store's time reaches from its first minute to its newest response`() throws {
    let reader = try StoreReader(temporary.store)
    #expect(try reader.extent() == nil)
    var maker = BatchMaker()
    let source = try ledger.commit(maker.batch([Response(), Response(kind: nil)]), to: newLog())
    #expect(try reader.extent() == nil)
    _ = try ledger.commit(
      maker.batch(at: 200, [Response(time: 150_000), Response(time: 61_000)]),
      to: .known(source: source))
    #expect(try reader.extent() == TimeRange(since: 60_000, until: 150_001))
    _ = try ledger.commit(
      maker.batch(at: 400, [Response(time: 200_000, kind: nil)]), to: .known(source: source))
    #expect(try reader.extent() == TimeRange(since: 60_000, until: 180_001))
  }
}
