package import Files

/// Words of messages after which a delay stands. They are found by their first two bytes, which few
/// words have in common with them: by a mark of twelve bits.
///
/// Its memory is plain and never given back, as that of `BodyPath` is.
package struct DelayPhrases: @unchecked Sendable {
  /// Those with the same mark stand together, the longest first; in lower case.
  private let phrases: UnsafeMutableBufferPointer<Bytes>
  /// Where those with a mark begin, from 1; 0 where none does.
  private let starts: UnsafeMutableBufferPointer<UInt8>

  init(_ texts: [String]) {
    let sorted = texts.map { Array($0.lowercased().utf8) }.filter { $0.count > 1 }
      .map { (mark: DelayPhrases.mark($0[0], $0[1]), bytes: $0) }
      .sorted { ($0.mark, $1.bytes.count) < ($1.mark, $0.bytes.count) }
      .prefix(Int(UInt8.max))
    phrases = .allocate(capacity: sorted.count)
    starts = .allocate(capacity: sorted.isEmpty ? 0 : 1 << 12)
    starts.initialize(repeating: 0)
    for (place, phrase) in sorted.enumerated() {
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: phrase.bytes.count)
      _ = bytes.initialize(from: phrase.bytes)
      phrases.initializeElement(at: place, to: Bytes(bytes))
      if starts[phrase.mark] == 0 { starts[phrase.mark] = UInt8(place + 1) }
    }
  }

  package var isEmpty: Bool { phrases.isEmpty }

  /// The same of a letter in either case. Other pairs may share it: those are compared.
  @inline(__always)
  private static func mark(_ first: UInt8, _ second: UInt8) -> Int {
    let pair = (UInt16(second) << 8 | UInt16(first)) | 0x2020
    // Knuth's multiplier: The Art of Computer Programming, 6.4.
    return Int(truncatingIfNeeded: (pair &* 40503) &>> 4)
  }

  /// Where the first phrase ends that begins at a place or behind it, before `end`; and where the next may
  /// begin.
  package func next(in text: Bytes, from start: Int, to end: Int) -> (end: Int, next: Int)? {
    let last = min(end, text.count) - 1
    guard start < last, let base = text.baseAddress, let starts = starts.baseAddress else {
      return nil
    }
    var next = start
    while next < last {
      let place = next
      next &+= 1
      let mark = DelayPhrases.mark(base[place], base[next])
      let first = Int(starts[mark])
      guard first != 0 else { continue }
      // A word begins where no other goes on; scripts without blanks have no such places.
      if base[place] < 0x80, place > 0, isWordByte(base[place - 1]) { continue }
      if let end = self.end(in: text, at: place, of: mark, from: first - 1) {
        return (end, next)
      }
    }
    return nil
  }

  /// Where the phrase that begins at a place ends, one of a mark that stand from a place among them on;
  /// nil where none does.
  private func end(in text: Bytes, at start: Int, of mark: Int, from first: Int) -> Int? {
    for phrase in phrases[first...] {
      guard DelayPhrases.mark(phrase[0], phrase[1]) == mark else { return nil }
      let end = start + phrase.count
      guard end <= text.count else { continue }
      if text[start..<end].elementsEqual(phrase, by: { lowercased($0) == $1 }) { return end }
    }
    return nil
  }
}
