import Files
import Testing

@Suite struct PathTextTests {
  @Test(
    arguments: [
      Array("a.log".utf8), Array("naïve 漢字 🎉\n\u{1B}".utf8), [], [0xFF], [0x61, 0xFF, 0xFE, 0x62],
      [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80],
      // What stands for a byte, in a name itself.
      Array("\u{10FF80}\u{10FFFF}".utf8), Array(1...255),
    ] as [[UInt8]])
  func `every name has one text, and every text one name`(name: [UInt8]) {
    let text = name.withUnsafeBufferPointer { PathText.text(of: $0) }
    #expect(PathText.bytes(of: text) == name)
    #expect(text.withPath { PathText.text(of: $0) } == text)
  }

  @Test func `a name that is UTF-8 is its own text`() {
    let text = Array("naïve 漢字".utf8).withUnsafeBufferPointer { PathText.text(of: $0) }
    #expect(text == "naïve 漢字")
  }

  @Test func `names that differ in a byte differ as texts`() {
    let texts = (0x80...0xFF).map { byte in
      [UInt8(byte)].withUnsafeBufferPointer { PathText.text(of: $0) }
    }
    #expect(Set(texts).count == 128)
  }
}
