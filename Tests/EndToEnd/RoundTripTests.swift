import Foundation
import Testing

/// Text comes out as it went in, whatever it holds.
struct RoundTripTests {
  /// Strings that programs trip over, made by rule.
  static let texts: [String] = {
    var texts = (0x01...0x1F).map { "a\(character($0))b" } + ["a\u{7F}b"]
    texts += (0x80...0x9F).map { "a\(character($0))b" }
    for scalar in [
      0xA0, 0xAD, 0x300, 0x378, 0x61C, 0x115F, 0x200B, 0x200D, 0x200F, 0x2028, 0x2029, 0x202E,
      0x2066,
      0x3000, 0xE000, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600, 0x1F3FB,
      0x1F1E9, 0x2070E, 0xE0041, 0xF0000, 0x10FF80, 0x10FFFF,
    ] {
      texts += ["\(character(scalar))", "x\(character(scalar))\(character(scalar))y"]
    }
    for mark in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "\"", "`", "\\"] {
      texts += ["\(mark)1", "\(mark)\(mark)", "1\(mark)"]
    }
    texts += [
      " lead", "trail ", "  ", "a  b", "\"", "\"\"", "a,b", "a;b", "a|b", "\\n", "\\u0000", "%00",
      "%s%n",
      "NULL", "nil", "true", "NaN", "Infinity", "-0", "0x0", "1e309", "00", "1.0",
      "9223372036854775808", "'; DROP TABLE event; --", "' OR 1=1 --", "<script>alert(1)</script>",
      "]]>", "<!--", "&amp;", "${jndi:ldap://x}", "{{7*7}}", "$(id)", "`id`", "| id",
      "../../etc/passwd",
      "C:\\new\\table", "[x](javascript:alert(1))", "![x](y)", "# h", "* b",
      "\u{1B}[2J\u{1B}]0;t\u{7}",
      "\u{1B}]52;c;ZXZpbA==\u{7}", "\u{1B}]8;;http://x\u{1B}\\y", "\u{1B}P1$r\u{1B}\\",
      "over\rwritten",
      "Z\u{361}\u{489}\u{348}a", "ﷺ", "👩‍👩‍👧‍👦", "مرحبا", "שלום", "田中さん", "İıſK", "ß", "ǅ",
      String(repeating: "long ", count: 800),
    ]
    return texts
  }()

  private static func character(_ value: Int) -> Character {
    Character(Unicode.Scalar(UInt32(value)) ?? "?")
  }

  /// A store with an event for each text, its number in the path.
  private static func store() throws -> Sandbox {
    let sandbox = try Sandbox()
    var log = Data()
    for (place, text) in texts.enumerated() {
      log += try JSONSerialization.data(withJSONObject: [
        "time": "2026-11-10T09:00:00Z", "status": 500, "path": "/\(place)x",
        "consumer": text.utf8.count > 256 ? "long" : text,
        "body": ["error": ["code": text.utf8.count > 256 ? "long" : text, "message": text]],
      ])
      log += [0x0A]
    }
    try log.write(to: sandbox.folder.appendingPathComponent("a.log"))
    _ = try sandbox.output("errata import a.log")
    return sandbox
  }

  private let query = "errata query 'select path, message, code, consumer from events order by id'"

  @Test func `through JSON`() throws {
    let sandbox = try Self.store()
    let rows = try #require(
      try sandbox.json("\(query) --format json")["rows"] as? [[String?]])
    #expect(rows.count == Self.texts.count)
    for (text, row) in zip(Self.texts, rows) {
      #expect(row[1].map { Array($0.utf8) } == Array(text.utf8))
      if text.utf8.count <= 256 {
        #expect(row[2].map { Array($0.utf8) } == Array(text.utf8))
        #expect(row[3].map { Array($0.utf8) } == Array(text.utf8))
      }
    }
  }

  @Test func `through CSV, but for the quote before a formula`() throws {
    let sandbox = try Self.store()
    let rows = csv(try sandbox.output("\(query) --format csv")).dropFirst()
    #expect(rows.count == Self.texts.count)
    for (text, row) in zip(Self.texts, rows) {
      let isFormula = "=+-@\t\r\n＝＋－＠".unicodeScalars.contains { text.unicodeScalars.first == $0 }
      #expect(Array(row[1].utf8) == Array(((isFormula ? "'" : "") + text).utf8))
    }
  }

  @Test func `numbers stay numbers in CSV, also below zero`() throws {
    let sandbox = try Self.store()
    #expect(
      try sandbox.output(
        "errata query \"select -1 as a, -0.5 as b, '-1' as c, status as d from events limit 1\" --format csv"
      )
        == "a,b,c,d\n-1,-0.5,'-1,500\n")
  }

  @Test(arguments: ["table", "md"])
  func `nothing of it acts on a terminal`(format: String) throws {
    let sandbox = try Self.store()
    for command in [query, "errata report --week 2026-W46", "errata find nothing-1"] {
      let shown = try sandbox.run("\(command) --format \(format)").output
      #expect(EscapeTests.raw(in: shown).isEmpty)
      #expect(!shown.unicodeScalars.contains { (0xE0000...0xE0FFF).contains($0.value) })
    }
  }

  @Test func `nor of CSV, where a terminal is what it is written to`() throws {
    let sandbox = try Self.store()
    try sandbox.write("\(query) --format csv", to: "run")
    let shown = try sandbox.output("script -qec 'bash run' /dev/null < /dev/null | tr -d '\\r'")
    #expect(shown.contains("a\\x1bb"))
    #expect(EscapeTests.raw(in: shown).isEmpty)
  }

  /// Rows of fields, after RFC 4180.
  private func csv(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var wasQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        // Two of them are one that is meant.
        if !isQuoted, wasQuoted { field.append("\"") }
        isQuoted.toggle()
        wasQuoted = !isQuoted
        continue
      case "," where !isQuoted:
        row.append(String(field))
        field.removeAll()
      case "\n" where !isQuoted:
        rows.append(row + [String(field)])
        row = []
        field.removeAll()
      default: field.append(scalar)
      }
      wasQuoted = false
    }
    return rows
  }
}
