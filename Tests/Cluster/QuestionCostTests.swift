import Batches
import Events
import Files
import Foundation
import Ingest
import Questions
import Testing
import Times

@testable import Cluster

/// What questions cost: it grows with what is answered, and not with how many events there are.
@Suite(.onEveryServer) struct QuestionCostTests {
  private static let start: Int64 = 1_793_577_600_000

  /// Errors of an hour that are all of four sorts.
  private static func lines(_ count: Int) -> [String] {
    (0..<count).map { place in
      let time = start + Int64(place % 3600) * 1000
      let status = [400, 404, 500, 503][place % 4]
      return
        #"{"time":\#(time),"vendor":"v\#(place % 2)","status":\#(status),"request_id":"req_\#(place)abcdefgh","route":"/a","message":"\#(place)"}"#
    }
  }

  /// - Parameters:
  ///   - copies: how often servers have each event, under other numbers and with other ids.
  ///   - prepare: what else is done on each server, whose tables have an ending.
  private func costs(
    _ name: String, copies: Int,
    after prepare: (ClusterConnection, String) throws -> Void = { _, _ in },
    _ ask: (ClusterReader, TimeRange) throws -> Void
  ) throws -> QuestionCost {
    let store = try ImportedStore()
    try store.add(Self.lines(3600))
    let base = try ClusterBase("cost_\(name)_\(copies)")
    try base.push(store.reader()).run()
    let others: [(table: ClusterTables.Table, values: [String: String])] = [
      (ClusterTables.event(base.dialect), ["id": "id + copy * 1000000"]),
      (
        ClusterTables.identifier(base.dialect),
        [
          "hashes": "arrayMap(x -> cityHash64(x, copy), hashes)",
          "bucket": "toUInt16(cityHash64(bucket, copy) % 1024)",
        ]
      ),
    ]
    let ending = base.servers.cluster == nil ? "" : "_local"
    for connection in try (0..<base.servers.count).map({ try base.connection(to: $0) }) {
      for (table, values) in others {
        let columns = table.columns.map { values[$0.name] ?? quotedName($0.name) }
        _ = try connection.ask(
          ClusterRequest(
            """
            INSERT INTO \(table.name)\(ending) SELECT \(columns.joined(separator: ", "))
              FROM \(table.name)\(ending) ARRAY JOIN range(\(copies)) AS copy WHERE copy > 0
            """))
      }
      try prepare(connection, ending)
      for table in ClusterTables.all(base.dialect) where table.time != nil {
        _ = try connection.ask(ClusterRequest("OPTIMIZE TABLE \(table.name)\(ending) FINAL"))
      }
    }
    let (address, credentials) = (try base.servers.address(base.name), base.servers.credentials)
    let reader = try ClusterReader(
      { try ClusterConnection(address, credentials) }, costs: QuestionCosts(measuring: true))
    try ask(reader, TimeRange(since: Self.start, until: Self.start + 86_400_000))
    return reader.costs.total
  }

  @Test func `what is counted costs what there are counts, however many events there are`() throws {
    func ask(_ reader: ClusterReader, _ range: TimeRange) throws {
      for grain in Grain.allCases { try reader.responses(during: range, by: grain) { _ in } }
      try reader.minutes(during: range) { _ in }
      for sort in MinuteSort.allCases {
        try reader.minuteCounts(of: sort, during: range) { _, _, _, _ in }
      }
      try reader.routeCounts(during: range, by: .hour) { _ in }
      #expect(try reader.holdings().events > 0)
    }
    let few = try costs("counts", copies: 1, ask)
    let many = try costs("counts", copies: 200, ask)
    #expect(few.requests == many.requests && few.rows == many.rows)
    let (own, other) = (try #require(few.rowsRead), try #require(many.rowsRead))
    #expect(own > 0 && other < own * 4 && other < 100_000)
    #expect(many.bytes < few.bytes * 2)
  }

  @Test func `what happened to an id costs what its events are`() throws {
    func ask(_ reader: ClusterReader, _ range: TimeRange) throws {
      let hash = { (id: String, seed: UInt64) in id.withBytes { identifierHash($0, seed: seed) } }
      let found = try reader.events(with: "req_77abcdefgh", hash: hash)
      #expect(found.count == 1)
      #expect(try found.first.flatMap { try reader.event($0) }?.requestID == "req_77abcdefgh")
      #expect(try reader.extent() != nil)
    }
    let few = try costs("id", copies: 1, ask)
    let many = try costs("id", copies: 200, ask)
    #expect(few.requests == 6 && many.requests == 6 && many.rows == few.rows)
    #expect(many.bytes < 2000)
    let (own, other) = (try #require(few.rowsRead), try #require(many.rowsRead))
    // Of 720,000 events and three times as many hashes: servers read some thousands around each.
    #expect(own > 0 && other < 200_000, "\(own) \(other)")
  }

  @Test func `what is asked of a day costs the deliveries of its month, whoever else sends`() throws
  {
    /// A year of fifty deliveries of each of two thousand edges, a week apart: none on the day.
    func others(_ connection: ClusterConnection, _ ending: String) throws {
      _ = try connection.ask(
        ClusterRequest(
          """
          INSERT INTO batch\(ending) (edge, batch, load, version, since_ms, until_ms)
            SELECT 1 + number % 2000 AS edge, intDiv(number, 2000) AS batch, number, 1,
              \(Self.start + 172_800_000) - intDiv(number, 2000) * 604800000 AS since, since + 3600000
              FROM (SELECT number FROM system.numbers LIMIT 100000)
          """))
    }
    func ask(_ reader: ClusterReader, _ range: TimeRange) throws {
      for grain in Grain.allCases { try reader.responses(during: range, by: grain) { _ in } }
      for sort in MinuteSort.allCases {
        try reader.minuteCounts(of: sort, during: range) { _, _, _, _ in }
      }
      try reader.routeCounts(during: range, by: .quarter) { _ in }
      try reader.limits(during: range) { _ in }
      let hash = { (id: String, seed: UInt64) in id.withBytes { identifierHash($0, seed: seed) } }
      let found = try reader.events(with: "req_77abcdefgh", hash: hash)
      #expect(try found.first.flatMap { try reader.event($0) } != nil)
    }
    let few = try costs("edges_few", copies: 1, ask)
    let many = try costs("edges_many", copies: 1, after: others, ask)
    #expect(few.requests == many.requests && few.rows == many.rows)
    let (own, other) = (try #require(few.rowsRead), try #require(many.rowsRead))
    // Of the hundred thousand rows of the ledger a few thousand of one month each time.
    #expect(other - own < 20_000 * many.requests, "\(own) \(other)")
  }

  @Test func `a reader that is not asked to measure asks once`() throws {
    let store = try ImportedStore()
    try store.add(Self.lines(10))
    let base = try ClusterBase("cost_none")
    try base.push(store.reader()).run()
    let reader = try base.reader()
    #expect(try reader.holdings().events == 10)
    let own = try #require(reader.costs.all.first)
    #expect(own.question == "holdings" && own.requests == 1 && own.rows == 1 && own.bytes > 0)
    #expect((own.rowsRead != nil) == base.dialect.isModern, "old servers do not tell")
    let other = try #require(try reader.opener() as? ClusterReader)
    #expect(try other.holdings().events == 10)
    #expect(reader.costs.total.requests == 2)
  }
}
