import Foundation
import Testing

/// What is taller than a terminal is shown with a pager, as git does.
@Suite struct PagerTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
  }

  private func shown(
    _ arguments: String..., rows: Int = 10, columns: Int = 80, pager variables: [String: String]
  ) throws -> (text: String, status: Int32) {
    let terminal = try PseudoTerminal(
      arguments, in: sandbox, columns: columns, rows: rows, variables: variables)
    let status = try terminal.end()
    return (terminal.text.replacingOccurrences(of: "\r", with: ""), status)
  }

  @Test func `the pager of the environment shows what is taller, ours before that of all`() throws {
    let pager = ["ERRATA_PAGER": "sed 's/^/ours /'", "PAGER": "sed 's/^/all /'"]
    #expect(try shown("incidents", pager: pager).text.hasPrefix("ours "))
    let other = ["PAGER": "sed 's/^/all /'"]
    #expect(try shown("incidents", pager: other).text.hasPrefix("all "))
    #expect(try shown("help", "times", pager: other).text.hasPrefix("all "))
  }

  @Test func `what fits is shown without, and so is all where none is wanted`() throws {
    let pager = ["PAGER": "sed 's/^/all /'"]
    let plain = try sandbox.output("errata incidents").prefix(9)
    #expect(try shown("incidents", rows: 100, pager: pager).text.contains(plain))
    #expect(try shown("incidents", "--no-pager", pager: pager).text.contains(plain))
    for none in ["", "cat"] {
      let variables = pager.merging(["ERRATA_PAGER": none]) { $1 }
      #expect(!(try shown("incidents", pager: variables).text.hasPrefix("all ")))
    }
    #expect(
      !(try shown("incidents", pager: pager.merging(["TERM": "dumb"]) { $1 }).text.hasPrefix("all "))
    )
    #expect(try sandbox.output("PAGER='sed s/^/all/' errata incidents").hasPrefix("Incidents"))
  }

  @Test func `one that cannot be started is no failure`() throws {
    let (text, status) = try shown("incidents", pager: ["PAGER": "/no/such/pager --x"])
    #expect(status == 0)
    #expect(text.contains("471d2e03ba"))
  }

  @Test func `one that ends early is none either, and the command's own status stays`() throws {
    let (text, status) = try shown("report", pager: ["PAGER": "head -n 1"])
    #expect(status == 0)
    #expect(text.split(separator: "\n").count == 1)
    let missing = try shown("find", "req_no_such_id", rows: 1, pager: ["PAGER": "head -n 1"])
    #expect(missing.status == 4)
  }

  @Test func `a wide table that is wider than the screen is looked at sideways`() throws {
    let pager = ["PAGER": "sed \"s/^/$LESS /\""]
    #expect(try shown("limits", "--wide", rows: 100, pager: pager).text.hasPrefix("RXS "))
    #expect(
      !(try shown("limits", "--wide", rows: 100, columns: 300, pager: pager).text.hasPrefix("RXS")))
    #expect(try shown("limits", rows: 10, pager: pager).text.hasPrefix("FRX "))
  }

  @Test func `plain and wide are about tables`() throws {
    let outcome = try sandbox.run("errata limits --plain --format json")
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("--plain is about tables, and this is json"))
    let plain = try sandbox.output("errata report --plain --color always")
    #expect(!plain.contains { "─▁▂▃▄▅▆▇█░▒▓\u{1B}".contains($0) })
    #expect(plain.contains("zihin"))
  }
}
