import Foundation
import Testing

@testable import Cluster

@Suite(.onEveryServer) struct SchemaTests {
  private let servers: any ServerSet

  init() throws { servers = try ServerKind.current.servers }

  private func schema(
    _ database: String, _ dialect: Dialect, cluster: String? = nil, isReplicated: Bool = false,
    days: Int? = nil
  ) throws -> ClusterSchema {
    try ClusterSchema(
      database: database, dialect: dialect,
      layout: .init(cluster: cluster, isReplicated: isReplicated, days: days))
  }

  @Test func `the tables are made once, and then are there`() throws {
    let connection = try servers.connection("schema_alone")
    let schema = try schema(connection.address.database, Dialect(of: connection))
    let error = #expect(throws: ClusterError.self) { try ClusterSchema.check(connection) }
    #expect(error?.hint == .makeTables)
    try schema.apply(on: connection)
    try ClusterSchema.check(connection)
    try schema.apply(on: connection)
    try ClusterSchema.check(connection)
  }

  @Test(arguments: [1, 3])
  func `tables of another format are refused`(format: Int) throws {
    let connection = try servers.connection("schema_\(format)")
    let schema = try schema(connection.address.database, Dialect(of: connection))
    _ = try connection.ask(
      ClusterRequest("CREATE TABLE setting(name String, value Int64) ENGINE = Memory"))
    _ = try connection.ask(ClusterRequest("INSERT INTO setting VALUES ('schema', \(format))"))
    let error = #expect(throws: ClusterError.self) { try schema.apply(on: connection) }
    #expect(error?.message.contains(format == 1 ? "an older errata" : "a newer errata") == true)
  }

  @Test func `a name may hold anything`() throws {
    let name = "a `b` 'c\\"
    guard let port = servers.port else { return }
    let connection = try ClusterConnection(
      ClusterAddress("http://127.0.0.1:\(port)/?database=a%20%60b%60%20%27c%5c"),
      servers.credentials)
    let schema = try schema(name, Dialect(of: connection))
    try schema.apply(on: connection)
    try ClusterSchema.check(connection)
    _ = try connection.ask(ClusterRequest("DROP DATABASE \(quotedName(name))", isInDatabase: false))
  }

