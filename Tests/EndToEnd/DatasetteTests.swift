import Foundation
import Testing

/// What Datasette is told of a store is true of it. (That Datasette takes it was tried with 0.65.)
struct DatasetteTests {
  let sandbox: Sandbox
  private let tables: [String: [String: Any]]
  private let queries: [String: [String: Any]]

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
    let data = try Data(
      contentsOf: Repository.root.appending(path: ".packaging/datasette.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let databases = try #require(all["databases"] as? [String: [String: Any]])
    tables = try #require(databases["errata"]?["tables"] as? [String: [String: Any]])
    queries = try #require(databases["errata"]?["queries"] as? [String: [String: Any]])
  }

  private func names(of sql: String) throws -> Set<String> {
    Set(
      try sandbox.output("sqlite3 data/errata/errata.db \"\(sql)\"").split(separator: "\n")
        .map(String.init))
  }

  @Test func `every view is described, and every table behind them hidden`() throws {
    let views = try names(of: "select name from sqlite_schema where type = 'view'")
    #expect(Set(tables.filter { $0.value["description"] != nil }.keys) == views)
    let inner = try names(
      of: "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    #expect(inner.subtracting(tables.filter { $0.value["hidden"] != nil }.keys) == [])
  }

  @Test func `what is said of columns is said of columns that there are`() throws {
    for (view, told) in tables where told["description"] != nil {
      let columns = try names(of: "select name from pragma_table_info('\(view)')")
      let described = (told["columns"] as? [String: String])?.keys.map { $0 } ?? []
      let facets = (told["facets"] as? [Any] ?? []).flatMap { facet in
        [facet as? String].compactMap { $0 }
          + ((facet as? [String: String])?.values.map { $0 } ?? [])
      }
      let sorted = [told["sort_desc"] as? String].compactMap { $0 }
      let unknown = Set(described + facets + sorted).subtracting(columns)
      #expect(unknown == [], "\(view)")
    }
  }

  @Test func `a facet by day is of a column that SQLite takes for a date`() throws {
    for view in ["events", "minutes", "traffic"] {
      let days = try names(of: "select distinct date(time) from \(view) where time_ms is not null")
      #expect(days.count > 10, "\(view)")
      #expect(days.allSatisfy { $0.hasPrefix("2026-11-") }, "\(view)")
    }
  }

  @Test func `its queries can be asked`() throws {
    #expect(queries.count == 3)
    for (name, query) in queries {
      let sql = try #require(query["sql"] as? String)
        .replacingOccurrences(of: ":request_id", with: "'req_8f2c61d09ab47e3512cd'")
        .replacingOccurrences(of: ":vendor", with: "'zof'")
      let rows = try sandbox.output("sqlite3 data/errata/errata.db <<'EOF'\n\(sql);\nEOF")
      #expect(!rows.isEmpty, "\(name)")
    }
  }
}
