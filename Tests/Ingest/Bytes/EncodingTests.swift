import Batches
import Foundation
import Testing

@testable import Ingest

/// Logs that are no UTF-8 as a whole.
@Suite struct EncodingTests {
  @Test(
    arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian], ["", "\u{FEFF}"])
  func `UTF-16 is read as the text it is, with and without its mark`(
    encoding: String.Encoding, mark: String
  ) throws {
    let text = mark + #"{"status":500,"path":"/é😀"}"# + "\n\r\n" + lines(0..<3) + "no JSON\n"
    let log = try Log()
    try log.write(bytes(text, encoding), to: "a.log")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 4)
    #expect(summary.tally.blank == 1)
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.repaired == 0)
    #expect(log.ledger.sources[0].consumed == Int64(text.utf8.count))
    #expect(try log.importing("a.log").known == 6)
  }

  @Test func `what is appended to a UTF-16 log is read from there on`() throws {
    let log = try Log()
    let text = "\u{FEFF}" + lines(0..<2)
    try log.write(bytes(text, .utf16LittleEndian), to: "a.log")
    #expect(try log.importing("a.log").tally.events == 2)
    try log.write(bytes(text + "\n" + lines(2..<3), .utf16LittleEndian), to: "a.log")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1)
    #expect(summary.tally.blank == 1)
    #expect(log.ledger.requestIDs == ["id-00000", "id-00001", "id-00002"])
  }

  @Test(arguments: [1, 2, 3, 5000])
  func `UTF-16 comes out whole, in whatever pieces it comes in`(piece: Int) throws {
    // U+0A0A and U+010A hold the byte of a newline and are none.
    let text = String(repeating: "\u{FEFF}a\u{0A0A}\n\u{010A}😀\nz", count: 2000)
    let stream = try TextStream(Pieces(bytes(text, .utf16BigEndian), of: piece))
    var read = [UInt8](repeating: 0, count: text.utf8.count + 1)
    let count = try read.withUnsafeMutableBytes { try stream.fill($0) }
    #expect(String(decoding: read[..<count], as: UTF8.self) == text)
  }

  @Test func `halves of pairs and of units are replaced`() {
    let text: [UInt8] = [0x3D, 0xD8, 0x41, 0x00, 0x00, 0xDE, 0x3D, 0xD8, 0x00, 0xDE, 0x42]
    #expect(
      String(decoding: TextEncoding.utf16Little.utf8(of: text[...]), as: UTF8.self) == "�A�😀�")
  }

  @Test(arguments: [String.Encoding.utf32LittleEndian, .utf32BigEndian], ["", "\u{FEFF}"])
  func `UTF-32 is refused by name`(encoding: String.Encoding, mark: String) throws {
    let log = try Log()
    try log.write(bytes(mark + lines(0..<3), encoding), to: "a.log")
    let summary = try log.importing("a.log")
    #expect(summary.failures.first?.error.message == "is written in UTF-32")
    #expect(log.ledger.sources.isEmpty)
  }

  @Test func `a byte order mark is passed over, and a log of nothing else has nothing`() throws {
    let log = try Log()
    try log.write("\u{FEFF}" + lines(0..<1) + "\u{FEFF}" + lines(1..<2) + "\u{FEFF}\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.blank == 1)
    #expect(summary.tally.repaired == 0)
    try log.write("\u{FEFF}", to: "b.log")
    #expect(try log.importing("b.log").tally == Tally())
  }

  private func bytes(_ text: String, _ encoding: String.Encoding) -> [UInt8] {
    text.data(using: encoding).map(Array.init) ?? []
  }
}
