import Batches
import Events
import Files
import Questions
import SQLite
import Testing
import Times

@testable import Store

@Suite struct RouteTests {
  let temporary: TemporaryStore
  private let midnight = at("2026-11-03T00:00:00Z")

  init() throws { temporary = try TemporaryStore() }

  /// Two batches around midnight, of two vendors and three routes, one of them none; a success and
  /// an undated error are in no hour.
  private func storeLog() throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    func error(
      _ minutes: Int64, _ route: String?, _ status: Int32 = 429, _ kind: Kind = .rateLimit,
      by answeredBy: AnsweredBy = .unknown, vendor: String? = "zof"
    ) -> Response {
      Response(
        time: midnight + minutes * 60_000, vendor: vendor, status: status, kind: kind, route: route,
        answeredBy: answeredBy)
    }
    let source = try ledger.commit(
      maker.batch([
        error(-70, "/a"), error(-61, "/a"), error(-60, "/a"), error(-1, "/a"),
        error(-1, "/a", 503, .unavailable, by: .gateway), error(-1, nil, 0, .timeout, vendor: nil),
        Response(time: midnight, kind: nil), Response(route: "/a"),
      ]), to: newLog())
    _ = try ledger.commit(
      maker.batch(
        at: 800,
        [
          error(-1, "/a"), error(0, "/b", by: .vendor), error(14, "/b", by: .vendor),
          error(15, "/b", by: .vendor), error(15, "/a", 503, .unavailable, by: .gateway),
        ]), to: .known(source: source))
    ledger.close()
  }

  /// The counts of a range as lines, in order.
  private func counts(
    _ grain: Grain, since: Int64 = -2 * 3_600_000, until: Int64 = 86_400_000
  ) throws -> [String] {
    let reader = try StoreReader(temporary.store)
    var lines: [String] = []
    try reader.routeCounts(
      during: TimeRange(since: midnight + since, until: midnight + until), by: grain
    ) { count in
      let names = [
        reader.text(count.vendor, in: .vendor), reader.text(count.route, in: .route),
      ].map { $0 ?? "-" }
      lines.append(
        "\(formatTime(count.time).dropFirst(8).dropLast(8)) \(names[0]) \(names[1]) "
          + "\(count.status) \(count.kind.name) \(count.answeredBy.name) \(count.count)")
    }
    return lines.sorted()
  }

  private var problems: [String] { get throws { try Verification(temporary.store).problems } }

  @Test func `errors are counted by route, kind, who answered and status`() throws {
    try storeLog()
    #expect(
      try counts(.hour) == [
        "02T22:00 zof /a 429 rate_limit unknown 2", "02T23:00 - - 0 timeout unknown 1",
        "02T23:00 zof /a 429 rate_limit unknown 3", "02T23:00 zof /a 503 unavailable gateway 1",
        "03T00:00 zof /a 503 unavailable gateway 1", "03T00:00 zof /b 429 rate_limit vendor 3",
      ])
    #expect(
      try counts(.quarter) == [
        "02T22:45 zof /a 429 rate_limit unknown 2", "02T23:00 zof /a 429 rate_limit unknown 1",
        "02T23:45 - - 0 timeout unknown 1", "02T23:45 zof /a 429 rate_limit unknown 2",
        "02T23:45 zof /a 503 unavailable gateway 1", "03T00:00 zof /b 429 rate_limit vendor 2",
        "03T00:15 zof /a 503 unavailable gateway 1", "03T00:15 zof /b 429 rate_limit vendor 1",
      ])
    #expect(
      try counts(.day, since: -86_400_000) == [
        "02T00:00 - - 0 timeout unknown 1", "02T00:00 zof /a 429 rate_limit unknown 5",
        "02T00:00 zof /a 503 unavailable gateway 1", "03T00:00 zof /a 503 unavailable gateway 1",
        "03T00:00 zof /b 429 rate_limit vendor 3",
      ])
    #expect(try problems == [])
  }

  @Test func `a range has the stretches that begin inside it`() throws {
    try storeLog()
    #expect(try counts(.hour, since: -3_600_000, until: 0).count == 3)
    #expect(try counts(.hour, since: -3_599_999, until: 1).count == 2)
    #expect(try counts(.quarter, since: -900_000, until: 900_000).count == 4)
    #expect(try counts(.day, since: 0).count == 2)
  }

  @Test func `counts stay when events are pruned, with the names of their routes`() throws {
    try storeLog()
    let before = try counts(.quarter)
    _ = try Pruning(temporary.store, before: midnight, counts: false)
    #expect(try counts(.quarter) == before)
    #expect(try problems == [])
    #expect(try Repair(temporary.store).done == [])
    #expect(try counts(.quarter) == before)
  }

  @Test(arguments: [0, 20] as [Int64])
  func `counts that are pruned go by whole quarters of an hour`(minutes: Int64) throws {
    try storeLog()
    _ = try Pruning(temporary.store, before: midnight + minutes * 60_000, counts: true)
    #expect(
      try counts(.quarter)
        == [
          "03T00:00 zof /b 429 rate_limit vendor 2",
          "03T00:15 zof /a 503 unavailable gateway 1", "03T00:15 zof /b 429 rate_limit vendor 1",
        ].suffix(minutes == 0 ? 3 : 2))
    #expect(
      try counts(.day, since: -86_400_000) == [
        "03T00:00 zof /a 503 unavailable gateway 1",
        "03T00:00 zof /b 429 rate_limit vendor \(minutes == 0 ? 3 : 1)",
      ])
    #expect(try temporary.integer("SELECT COUNT(*) FROM route WHERE text = '/a'") == 1)
    #expect(try problems == [])
    _ = try Pruning(temporary.store, before: midnight + 86_400_000, counts: true)
    #expect(try counts(.day, since: -86_400_000) == [])
    #expect(
      try temporary.table("SELECT text FROM route") == """
        text
        /a
        """, "an undated event has it")
    #expect(try problems == [])
  }

  @Test(arguments: [
    ("DELETE FROM route_hour WHERE time_ms % 86400000 = 0", "of the events"),
    ("DELETE FROM route_hour WHERE vendor = 0", "of traffic"),
    ("UPDATE route_hour SET page = 1 WHERE vendor = 0", "of the events"),
    ("UPDATE route_hour SET vendor = vendor + 10", "of traffic"),
    ("UPDATE route_hour SET errors = x'00'", "are damaged"),
    ("UPDATE route_hour SET errors = SUBSTR(errors, 1, LENGTH(errors) - 1)", "are damaged"),
    ("UPDATE route_hour SET time_ms = -9223372036854775807 WHERE vendor = 0", "what cannot be"),
    ("DELETE FROM route_day WHERE vendor = 0", "by hour"),
    ("UPDATE route_day SET time_ms = time_ms + 86400000 WHERE vendor = 0", "by hour"),
    ("UPDATE route_day SET errors = x'ffffffffffffffffff7f'", "are damaged"),
    ("INSERT INTO route_day VALUES(9223372036854775806, 1, 1, 9, x'01000101')", "what cannot be"),
  ])
  func `what was changed is found, and made anew from the events`(
    damage: String, problem: String
  ) throws {
    try storeLog()
    let before = try Grain.allCases.map { try counts($0) }
    try temporary.tamper(damage)
    #expect(try problems.contains { $0.hasSuffix(problem) })
    #expect(try !Repair(temporary.store).done.isEmpty)
    #expect(try problems == [])
    #expect(try Grain.allCases.map { try counts($0) } == before)
  }

  @Test func `what was changed after pruning is made anew where the events are`() throws {
    try storeLog()
    let before = try counts(.quarter)
    _ = try Pruning(temporary.store, before: midnight + 840_000, counts: false)
    let rows = try temporary.table("SELECT time_ms, vendor, page, HEX(errors) FROM route_hour")
    try temporary.tamper(
      """
      UPDATE route_hour SET errors = (SELECT errors FROM route_hour WHERE vendor = 0)
        WHERE time_ms >= \(midnight)
      """)
    #expect(try !problems.isEmpty)
    _ = try Repair(temporary.store)
    // The events of the first quarter are gone, and its counts with the tampering.
    #expect(try counts(.quarter) == before.filter { !$0.hasPrefix("03T00:00") })
    try temporary.tamper(
      "UPDATE route_hour SET time_ms = time_ms + 3600000 WHERE time_ms >= \(midnight)")
    _ = try Repair(temporary.store)
    #expect(try counts(.quarter) == before.filter { !$0.hasPrefix("03T00:00") })
    #expect(rows.contains("\(midnight)"))
  }

  @Test func `an event whose route or answerer was changed is found`() throws {
    try storeLog()
    try temporary.tamper("UPDATE event SET answered_by = 2 WHERE status = 503 AND id < 6")
    #expect(try problems == [])
    for column in ["answered_by", "route"] {
      try temporary.tamper("UPDATE event SET \(column) = 1 WHERE status = 503")
      #expect(
        try problems.contains {
          $0.hasSuffix("of the counts of errors by route are not those of the events")
        })
    }
  }

  @Test func `what cannot be read is said to be damaged`() throws {
    try storeLog()
    try temporary.tamper("UPDATE route_hour SET errors = x'01'")
    #expect(throws: StoreError.self) { try counts(.hour) }
  }
}
