import Foundation
import Testing

/// All rows of a view, for other programs, and counts for Prometheus.
struct ExportTests {
  let sandbox: Sandbox
  private static let views = ["events", "minutes", "traffic", "batches"]

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
  }

  private func sqlite(_ sql: String) throws -> String {
    try sandbox.output("sqlite3 data/errata/errata.db \"\(sql)\"")
  }

  @Test(arguments: views)
  func `an export has the columns of its view, of the types that its schema says`(view: String)
    throws
  {
    let schema = try sandbox.json("errata export \(view) --schema")
    let columns = try #require(schema["columns"] as? [[String: Any]])
    let names = columns.compactMap { $0["name"] as? String }
    #expect(
      try sqlite("select name from pragma_table_info('\(view)') order by cid")
        .split(separator: "\n").map(String.init) == names)
    let types = [
      "int64": "integer", "float64": "real", "string": "text", "json": "text", "timestamp": "text",
    ]
    for column in columns {
      let name = try #require(column["name"] as? String)
      let type = try #require(column["type"] as? String)
      var expected: Set<String> = [try #require(types[type])]
      if column["nullable"] as? Bool == true { expected.insert("null") }
      let found = try sqlite("select distinct typeof(\\\"\(name)\\\") from \(view)")
        .split(separator: "\n").map(String.init)
      #expect(Set(found).isSubset(of: expected), "\(view).\(name): \(found)")
    }
  }

  @Test(arguments: views)
  func `an export has every row, in order, and CSV says the same`(view: String) throws {
    let rows = try sandbox.output("errata export \(view)").split(separator: "\n")
    #expect("\(rows.count)\n" == (try sqlite("select count(*) from \(view)")))
    let first = try #require(
      try JSONSerialization.jsonObject(with: Data(rows[0].utf8)) as? [String: Any])
    let csv = try sandbox.output("errata export \(view) --format csv")
    #expect(csv.split(separator: "\n").count >= rows.count + 1)
    #expect(
      Set(csv.prefix { $0 != "\n" }.split(separator: ",").map(String.init)) == Set(first.keys))
  }

  @Test func `a range and a vendor leave what they leave of a list`() throws {
    let range = "--since 2026-11-10 --until 2026-11-11T12:00:00Z"
    let exported = try sandbox.output("errata export \(range) --vendor zof,zihin --flat")
    let objects = try exported.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    let listed = try sandbox.json(
      "errata list \(range) --vendor zof,zihin --limit 100000 --format json")
    let events = try #require(listed["events"] as? [[String: Any]])
    #expect(objects.count > 20)
    #expect(
      Set(objects.compactMap { $0["id"] as? Int }) == Set(events.compactMap { $0["id"] as? Int }))
    #expect(objects.allSatisfy { $0["details"] is String || $0["details"] is NSNull })
    #expect(
      objects.compactMap { $0["id"] as? Int } == objects.compactMap { $0["id"] as? Int }.sorted())
  }

  @Test func `a file is there when it is whole, and its rows are those of the screen`() throws {
    try sandbox.output("errata export traffic -o traffic.ndjson")
    #expect(
      try sandbox.output("cat traffic.ndjson") == sandbox.output("errata export traffic"))
    let refused = try sandbox.run("errata export -o demo.ndjson.gz")
    #expect(refused.status == 2)
    #expect(try sandbox.run("errata export batches --vendor zof").status == 2)
  }

  @Test func `metrics are what the node exporter reads from a file`() throws {
    try sandbox.output("errata metrics -o errata.prom")
    try sandbox.write(
      """
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(open('errata.prom').read()):
          assert family.type in ('counter', 'gauge'), family
          for sample in family.samples:
              print(sample.name, sorted(sample.labels.items()), sample.value)
      """, to: "read.py")
    let read = try sandbox.output("python3 read.py")
    #expect(read.contains("errata_events [] 1328.0\n"))
    #expect(read.contains("errata_errors_total [('vendor', 'zof')]"))
    #expect(read.contains("errata_build_info [('version', '"))
    #expect(try !sandbox.output("cat errata.prom").contains("# EOF"))
  }
}
