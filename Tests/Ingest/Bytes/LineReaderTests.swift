import Batches
import Files
import Testing

@testable import Ingest

@Suite struct LineReaderTests {
  @Test(arguments: [
    ("a\nbb\nccc\n", ["0 1 a", "2 2 bb", "5 3 ccc"]), ("", []), ("\n", ["0 0 "]),
    ("a", ["0 1 a unfinished"]), ("a\nb", ["0 1 a", "2 1 b unfinished"]),
    ("a\r\nb\r\n", ["0 2 a\r", "3 2 b\r"]), ("\n\na\n", ["0 0 ", "1 0 ", "2 1 a"]),
    ("12345678\n123456789\n1\n", ["0 8 12345678", "9 9 123456789", "19 1 1"]),
    ("12345678901\nb\n", ["0 11 too long", "12 1 b"]),
    ("b\n12345678901", ["0 1 b", "2 11 too long unfinished"]),
  ])
  func `lines are told by their newlines, however the bytes come`(text: String, lines: [String])
    throws
  {
    for piece in [1, 2, 3, 7, 1000] {
      #expect(try read(text, piece: piece, limit: 10) == lines, "in pieces of \(piece)")
    }
  }

  @Test func `a line longer than the buffer takes no memory and is counted to its byte`() throws {
    let long = String(repeating: "x", count: 5_000_000)
    #expect(
      try read("a\n\(long)\nb\n\(long)", piece: 1 << 20, limit: 1000) == [
        "0 1 a", "2 5000000 too long", "5000003 1 b", "5000005 5000000 too long unfinished",
      ])
  }

  @Test func `a line put back is not consumed`() throws {
    var reader = reader("a\nbc", piece: 2)
    _ = try reader.next()
    let proof = reader.proof()
    let last = try #require(try reader.next())
    #expect(reader.offset == 4)
    reader.putBack(last)
    #expect(reader.offset == 2)
    #expect(reader.proof() == proof)
    let again = try #require(try reader.next())
    #expect(String(repairing: again.text) == "bc")
  }

  @Test(arguments: [("\nb\n", ["6 1 b"]), ("b\n", ["5 1 b"]), ("\n", []), ("\n\n", ["6 0 "])])
  func `a newline that is owed counts nothing`(text: String, lines: [String]) throws {
    for piece in [1, 10] {
      #expect(
        try read(text, piece: piece, limit: 10, from: 5, owesNewline: true) == lines)
    }
  }

  @Test func `marks stand at line starts, and prove the same whatever the pieces`() throws {
    let text = (0..<30_000).map { "line \($0)\n" }.joined()
    func marks(piece: Int) throws -> [ContentMark] {
      var reader = reader(text, piece: piece)
      while try reader.next() != nil {}
      return reader.takeMarks()
    }
    let proofs = try marks(piece: 1 << 20)
    #expect(try marks(piece: 777) == proofs)
    #expect(proofs.count == 5)
    #expect(proofs.last?.offset == Int64(text.utf8.count))
    let bytes = Array(text.utf8)
    for mark in proofs {
      #expect(bytes[Int(mark.offset) - 1] == 0x0A)
      var hash = ContentHash()
      bytes[..<Int(mark.offset)].withUnsafeBufferPointer { hash.update($0) }
      #expect(hash.digest == mark.digest)
    }
  }

  /// Offset, length and text of every line.
  private func read(
    _ text: String, piece: Int, limit: Int, from offset: Int64 = 0, owesNewline: Bool = false
  ) throws -> [String] {
    var reader = reader(text, piece: piece, limit: limit, from: offset, owesNewline: owesNewline)
    var lines: [String] = []
    while let line = try reader.next() {
      let text = line.isTooLong ? "too long" : String(repairing: line.text)
      lines.append(
        "\(line.offset) \(line.length) \(text)\(line.isTerminated ? "" : " unfinished")")
    }
    return lines
  }

  private func reader(
    _ text: String, piece: Int, limit: Int = 1000, from offset: Int64 = 0, owesNewline: Bool = false
  ) -> LineReader {
    LineReader(
      Pieces(Array(text.utf8), of: piece), from: offset, hash: ContentHash(), pending: [],
      owesNewline: owesNewline, limit: limit)
  }
}
