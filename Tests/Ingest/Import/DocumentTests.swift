import Batches
import Foundation
import Ingest
import Testing

/// Files that are one JSON array, or whose objects are spread over lines.
@Suite struct DocumentTests {
  /// How such files are written.
  enum Form: CaseIterable {
    case oneLine, lineEach, indented, objects, glued

    func text(_ ids: Range<Int>, isClosed: Bool = true) -> String {
      let objects = ids.map { line($0) }
      let close = isClosed ? "]" : ""
      return switch self {
      case .oneLine: "[" + objects.joined(separator: ",") + close
      case .lineEach: "[\n" + objects.joined(separator: ",\n") + (isClosed ? "\n]\n" : "")
      case .indented:
        "[\n  " + objects.map(Form.indented).joined(separator: ",\n  ") + (isClosed ? "\n]\n" : "")
      case .objects: objects.map { Form.indented($0) + "\n" }.joined()
      case .glued: objects.joined()
      }
    }

    private static func indented(_ object: String) -> String {
      "{\n  " + object.dropFirst().dropLast().replacing(",\"", with: ",\n  \"") + "\n}"
    }
  }

  @Test(arguments: Form.allCases)
  func `each object is an event, counted once`(form: Form) throws {
    let log = try Log()
    try log.write(form.text(0..<3000))
    let first = try log.importing("a.log")
    #expect(first.tally.events == 3000)
    #expect(first.tally.rejects == 0)
    let again = try log.importing("a.log")
    #expect(again.tally == Tally())
    #expect(again.known == 3000)
    #expect(log.ledger.sources.count == 1)
    #expect(Set(log.ledger.requestIDs).count == 3000)
  }

  @Test(arguments: Form.allCases)
  func `a grown file adds what it grew by`(form: Form) throws {
    let log = try Log()
    for end in [1, 2, 50, 1000, 1001] {
      try log.write(form.text(0..<end))
      try log.importing("a.log")
      #expect(log.ledger.total.events == Int64(end))
    }
    #expect(log.ledger.sources.count == 1)
    #expect(log.ledger.gaps.isEmpty)
  }

  @Test(arguments: Form.allCases)
  func `a copy that ends anywhere adds nothing`(form: Form) throws {
    let log = try Log()
    try log.write(form.text(0..<2000))
    try log.importing("a.log")
    let text = Array(form.text(0..<2000).utf8)
    for end in [600, 5000, 70_000, 140_001, text.count - 3] {
      try log.write(Array(text[..<end]), to: "copy-\(end).log")
      #expect(try log.importing("copy-\(end).log").tally.events == 0, "\(end)")
    }
    #expect(log.ledger.requestIDs.count == 2000)
  }

  @Test func `an array may be longer than any line`() throws {
    let log = try Log()
    try log.write(Form.oneLine.text(0..<3000))
    let summary = try log.importing("a.log", maxLine: 1000)
    #expect(summary.tally.events == 3000)
  }

  @Test func `an unfinished last object waits for its rest`() throws {
    let log = try Log()
    let text = Form.oneLine.text(0..<3, isClosed: false)
    try log.write(String(text.dropLast(10)))
    let first = try log.importing("a.log")
    #expect(first.tally.events == 2)
    #expect(first.heldBack == 1)
    try log.write(text + "]")
    #expect(try log.importing("a.log").tally.events == 1)
  }

  @Test func `a broken object is a reject, and those after its line are read`() throws {
    let log = try Log()
    let broken = #"{"status":500,"path":"/x"#
    try log.write(
      "[\n" + line(0) + ",\n" + broken + "\n" + line(1) + "\n,nonsense\n" + line(2) + "]")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 3)
    #expect(summary.tally.rejects == 2)
  }

  @Test func `commas do no harm, nor does an array after an array`() throws {
    let log = try Log()
    try log.write("[" + line(0) + ",,]\n[" + line(1) + "," + line(2) + "]" + line(3) + "\n")
    #expect(try log.importing("a.log").tally.events == 4)
  }

  @Test func `a line cut off behind its first byte does not hide the others`() throws {
    let log = try Log()
    try log.write("{\n" + lines(0..<3))
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 3)
    #expect(summary.tally.rejects == 1)
  }

  @Test func `an empty array holds nothing`() throws {
    let log = try Log()
    try log.write("[\n]\n")
    #expect(try log.importing("a.log").tally == Tally())
  }

  @Test func `objects side by side are records of their line, all of them or none`() throws {
    let log = try Log()
    try log.write(
      line(0) + "\n" + line(1) + line(2) + " " + line(3) + "\n" + line(4) + #"{"status":500,"#
        + "\n" + line(5) + "\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 5)
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.lines == 4)
    #expect(log.ledger.requestIDs.count == 5)
  }

  @Test func `objects side by side are read however long the first is`() throws {
    let log = try Log()
    let long = line(0).dropLast() + #","note":"\#(String(repeating: "x", count: 5000))"}"#
    try log.write(long + (1..<50).map(line).joined())
    let summary = try log.importing("a.log", maxLine: 6000)
    #expect(summary.tally.events == 50)
    #expect(summary.tally.rejects == 0)
    #expect(try log.importing("a.log", maxLine: 6000).tally == Tally())
  }
}
