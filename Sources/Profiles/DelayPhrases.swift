package import Files

/// Words of messages after which a delay stands, found by their first letter.
package struct DelayPhrases: Sendable {
  /// In lower case; the longer of two that begin alike stands first.
  private let phrases: [[UInt8]]
  /// The bytes with which one begins, in either case.
  private let firsts: SIMD4<UInt64>

  init(_ texts: [String]) {
    phrases = texts.map { Array($0.lowercased().utf8) }.filter { !$0.isEmpty }
      .sorted { $0.count > $1.count }
    var firsts = SIMD4<UInt64>(repeating: 0)
    for first in phrases.compactMap(\.first) {
      for byte in [first, (0x61...0x7A).contains(first) ? first & 0xDF : first] {
        firsts[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
      }
    }
    self.firsts = firsts
  }

  package var isEmpty: Bool { phrases.isEmpty }

  /// Where the phrase that begins at a place ends; nil where none does.
  package func end(in text: Bytes, at start: Int) -> Int? {
    let byte = text[start]
    guard firsts[Int(byte >> 6)] & 1 << UInt64(byte & 63) != 0 else { return nil }
    if start > 0, isWordByte(text[start - 1]), byte < 0x80 { return nil }
    for phrase in phrases where phrase.count <= text.count - start {
      let end = start + phrase.count
      if text[start..<end].elementsEqual(phrase, by: { lowercased($0) == $1 }) { return end }
    }
    return nil
  }
}
