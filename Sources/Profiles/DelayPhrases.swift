package import Files

/// Words of messages after which a delay stands. They are found by their first two bytes, which few
/// words have in common with them.
///
/// Its memory is plain and never given back, as that of `BodyPath` is.
package struct DelayPhrases: @unchecked Sendable {
  /// Those that begin with the same two bytes stand together, the longest first; in lower case.
  private let phrases: UnsafeMutableBufferPointer<Bytes>
  /// Where those with a pair of bytes begin, from 1; 0 where none does.
  private let starts: UnsafeMutablePointer<UInt8>

  init(_ texts: [String]) {
    let sorted = texts.map { Array($0.lowercased().utf8) }.filter { $0.count > 1 }
      .sorted { ($0[0], $0[1], $1.count) < ($1[0], $1[1], $0.count) }
      .prefix(Int(UInt8.max))
    phrases = .allocate(capacity: sorted.count)
    starts = .allocate(capacity: 1 << 16)
    starts.initialize(repeating: 0, count: 1 << 16)
    for (place, phrase) in sorted.enumerated() {
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: phrase.count)
      _ = bytes.initialize(from: phrase)
      phrases.initializeElement(at: place, to: Bytes(bytes))
      let pair = DelayPhrases.pair(phrase[0], phrase[1])
      if starts[pair] == 0 { starts[pair] = UInt8(place + 1) }
    }
  }

  package var isEmpty: Bool { phrases.isEmpty }

  @inline(__always)
  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(lowercased(first)) << 8 | Int(lowercased(second))
  }

  /// Where the first phrase ends that begins at a place or behind it, before `end`; and where the next may
  /// begin.
  package func next(in text: Bytes, from start: Int, to end: Int) -> (end: Int, next: Int)? {
    var place = start
    while place + 1 < min(end, text.count) {
      defer { place += 1 }
      let byte = text[place]
      let first = starts[DelayPhrases.pair(byte, text[place + 1])]
      guard first != 0 else { continue }
      // A word begins where no other goes on; scripts without blanks have no such places.
      if byte < 0x80, place > 0, isWordByte(text[place - 1]) { continue }
      if let end = self.end(in: text, at: place, from: Int(first) - 1) { return (end, place + 1) }
    }
    return nil
  }

  /// Where the phrase that begins at a place ends, one of those from a place among them on; nil where none
  /// does.
  private func end(in text: Bytes, at start: Int, from first: Int) -> Int? {
    for phrase in phrases[first...] {
      guard phrase[0] == phrases[first][0], phrase[1] == phrases[first][1] else { return nil }
      let end = start + phrase.count
      guard end <= text.count else { continue }
      if text[start..<end].elementsEqual(phrase, by: { lowercased($0) == $1 }) { return end }
    }
    return nil
  }
}