  @Test func `what an older server does not know is left out`() throws {
    let old = try schema("errata", Dialect(version: "18.16.1")).text
    let new = try schema("errata", .current, days: 400).text
    for word in ["LowCardinality", "CODEC", "minmax", "TTL"] {
      #expect(!old.contains(word))
      #expect(new.contains(word))
    }
    #expect(throws: ClusterError.self) {
      try self.schema("errata", Dialect(version: "18.16.1"), days: 400)
    }
    #expect(throws: ClusterError.self) { try self.schema("errata", .current, isReplicated: true) }
    let copies = try schema("errata", .current, cluster: "c", isReplicated: true).text
    #expect(copies.contains("ON CLUSTER `c`"))
    #expect(copies.contains("ReplicatedMergeTree('/clickhouse/tables/{shard}/errata/event'"))
  }

  @Test(arguments: [false, true])
  func `statements for clusters are read by servers, whether or not there are any`(
    isReplicated: Bool
  ) throws {
    let connection = try servers.connection("schema_read")
    let dialect = try Dialect(of: connection)
    let schema = try schema(
      "schema_read", dialect, cluster: "nowhere", isReplicated: isReplicated,
      days: dialect.isModern ? 400 : nil)
    #expect(schema.statements.count > 30)
    for statement in schema.statements {
      if dialect.isModern {
        let said = try connection.ask(
          ClusterRequest("EXPLAIN AST \(statement)", isInDatabase: false))
        #expect(!said.isEmpty)
      } else if statement.contains(" ON CLUSTER ") {
        // It is read before the cluster is looked for.
        let error = #expect(throws: ClusterError.self) {
          try connection.ask(ClusterRequest(statement, isInDatabase: false))
        }
        #expect(error?.cause == .refused(code: 170), "\(statement)")
      }
    }
  }

  /// Four errors, two successes, a delivery that does not count, and one that is no longer it.
  @Test(arguments: [nil, "pair"])
  func `views show what was delivered whole`(cluster: String?) throws {
    if cluster != nil, cluster != servers.cluster { return }
    let name = "views_\(cluster ?? "alone")"
    let connection = try servers.connection(name)
    for server in 0..<servers.count {
      let connection = try ClusterConnection(
        servers.address(name, server: server), servers.credentials)
      try schema(connection.address.database, Dialect(of: connection), cluster: cluster).apply(
        on: connection)
    }
    func insert(_ table: String, _ columns: String, _ rows: String) throws {
      var request = ClusterRequest("INSERT INTO \(table) (\(columns)) VALUES \(rows)")
      request.settings = [("insert_distributed_sync", "1")]
      _ = try connection.ask(request)
    }
    func rows(_ sql: String) throws -> [String] {
      String(decoding: try connection.ask(ClusterRequest(sql)), as: UTF8.self)
        .split(separator: "\n").map { String($0) }
    }
    let minute = 1_700_000_040_000
    for (batch, load) in [(1, 11), (2, 21), (3, 31), (1, 10)] {
      try insert(
        "event",
        "edge, batch, load, id, time_ms, vendor, gateway, status, code, kind, path, route, source",
        """
        (0, \(batch), \(load), \(batch * 2), \(minute + 5), 'zof', 'kong', 429, 'slow', 7, '', '/a', 'l'),
        (0, \(batch), \(load), \(batch * 2 + 1), NULL, '', '', 0, NULL, 11, NULL, NULL, 'l')
        """)
      try insert(
        "minute", "edge, batch, load, start_ms, vendor, gateway, successes",
        "(0, \(batch), \(load), \(minute), 'zof', 'kong', 5)")
      try insert(
        "quarter", "edge, batch, load, start_ms, vendor, gateway, status, kind, responses",
        "(0, \(batch), \(load), \(minute / 900_000 * 900_000), 'zof', 'kong', 200, 0, 5)")
    }
    for (batch, load, version) in [(1, 10, 1), (2, 21, 1), (1, 11, 2), (1, 11, 2)] {
      try insert("batch", "edge, batch, load, version", "(0, \(batch), \(load), \(version))")
    }
    #expect(
      try rows(
        "SELECT id, time_ms, vendor, status, code, kind, path, gateway FROM events ORDER BY id")
        == [
          "2\t\(minute + 5)\tzof\t429\tslow\trate_limit\t/a\tkong",
          #"3\t\N\t\N\t\N\t\N\ttimeout\t\N\t\N"#.replacing(#"\t"#, with: "\t"),
          "4\t\(minute + 5)\tzof\t429\tslow\trate_limit\t/a\tkong",
          #"5\t\N\t\N\t\N\t\N\ttimeout\t\N\t\N"#.replacing(#"\t"#, with: "\t"),
        ])
    #expect(
      try rows("SELECT * FROM minutes") == [
        "\(minute)\tzof\t10\t2\t2\t0\t0\tkong\t2023-11-14T22:14:00.000Z"
      ])
    #expect(
      try rows("SELECT * FROM traffic ORDER BY responses DESC, kind") == [
        "\(minute / 900_000 * 900_000)\tzof\t200\t\\N\tsuccess\t10\tkong\t2023-11-14T22:00:00.000Z",
        "\(minute / 900_000 * 900_000)\tzof\t429\tslow\trate_limit\t2\tkong\t2023-11-14T22:00:00.000Z",
        "\\N\t\\N\t\\N\t\\N\ttimeout\t2\t\\N\t\\N",
      ])
    #expect(
      try rows(
        """
        SELECT vendor, COUNT(*) AS errors FROM batches b CROSS JOIN events e
          WHERE b.last_time_ms >= 0 AND b.first_time_ms < 9 AND e.id >= b.first_id AND e.id < b.end_id
          GROUP BY vendor ORDER BY errors, vendor
        """) == ["zof\t2", "\\N\t2"])
    #expect(
      try rows("SELECT DISTINCT lexicon, text FROM word ORDER BY lexicon, text")
        == ["0\tzof", "1\tkong", "2\tslow", "4\t/a"])
  }
}
