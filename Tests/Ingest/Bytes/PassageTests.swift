import Files
import Testing

@testable import Ingest

@Suite struct PassageTests {
  private func line(_ text: Bytes, at offset: Int64) -> LineReader.Line {
    LineReader.Line(
      text: text, offset: offset, length: Int64(text.count), isTooLong: false, isTerminated: true)
  }

  private func texts(_ passage: borrowing Passage) -> [String] {
    (0..<passage.count).map { String(decoding: passage[$0].text, as: UTF8.self) }
  }

  @Test func `lines stand in it as they were, whatever becomes of the originals`() {
    var passage = Passage()
    for (offset, text) in ["one", "", "two\nparts"].enumerated() {
      var bytes = Array(text.utf8)
      bytes.withUnsafeMutableBufferPointer { bytes in
        passage.append(line(Bytes(bytes), at: Int64(offset) * 100))
        bytes.update(repeating: 0)
      }
    }
    #expect(texts(passage) == ["one", "", "two\nparts"])
    #expect((0..<3).map { passage[$0].offset } == [0, 100, 200])
    passage.clear()
    #expect(passage.count == 0)
  }

  @Test func `it grows for a line of any length, and the others stay`() {
    var passage = Passage()
    let long = String(repeating: "y", count: 20 << 20)
    for text in ["one", long, "two"] {
      text.withBytes { passage.append(line($0, at: 0)) }
    }
    #expect(texts(passage) == ["one", long, "two"])
    passage.clear()
    "three".withBytes { passage.append(line($0, at: 0)) }
    #expect(texts(passage) == ["three"])
  }
}
