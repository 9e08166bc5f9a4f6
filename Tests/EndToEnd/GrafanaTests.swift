import Foundation
import Testing

/// Each query of the dashboard is answered by a store, with the columns that its panel draws.
struct GrafanaTests {
  let sandbox: Sandbox
  private let panels: [[String: Any]]
  private let variables: [[String: Any]]

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
    let data = try Data(contentsOf: Repository.root.appending(path: ".packaging/grafana.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    panels = try #require(all["panels"] as? [[String: Any]])
    let templating = try #require(all["templating"] as? [String: Any])
    variables = try #require(templating["list"] as? [[String: Any]])
  }

  private static let from: Int64 = 1_793_577_600_000  // 2026-11-02
  private static let to: Int64 = 1_794_787_200_000  // 2026-11-16

  /// The rows that Grafana gets: with its variables replaced as it replaces them.
  private func rows(
    _ sql: String, vendors: [String], step: Int = 3_600_000
  ) throws -> [[String: Any]] {
    let names = vendors.map { "'\($0)'" }.joined(separator: ",")
    let text =
      sql.replacingOccurrences(of: "$__interval_ms", with: "\(step)")
      .replacingOccurrences(of: "$__from", with: "\(Self.from)")
      .replacingOccurrences(of: "$__to", with: "\(Self.to)")
      .replacingOccurrences(of: "${vendor:sqlstring}", with: names)
    #expect(!text.contains("$"), "\(text)")
    try sandbox.write(text + ";\n", to: "panel.sql")
    let answer = try sandbox.output("sqlite3 -readonly -json data/errata/errata.db < panel.sql")
    if answer.isEmpty { return [] }
    return try #require(
      try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [[String: Any]])
  }

  private func targets(of panel: [String: Any]) throws -> [[String: Any]] {
    try #require(panel["targets"] as? [[String: Any]])
  }

  private var vendors: [String] {
    get throws {
      let variable = try #require(variables.first { $0["name"] as? String == "vendor" })
      let rows = try rows(try #require(variable["query"] as? String), vendors: [])
      #expect(rows.allSatisfy { $0.count == 1 })
      return rows.compactMap { $0.values.first as? String }
    }
  }

  @Test func `its vendors are those of the store`() throws {
    #expect(try vendors == ["flowestate", "mimicbot", "zenstep", "zihin", "zof"])
  }

  @Test
  func `every panel reads the public views of the store that is chosen, and says what it shows`()
    throws
  {
    #expect(panels.count > 10)
    for panel in panels {
      let title = try #require(panel["title"] as? String)
      #expect((panel["description"] as? String)?.isEmpty == false, "\(title)")
      for target in try targets(of: panel) {
        let source = try #require(target["datasource"] as? [String: String])
        #expect(source == ["type": "frser-sqlite-datasource", "uid": "${store}"])
        let sql = try #require(target["rawQueryText"] as? String)
        #expect(target["queryText"] as? String == sql)
        let read = sql.matches(of: /(?:FROM|JOIN) ([a-z_]+)/).map { String($0.1) }
        #expect(Set(read).isSubset(of: ["events", "batches", "minutes", "traffic"]), "\(title)")
      }
    }
  }

  @Test func `every panel has what it draws`() throws {
    let vendors = try vendors
    for panel in panels {
      let title = try #require(panel["title"] as? String)
      for target in try targets(of: panel) {
        let rows = try rows(try #require(target["rawQueryText"] as? String), vendors: vendors)
        #expect(!rows.isEmpty, "\(title)")
        switch panel["type"] as? String {
        case "stat":
          #expect(target["queryType"] as? String == "table")
          #expect(rows.count == 1 && rows[0].count == 1, "\(title)")
          #expect(rows[0].values.first is NSNumber, "\(title)")
        case "timeseries":
          #expect(target["queryType"] as? String == "time series")
          #expect(target["timeColumns"] as? [String] == ["time"])
          let defaults = (panel["fieldConfig"] as? [String: Any])?["defaults"] as? [String: Any]
          let name = try #require(defaults?["displayName"] as? String)
          let label = try #require(name.firstMatch(of: /\$\{__field\.labels\.([a-z]+)\}/)).1
          // A number of seconds each, in order; a text that tells series apart; and a number.
          let times = rows.compactMap { $0["time"] as? Int64 }
          #expect(times.count == rows.count && times == times.sorted(), "\(title)")
          #expect(times.allSatisfy { $0 >= Self.from / 1000 && $0 < Self.to / 1000 })
          #expect(times.allSatisfy { $0 % 3600 == 0 }, "\(title)")
          #expect(rows.allSatisfy { $0.count == 3 && $0[String(label)] is String }, "\(title)")
          for (name, value) in rows.flatMap({ $0 }) where name != "time" && name != label {
            #expect(value is NSNumber, "\(title): \(name)")
          }
        case "table": #expect(rows[0].count > 3, "\(title)")
        case let type: Issue.record("\(title) is a \(type ?? "panel without a type")")
        }
      }
    }
  }

  @Test func `what it counts is what errata counts, of the vendors that are chosen`() throws {
    let panel = try #require(panels.first { $0["title"] as? String == "Errors" })
    let sql = try #require(try targets(of: panel)[0]["rawQueryText"] as? String)
    let range = "--since 2026-11-02 --until 2026-11-16"
    for vendors in [["zof"], ["zihin", "mimicbot"], try vendors] {
      let rows = try rows(sql, vendors: vendors)
      let told = try sandbox.json(
        "errata rates \(range) --every 14d --vendor \(vendors.joined(separator: ",")) --format json"
      )
      let counted = (told["rows"] as? [[String: Any]] ?? []).compactMap { $0["errors"] as? Int64 }
      #expect(rows[0]["errors"] as? Int64 == counted.reduce(0, +))
    }
  }
}
