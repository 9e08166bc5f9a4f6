import Batches
import Files
import JSON
import Profiles
import Testing

@testable import Ingest

/// What is read by a pattern is what the parser would have found.
@Suite struct LinePatternTests {
  private static let line =
    #"{"time":"2026-11-02T09:00:00Z", "host":"api.acme.io","n":12,"x":[1,{"y":null}],"#
    + #""agent":"curl\/8","ok":true,"path":"/v1/a","http_status":200,"end":""}"#

  /// Other lines: as they are written, and whether they are of the pattern of `line`.
  private static let others: [(String, String, isAlike: Bool)] = [
    ("api.acme.io", "b", true), ("api.acme.io", "", true),
    ("api.acme.io", #"\"\\\/\b\f\n\r\t"#, true),
    ("api.acme.io", #"a\u0041"#, false), ("api.acme.io", #"\ud800"#, false),
    ("api.acme.io", "é", false), ("api.acme.io", "\u{1}", false), ("api.acme.io", "\u{7F}", true),
    ("api.acme.io", #"\"#, false), ("api.acme.io", #"a"b"#, false),
    ("api.acme.io", #"\x41"#, false),
    (#"curl\/8"#, "curl/8", true), (#"curl\/8"#, #"curl\u002f8"#, false),
    (":12,", ":7,", true), (":12,", ":-7,", true), (":12,", ":1.5,", true), (":12,", ":0,", true),
    (":12,", ":012,", false), (":12,", ":1.,", false), (":12,", ":.5,", false),
    (":12,", ":1e3,", false), (":12,", ":-,", false), (":12,", ":12 ,", false),
    (":12,", ":123456789012345678,", true), (":12,", ":1234567890123456789,", false),
    (":12,", ":12.0000000000000000000001,", true), (":12,", ":\"12\",", false),
    (":12,", ":null,", false), (":12,", ":12", false), (":12,", ":12x,", false),
    ("[1,", "[23,", true), ("[1,", "[1,2,", false), ("[1,", "[", false), ("null", "true", false),
    ("true", "false", false), ("\"agent\"", "\"agen\"", false), (" \"host\"", "\"host\"", false),
    ("\"\"}", "\"more\"}", true), ("\"\"}", "\"\"", false), ("\"\"}", "\"", false),
    ("\"\"}", "\"\"}}", false), ("\"\"}", "\"\"} ", false),
  ]

  @Test(arguments: others)
  func `a line is of a pattern where its simple values alone differ`(
    old: String, new: String, isAlike: Bool
  ) throws {
    let pattern = try pattern(of: LinePatternTests.line)
    let other = LinePatternTests.line.replacing(old, with: new)
    #expect(try holds(pattern, of: other) == isAlike)
    #expect(try holds(pattern, of: LinePatternTests.line))
    for cut in other.utf8.indices where isAlike {
      #expect(try !holds(pattern, of: String(other.utf8[..<cut]) ?? ""))
    }
  }

  @Test func `the values handed out are those that the parser finds`() throws {
    let reader = try reader()
    let fields = try self.reader().builder.fields
    var random = SeededDice(state: 1)
    let pattern = try pattern(of: LinePatternTests.line)
    let pieces = [
      "a", "7", #"\/"#, #"\""#, #"\\"#, #"\n"#, " ", "{", ",", ":", "api", "-", "é", "\\", "\"",
    ]
    var taken = 0
    for _ in 0..<4_000 {
      var line = LinePatternTests.line
      for value in ["2026-11-02T09:00:00Z", "api.acme.io", #"curl\/8"#, "/v1/a"]
      where Bool.random(using: &random) {
        let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
          pieces[Int.random(in: 0..<(Bool.random(using: &random) ? 12 : 15), using: &random)]
        }
        line = line.replacing(value, with: text.joined())
      }
      if Bool.random(using: &random) {
        let number = ["0", "-0", "1", "1.25", "1772409600.034", "1646861401.5241024", "99", "-1"]
        line = line.replacing(":200,", with: ":\(number.randomElement(using: &random) ?? "7"),")
      }
      guard let found = values(pattern, of: line, by: fields) else { continue }
      taken += 1
      try padded(line) { text in
        let root = try reader.parser.parse(padded: text)
        #expect(!reader.parser.repaired)
        reader.builder.fields.read(root)
        let expected = (0..<found.count).map { visit in
          found[visit].map { _ in shown(reader.builder.fields.value(visit)) }
        }
        #expect(found == expected)
      }
    }
    #expect(taken > 200)
  }

  /// A log of one gateway is read by patterns, whatever their order; each line still counts once.
  @Test func `lines that are alike are read by their pattern`() throws {
    let reader = try reader()
    let batch = Batch()
    reader.begin(batch)
    reader.read(Array(repeating: LinePatternTests.line, count: 5), into: batch)
    #expect(batch.tally.successes == 5)
    let isKnown = padded(LinePatternTests.line.replacing("api.acme.io", with: "b.example")) {
      reader.patterns.read($0, into: reader.builder.fields)
    }
    #expect(isKnown)
    let isOther = padded(LinePatternTests.line.replacing("agent", with: "other")) {
      reader.patterns.read($0, into: reader.builder.fields)
    }
    #expect(!isOther)
  }

  @Test func `where lines are hardly ever alike patterns are given up`() throws {
    let reader = try reader()
    let batch = Batch()
    reader.begin(batch)
    reader.read(
      (0..<2000).map { LinePatternTests.line.replacing("agent", with: "agent\($0)") }, into: batch)
    reader.read(
      (0..<2000).map { LinePatternTests.line.replacing("agent", with: "agent\($0)") }, into: batch)
    #expect(batch.tally.successes == 4000)
    #expect(reader.patterns.count < 8)
  }

  // MARK: Helpers

  private func reader() throws -> RecordReader {
    RecordReader(catalog: try catalog(), options: RecordReader.Options(), ledger: EmptyLedger())
  }

  private func padded<Result>(_ line: String, _ body: (Bytes) throws -> Result) rethrows -> Result {
    let bytes = Array(line.utf8) + [UInt8](repeating: UInt8(ascii: "\""), count: JSONParser.padding)
    return try bytes.withUnsafeBufferPointer { try body($0.part(0..<line.utf8.count)) }
  }

  private func pattern(of line: String) throws -> LinePattern {
    let reader = try reader()
    return try padded(line) { text in
      let root = try reader.parser.parse(padded: text)
      reader.builder.fields.read(root)
      return try #require(LinePattern(text, parsedAs: root, by: reader.builder.fields))
    }
  }

  private func holds(_ pattern: LinePattern, of line: String) throws -> Bool {
    padded(line) { SimpleValues($0).map(pattern.holds) ?? false }
  }

  /// What a pattern hands out of a line, by visit; nil where the line is not of it.
  private func values(
    _ pattern: LinePattern, of line: String, by fields: FieldReader
  ) -> [String?]? {
    padded(line) { text in
      guard let simple = SimpleValues(text), pattern.holds(of: simple) else { return nil }
      let room = FlatDocument()
      guard pattern.give(text, to: fields, in: room) else { return nil }
      let asked = fields.plan.visitsOfSuccess ?? []
      return (0...(asked.max() ?? 0)).map { visit in
        asked.contains(visit) ? shown(fields.value(visit)) : nil
      }
    }
  }
}

/// A value with its sort.
private func shown(_ value: JSONValue) -> String {
  if let text = value.string { return "\"\(String(repairing: text))\"" }
  if let integer = value.integer, value.isWhole { return "\(integer)" }
  return value.number.map { "\($0.bitPattern)" } ?? "\(value.shape)"
}

extension JSONValue {
  fileprivate var isWhole: Bool { !numberText.contains(".") }
}
