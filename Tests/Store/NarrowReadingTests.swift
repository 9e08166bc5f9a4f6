import Batches
import Events
import Questions
import SQLite
import Testing
import Times

@testable import Store

/// What is read of one name alone, and by which statements.
@Suite struct NarrowReadingTests {
  private let temporary: TemporaryStore
  private let day = TimeRange(since: 0, until: Milliseconds.day)

  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch([
        Response(time: 60_000, requestID: "one"), Response(time: 120_000, requestID: "two"),
        Response(time: 120_000, vendor: "acme"), Response(time: 180_000, vendor: nil),
      ]), to: newLog())
  }

  @Test func `a vendor whose name stands twice has the counts of both numbers`() throws {
    let zof = try temporary.integer("SELECT id FROM vendor WHERE text = 'zof'") ?? 0
    try temporary.tamper(
      """
      INSERT INTO vendor VALUES(77, 'zof');
      INSERT INTO day SELECT time_ms, 77, gateway, status, code, kind, responses + 5 FROM day
        WHERE vendor = \(zof);
      """)
    let reader = try StoreReader(temporary.store)
    var counts: [Int64: Int64] = [:]
    let sort = ErrorSort(vendor: "zof", status: 429, kind: .rateLimit)
    try reader.responses(of: sort, during: day, by: .day) { counts[$0.vendor] = $0.count }
    #expect(counts == [zof: 2, 77: 7])
  }

  @Test func `a vendor that is not there has no counts, and nobody has its own`() throws {
    let reader = try StoreReader(temporary.store)
    for (vendor, expected) in [("nobody", 0), (nil, 1), ("acme", 1), ("zof", 2)]
      as [(String?, Int64)]
    {
      var count: Int64 = 0
      let sort = ErrorSort(vendor: vendor, status: 429, kind: .rateLimit)
      try reader.responses(of: sort, during: day, by: .day) { count += $0.count }
      #expect(count == expected)
    }
  }

  @Test func `views are made for whoever asks in SQL alone`() throws {
    let reader = try StoreReader(temporary.store)
    let made = "SELECT COUNT(*) FROM temp.sqlite_schema"
    #expect(try reader.event(1)?.requestID == "one")
    #expect(try reader.connection.integer(made) == 0)
    var vendors: [String?] = []
    try reader.run("SELECT vendor FROM events ORDER BY id", of: .user, [:]) { row in
      if case .text(let vendor) = row.value(0) {
        vendors.append(vendor)
      } else {
        vendors.append(nil)
      }
    }
    #expect(vendors == ["zof", "zof", "acme", nil])
    #expect(try reader.connection.integer(made) == Int64(Views.names.count))
  }

  @Test func `they are there as well where nothing but reading is allowed`() throws {
    let reader = try StoreReader(temporary.store)
    try temporary.tamper("DROP VIEW events")
    reader.restrictToReading(seconds: 5)
    var rows = 0
    try reader.run("SELECT id FROM events", of: .user, [:]) { _ in rows += 1 }
    #expect(rows == 4)
  }

  @Test func `an event says what the stored view says of it`() throws {
    let reader = try StoreReader(temporary.store)
    let columns = """
      id, time_ms, vendor, status, code, kind, message, request_id, method, route, path, consumer,
      latency_ms, retry_after_ms, upstream_status, answered_by, details, source, "offset", length,
      part, gateway
      """
    for number in 1...4 as ClosedRange<Int64> {
      let stored = try reader.connection.prepare("SELECT \(columns) FROM main.events WHERE id = ?")
      let own = try reader.connection.prepare(EventQuery.sql)
      stored.bind(number, at: 1)
      own.bind(number, at: 1)
      #expect(try stored.step() && own.step())
      #expect(stored.columns.indices.map(stored.text) == own.columns.indices.map(own.text))
    }
  }
}
