import Times
import Batches
import Foundation
import Queries
import Questions
import Store
import Testing

@testable import Cluster

/// SQL over the views of a cluster, against the same over a store's.
@Suite(.onEveryServer) struct ClusterQueryTests {
  private static let demo = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/demo/demo.ndjson.gz").path

  private func rows(
    _ sql: String, _ archive: any Archive, _ parameters: [String: QueryParameter] = [:],
    by author: QueryAuthor = .errata
  ) throws -> [String] {
    let columns = try archive.describe(sql, of: author).columns
    var rows = [columns.joined(separator: " ")]
    try archive.run(sql, of: author, parameters) { row in
      rows.append(columns.indices.map { "\(row.value($0))" }.joined(separator: " "))
    }
    return rows
  }

  @Test func `each named query says the same of a cluster as of a store`() throws {
    let store = try ImportedStore()
    try store.read(Self.demo)
    try store.add([
      #"{"vendor":"zof","status":503}"#,
      #"{"time":"2026-11-10T09:00:00Z","vendor":"zof","status":500,"message":"tab\t'quote' \\ ünï","latency_ms":12.5}"#,
    ])
    let base = try ClusterBase("queries")
    let own = try store.reader()
    try base.push(own).run()
    let extent = try #require(try own.extent())
    #expect(Query.all.count > 10)
    for query in Query.all {
      for (vendor, gateway) in [("", ""), ("zihin", ""), ("", "envoy"), ("it's \\ no one", "")] {
        let values: [String: QueryParameter] = [
          "since_ms": .integer(extent.since), "until_ms": .integer(extent.until),
          "vendor": .text(vendor), "gateway": .text(gateway),
        ]
        let reader = try base.reader()
        reader.restrictToReading(seconds: 60)
        do {
          let description = try reader.describe(query.sql, of: .errata)
          #expect(description.columns == query.columns, "\(query.name)")
          #expect(
            description.parameters.sorted() == query.parameters.map(\.name).sorted(),
            "\(query.name)")
          let known = values.filter { description.parameters.contains($0.key) }
          #expect(
            try rows(query.sql, reader, known) == rows(query.sql, own, known),
            "\(query.name) of \(vendor) \(gateway)")
        } catch {
          Issue.record(error, "\(query.name)")
        }
      }
    }
  }

  @Test func `a user's SQL has values of every type, and may do nothing but read`() throws {
    let base = try ClusterBase("user_sql")
    let reader = try base.reader()
    reader.restrictToReading(seconds: 60)
    let values = try rows(
      #"SELECT 1 AS a, -2.5 AS b, NULL AS c, 'x\ty\\z\n\'' AS d, [1, 2] AS e, toDate('2026-11-01') AS f; -- a remark :no"#,
      reader, by: .user)
    #expect(
      values == [
        "a b c d e f",
        #"integer(1) number(-2.5) null text("x\ty\\z\n\'") text("[1,2]") text("2026-11-01")"#,
      ])
    #expect(
      try rows("SELECT ':no' AS \":a\", :since_ms + 1 AS b", reader, ["since_ms": .integer(41)])
        == [":a b", "text(\":no\") integer(42)"])
    for sql in [
      "DROP TABLE event", "SELECT 1; DROP TABLE event", "INSERT INTO word (text) VALUES ('a')",
      "SELECT 1) FORMAT Null; SELECT (1", "SELEC 1", "SELECT nothing FROM events",
    ] {
      #expect(throws: ClusterError.self, "\(sql)") { _ = try rows(sql, reader, by: .user) }
      #expect(throws: ClusterError.self, "\(sql)") {
        try reader.run(sql, of: .user, [:]) { _ in }
      }
    }
    #expect(try base.rows("SELECT count() FROM event") == ["0"])
  }

  @Test func `a query that takes too long is stopped, and says so`() throws {
    let base = try ClusterBase("slow_sql")
    let reader = try base.reader()
    reader.restrictToReading(seconds: 1)
    let error = try #require(throws: ClusterError.self) {
      try reader.run(
        "SELECT count() FROM system.numbers WHERE sipHash64(number) = 1", of: .user, [:]
      ) { _ in }
    }
    #expect(error.message == "the query took too long and was stopped")
    #expect(throws: ClusterError.self) { try reader.holdings() }
    let greedy = try base.reader()
    let shortage = try #require(throws: ClusterError.self) {
      try greedy.run(
        """
        SELECT count() FROM (SELECT groupArray(toString(number)) AS all FROM
          (SELECT number FROM system.numbers LIMIT 1000000000) GROUP BY number % 2)
        """, of: .user, [:]
      ) { _ in }
    }
    #expect(shortage.message == "the query asks for more memory than it may have on the server")
  }

  @Test func `an answer comes in as many pieces as it likes`() throws {
    let base = try ClusterBase("large_sql")
    let reader = try base.reader()
    var (rows, sum, events): (Int64, Int64, Int64) = (0, 0, 0)
    // More than is taken into memory before it is handed over.
    let padding = String(repeating: "padding ", count: 25)
    let sql =
      "SELECT number, concat('\(padding)', toString(number)) AS text FROM system.numbers LIMIT 50000"
    try reader.run(sql, of: .user, [:]) { row in
      guard case .integer(let number) = row.value(0), case .text(let text) = row.value(1),
        text.hasSuffix(" \(number)")
      else {
        Issue.record("\(row.value(0)) \(row.value(1))")
        return
      }
      rows += 1
      sum += number
      // Whoever is handed a row may ask something else.
      if rows % 20_000 == 0 { events += try reader.holdings().events + 1 }
    }
    #expect(rows == 50_000 && sum == 1_249_975_000 && events == 2)
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try reader.run(sql, of: .user, [:]) { _ in throw Enough() }
    }
    #expect(try reader.holdings().events == 0, "the connection goes on")
  }
}
