import Foundation
import Testing

/// The same answer in every format.
struct FormatTests {
  /// Commands whose answer has rows, with the list's key in the JSON and its length.
  static let lists = [
    ("errata rates --every 1d --by vendor", "rows"), ("errata bursts", "bursts"),
    ("errata spikes", "spikes"), ("errata limits", "rows"), ("errata incidents", "incidents"),
    ("errata find req_8f2c61d09ab47e3512cd", "events"), ("errata report", "movers"),
    ("errata query top-messages", "rows"), ("errata queries", "queries"),
    ("errata vendors", "vendors"), ("errata explain demo.ndjson.gz", "rules"),
  ]

  @Test(arguments: lists)
  func `ndjson and csv have a line for each row of the JSON`(_ line: String, _ key: String) throws {
    let sandbox = try Sandbox.withDemo()
    let rows = try #require(try sandbox.json("\(line) --format json")[key] as? [Any])
    #expect(!rows.isEmpty)

    let lines = try sandbox.output("\(line) --format ndjson").split(separator: "\n")
    #expect(lines.count == rows.count)
    for (line, row) in zip(lines, rows) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let row = row as? [String: Any] {
        #expect(object.map(NSDictionary.init) == row as NSDictionary)
      }
      #expect(object != nil)
    }

    let table = csv(try sandbox.output("\(line) --format csv"))
    #expect(table.count == rows.count + 1)
    #expect(table.allSatisfy { $0.count == table[0].count })
    if let row = rows[0] as? [String: Any] { #expect(Set(table[0]) == Set(row.keys)) }
  }

  @Test(arguments: lists.map(\.0) + ["errata verify"])
  func `Markdown has a heading where it is a page, and its tables are even`(_ line: String) throws {
    let sandbox = try Sandbox.withDemo()
    let lines = try sandbox.output("\(line) --format md").split(
      separator: "\n", omittingEmptySubsequences: false)
    // What `find` says is a reply to paste into a conversation, and begins with what happened.
    #expect(lines[0].hasPrefix("# ") != line.contains(" find "))
    var width: Int?
    for line in lines {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let bars = line.replacing("\\\\", with: "").replacing("\\|", with: "").filter { $0 == "|" }
        .count
      #expect(width == nil || bars == width, "uneven: \(line)")
      width = bars
    }
  }

  @Test(
    arguments: lists.map(\.0) + ["errata verify"],
    ["json", "ndjson", "csv", "md", "html", "slack", "table"])
  func `a file gets what standard output would`(_ line: String, _ format: String) throws {
    let sandbox = try Sandbox.withDemo()
    let printed = try sandbox.output("\(line) --format \(format)")
    #expect(try sandbox.output("\(line) --format \(format) -o answer").isEmpty)
    #expect(try sandbox.output("cat answer") == printed)
    #expect(!printed.contains("\u{1B}"))
    #expect(printed.hasSuffix("\n") && !printed.hasSuffix("\n\n"))
  }

  /// Rows of fields, after RFC 4180.
  private func csv(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\n" where !isQuoted, "\r\n" where !isQuoted: rows.append([""])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].append(character)
      }
    }
    return rows.filter { $0 != [""] }
  }
}
