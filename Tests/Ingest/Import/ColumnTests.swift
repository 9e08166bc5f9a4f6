import Batches
import Events
import Ingest
import Testing
import Times

/// Logs whose first lines name the columns.
@Suite struct ColumnTests {
  private static let fields =
    "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n"
    + "#Date: 2026-11-20 10:00:00\r\n#Fields: date time cs-method cs-uri-stem sc-status"
    + " sc-win32-status cs(X-Request-ID) time-taken\r\n"

  private static func row(_ id: Int) -> String {
    "2026-11-20 10:00:00 GET /x 503 0 id-\(id + 10_000) 49\r\n"
  }

  private static let header = "time,status,method,path,request_id,note\n"

  private static func values(_ id: Int, note: String = "") -> String {
    "2026-11-20T10:00:00Z,503,GET,/x,id-\(id + 10_000),\(note)\n"
  }

  @Test func `remarks and headers are no records, and rows are events`() throws {
    let log = try Log()
    try log.write(Self.fields + (0..<3).map(Self.row).joined() + Self.fields + Self.row(3))
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 4)
    #expect(summary.tally.blank == 8)
    #expect(summary.tally.rejects == 0)
    #expect(log.ledger.sources.first?.headers.count == 1)
  }

  @Test(arguments: [false, true])
  func `what comes later is read under the header before it`(isSeparated: Bool) throws {
    let log = try Log()
    let head = isSeparated ? Self.header : Self.fields
    let row = isSeparated ? { Self.values($0) } : Self.row
    var text = head
    for end in [10, 60_000, 60_001, 70_000] {
      let known = log.ledger.requestIDs.count
      text += (known..<end).map(row).joined()
      try log.write(text)
      let summary = try log.importing("a.log")
      #expect(summary.tally.events == Int64(end - known))
      #expect(summary.tally.rejects == 0)
    }
    #expect(Set(log.ledger.requestIDs).count == 70_000)
    #expect(log.ledger.sources.count == 1)
    #expect(try log.importing("a.log").tally == Tally())
    // A line far below, by where it stands.
    let place = try #require(log.ledger.places.last)
    let line = try #require(try LogHead.line(of: log.path("a.log"), at: place.offset))
    let explanation = try Explanation(of: line, catalog: catalog(), options: .init())
    #expect(explanation.event?.requestID == "id-79999")
    #expect(explanation.event?.time.map(formatTime) == "2026-11-20T10:00:00.000Z")
  }

  @Test func `another header names other columns from there on`() throws {
    let log = try Log()
    try log.write(
      Self.fields + Self.row(0) + "#Fields: date time sc-status cs-method cs-uri-stem\n"
        + "2026-11-20 10:00:01 404 GET /y\n")
    #expect(try log.importing("a.log").tally.events == 2)
    try log.write(
      Self.fields + Self.row(0) + "#Fields: date time sc-status cs-method cs-uri-stem\n"
        + "2026-11-20 10:00:01 404 GET /y\n2026-11-20 10:00:01 500 GET /z\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1)
    #expect(summary.tally.rejects == 0)
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func `values may be in quotes, which may hold separators and newlines`(separator: String) throws {
    let log = try Log()
    let text =
      Self.header + Self.values(0, note: "\"a, \"\"b\"\"\nsecond; line\n\"") + Self.values(1)
      + Self.values(2, note: "\"never closed") + Self.values(3)
    try log.write(
      text.replacing(",", with: separator).replacing("a\(separator)", with: "a,"))
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 3)
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.records == summary.tally.lines)
    #expect(log.ledger.requestIDs == ["id-10000", "id-10001", "id-10003"])
    #expect(log.ledger.rejects.map(\.reason) == ["columns"])
  }

  @Test func `an exported line stands in a column`() throws {
    let log = try Log()
    try log.write(
      "@timestamp,@message\n"
        + #"2026-11-20 11:00:00.000,"192.0.2.7 - - [20/Nov/2026:10:00:01 +0000] ""GET /v1/a HTTP/1.1"" 503 612""#
        + "\n" + #"2026-11-20 11:00:00.000,"{""status"":429,""path"":""/v1/b""}""# + "\n"
        + "2026-11-20 11:00:00.000,it rains\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.skipped == 1)
    #expect(summary.tally.rejects == 0)
  }

  @Test(arguments: [
    ",\n", "one,two\n", "hello, world\n", "id,name,country_code\n", "status,code,state\n",
    "time,level,message of the day\n", "#!/bin/sh\n",
  ])
  func `what only looks like a header hides no record`(first: String) throws {
    let log = try Log()
    try log.write(first + line(1) + "\n\"a\n" + line(2) + "\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.rejects == 2)
  }

  @Test func `a quote that is never closed, or by chance in another line, hides no row`() throws {
    let log = try Log()
    let others = (0..<1100).map { line($0) + "\n" }.joined()
    try log.write(Self.header + Self.values(1, note: "\"oops") + others + Self.values(2))
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1101)
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.blank == 1)
  }

  @Test func `a last line without its newline waits, unless a quote ends it`() throws {
    let log = try Log()
    try log.write(Self.header + Self.values(0) + String(Self.values(1, note: "ab").dropLast()))
    let first = try log.importing("a.log")
    #expect(first.tally.events == 1)
    #expect(first.heldBack == 1)
    try log.write(Self.header + Self.values(0) + String(Self.values(1, note: "\"b\"").dropLast()))
    #expect(try log.importing("a.log").tally.events == 1)
  }

  @Test(arguments: [1, 40, 200, 1000])
  func `a copy that ends anywhere adds nothing`(end: Int) throws {
    let log = try Log()
    let text = Self.header + (0..<50).map { Self.values($0, note: "\"a\nb\"") }.joined()
    try log.write(text)
    #expect(try log.importing("a.log").tally.events == 50)
    try log.write(String(text.prefix(end)), to: "b.log")
    #expect(try log.importing("b.log").tally.events == 0)
  }

  @Test func `a header and a line may be explained together`() throws {
    let explanation = try Explanation(
      of: Self.fields + Self.row(7), catalog: catalog(), options: .init())
    #expect(explanation.gateway == "iis")
    #expect(explanation.event?.latency == 49)
  }

  /// What counts stands behind a thousand columns that mean nothing.
  @Test(arguments: [false, true])
  func `a header may name any number of columns`(isSeparated: Bool) throws {
    let log = try Log()
    let strangers = (0..<1000).map { "x-stranger-column-\($0)" }
    let values = (0..<1000).map { "v\($0 % 7)" }
    let separator = isSeparated ? "," : " "
    let head = isSeparated ? "" : "#Fields: "
    let names = strangers + ["cs-method", "cs-uri-stem", "sc-status", "date", "time"]
    let row = values + ["GET", "/x", "503", "2026-11-20", "10:00:00"]
    let lines = [names] + Array(repeating: row, count: 20)
    try log.write(head + lines.map { $0.joined(separator: separator) + "\n" }.joined())
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 20)
    #expect(summary.tally.undated == 0)
    #expect(summary.tally.rejects == 0)
    #expect(log.ledger.sources.first?.headers.count == 1)
  }
}
