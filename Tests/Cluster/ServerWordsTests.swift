import Files
import Testing

@testable import Cluster

@Suite struct ServerWordsTests {
  @Test(arguments: [
    (
      "Code: 60, e.displayText() = DB::Exception: Table errata.x doesn't exist., e.what() = DB::Exception\n",
      60, "Table errata.x doesn't exist"
    ),
    (
      "Code: 279, e.displayText() = DB::NetException: All connection tries failed. Log: \n\nCode: 210",
      279, "DB::NetException: All connection tries failed. Log:"
    ),
    (
      "Code: 60, e.displayText() = DB::Exception: Received from 127.0.0.1:9001. DB::Exception: Table a.b doesn't exist., e.what() = DB::Exception",
      60, "Table a.b doesn't exist"
    ),
    (
      "Code: 62. DB::Exception: Syntax error: failed at position 8. (SYNTAX_ERROR) (version 26.9.2.1 (official build))",
      62, "Syntax error: failed at position 8. (SYNTAX_ERROR)"
    ),
    ("Required header not found", 0, "Required header not found"), ("", 0, ""),
  ])
  func `of what a server says one clear line is kept`(text: String, code: Int, sentence: String) {
    #expect(ServerWords(text).code == code)
    #expect(ServerWords(text).sentence == sentence)
  }

  @Test func `a long one is cut`() {
    let words = ServerWords("Code: 1. DB::Exception: " + String(repeating: "x", count: 10_000))
    #expect(words.sentence.count < 500)
  }

  @Test func `rows are read as they were written`() throws {
    var rows = RowWriter()
    rows.append(Int64.min)
    rows.append(UInt8(7))
    rows.append(optional: nil as Int32?)
    rows.append(optional: Int32(-2))
    for text in [
      "", "ü", String(repeating: "x", count: 300), String(repeating: "y", count: 20_000),
    ] {
      rows.append(text: text)
    }
    var reader = RowReader(rows.bytes)
    #expect(try reader.next() == Int64.min)
    #expect(try reader.next() == UInt8(7))
    #expect(try reader.next() == UInt8(1))
    #expect(try reader.next() == UInt8(0))
    #expect(try reader.next() == Int32(-2))
    #expect(try reader.text() == "")
    #expect(try reader.text() == "ü")
    #expect(try reader.text().count == 300)
    #expect(try reader.text().count == 20_000)
    #expect(reader.isAtEnd)
    #expect(throws: ClusterError.self) { try reader.next(UInt8.self) }
  }

  @Test(
    arguments: [
      [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [5, 65], [0xFF],
    ] as [[UInt8]])
  func `a row that is cut short is no row`(bytes: [UInt8]) {
    var reader = RowReader(bytes)
    #expect(throws: ClusterError.self) { try reader.text() }
  }
}
