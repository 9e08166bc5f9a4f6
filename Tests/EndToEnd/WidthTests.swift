import Foundation
import Testing

/// Every command that answers, on terminals of usual widths.
@Suite struct WidthTests {
  private static let widths = [60, 80, 120, 200]
  private static let commands = [
    "rates --every 1d", "rates --every 1d --by vendor,kind --top 5", "rates --by route", "bursts",
    "limits", "spikes", "incidents", "incident 471d2e03ba", "retries",
    "find 033485ab0090b2beca817109ebf8a9be", "list --limit 30", "report",
    "report --since 2026-11-03",
    "report --vendor mimicbot --evidence", "query top-messages", "query codes", "queries",
    "vendors", "vendors show zihin", "gateways", "explain demo.ndjson.gz", "doctor demo.ndjson.gz",
    "rejects", "verify", "config",
  ]

  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
  }

  private func shown(_ command: String, columns: Int) throws -> [String] {
    let terminal = try PseudoTerminal(
      command.split(separator: " ").map(String.init), in: sandbox, columns: columns, rows: 4000,
      variables: ["NO_COLOR": "1"])
    _ = try terminal.end()
    return terminal.text.replacingOccurrences(of: "\r", with: "").components(separatedBy: "\n")
  }

  /// What stands between spaces, but for what is drawn.
  private func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
      .filter {
        $0.contains { $0.isLetter || $0.isNumber } && !$0.contains { "▁▂▃▄▅▆▇█░▒▓".contains($0) }
      }
  }

  /// A word without the mark at its end.
  private func bare(_ word: String) -> String {
    word.hasSuffix(":") ? String(word.dropLast()) : word
  }

  @Test(arguments: commands)
  func `no line is wider than the terminal, and no word broken`(command: String) throws {
    let whole = words(try sandbox.run("errata \(command)").output).map(bare)
    let known = Set(whole)
    for width in Self.widths {
      let lines = try shown(command, columns: width)
      #expect(lines.count > 1, "\(command) at \(width)")
      // What no line has room for is broken somewhere, or is a line of its own.
      let long = whole.filter { $0.count > width - 8 }
      for line in lines where line.contains(" ") {
        #expect(line.count <= width, "\(command) at \(width): \(line)")
      }
      for word in words(lines.joined(separator: "\n")).map(bare) where !known.contains(word) {
        let isPiece = long.contains { $0.contains(word) }
        #expect(isPiece, "\(command) at \(width): “\(word)” is no word of it")
      }
    }
  }

  @Test(arguments: [
    "help", "help rates", "check --help", "import --help", "help times", "help rules",
  ])
  func `help fits a narrow terminal, but for what is to be typed`(command: String) throws {
    let lines = try shown(command, columns: 60)
    #expect(lines.count > 20)
    let isChapter = ["help times", "help rules"].contains(command)
    for line in lines where !line.hasPrefix(isChapter ? "    " : "  errata ") {
      #expect(line.count <= 60, "\(command): \(line)")
    }
    // On a wide one lines are no longer than they can be read.
    #expect(try shown(command, columns: 200).contains { $0.count > 60 })
    #expect(try shown(command, columns: 200).allSatisfy { $0.count <= 80 || $0.hasPrefix("  ") })
  }

  @Test func `a length stands on one line with its unit`() throws {
    for command in ["report", "bursts", "incidents"] {
      for line in try shown(command, columns: 60) {
        #expect(
          line.firstMatch(of: /(^|\s)[0-9]+$/) == nil || line.hasPrefix(" ") || line.contains("  "),
          "\(line)")
        #expect(line.firstMatch(of: /^\s*(%|min|h|d|s|ms)[ ,.;)]/) == nil, "\(line)")
      }
    }
  }
}
