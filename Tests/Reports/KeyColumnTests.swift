import Answers
import Events
import Foundation
import Profiles
import Rendering
import Reports
import Testing
import Times

/// What a row is told by stays in it on a terminal of any usual width.
@Suite struct KeyColumnTests {
  private static func demo() throws -> ImportedLog {
    let log = try ImportedLog("")
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/demo/demo.ndjson.gz")
    try log.read(fixtures.path)
    return log
  }

  /// Every answer about the demo's log, by a name.
  private static func answers(_ log: ImportedLog) throws -> [(name: String, answer: Answer)] {
    let question = try log.question(since: "2026-11-02", until: "2026-11-17")
    let catalog = try Catalog()
    let incidents = try question.incidents()
    let reported = try question.report(
      .week(try ISOWeek("2026-W46")), comparedWith: .earlier, rules: [], catalog: { catalog })
    return [
      ("rates", try question.rates(every: nil, by: [])),
      ("rates by", try question.rates(every: try Every("1d"), by: [.vendor, .kind])),
      ("bursts", try question.bursts()), ("limits", try question.limits()),
      ("spikes", try question.spikes()), ("incidents", incidents),
      ("retries", try question.retries(catalog: catalog)), ("report", reported),
      ("list", try question.list(20)),
    ]
  }

  @Test(arguments: [60, 80, 120, 200])
  func `no column by which a row is told is lost`(width: Int) throws {
    let log = try Self.demo()
    var tables = 0
    for (name, answer) in try Self.answers(log) {
      for table in answer.sections.flatMap(\.blocks).compactMap(\.table) where !table.rows.isEmpty {
        tables += 1
        let keys = table.columns.filter(\.isKey).map(\.heading)
        #expect(table.columns.count < 5 || keys.count > 1, "\(name): \(table.columns.map(\.name))")
        var output = Output()
        let alone = Answer(title: "", sections: [Section(.table(table))], value: nil)
        Format.table.renderer(for: Terminal(width: width)).render(alone, into: &output)
        let lines = output.text.split(separator: "\n")
        let heading = lines.prefix { !$0.hasPrefix("─") }.joined(separator: " ")
        for word in keys.flatMap({ $0.split(separator: " ") }) {
          #expect(heading.contains(word), "\(name) at \(width): \(word) in \(heading)")
        }
      }
    }
    #expect(tables > 12)
  }
}

extension Block {
  fileprivate var table: Table? {
    if case .table(let table) = self { table } else { nil }
  }
}
