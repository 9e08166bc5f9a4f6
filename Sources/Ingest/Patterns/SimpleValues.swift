internal import Files

/// A text in which values of JSON stand, as far as their ends can be told without parsing: eight bytes are looked
/// at at once.
struct SimpleValues {
  private let text: UnsafePointer<UInt8>
  let count: Int

  /// So many bytes behind the text must be readable.
  static let margin = 8
  /// Longer integers may not fit 64 bits.
  private static let mostDigits = 18

  /// - Parameter text: followed by `margin`.
  init?(_ text: Bytes) {
    guard let start = text.baseAddress else { return nil }
    self.text = start
    count = text.count
  }

  @inline(__always)
  private static func word(_ text: UnsafePointer<UInt8>, _ place: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text + place).loadUnaligned(as: UInt64.self))
  }

  /// A byte eight times.
  @inline(__always)
  private static func all(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// Where from a place on another text differs, in which everything stands `shift` bytes earlier; where one of the
  /// two ends otherwise.
  @inline(__always)
  func differs(
    from other: UnsafePointer<UInt8>, count otherCount: Int, at start: Int, shift: Int
  ) -> Int {
    let end = min(otherCount, count &- shift)
    var place = start
    while place &+ 8 <= end {
      let difference = SimpleValues.word(other, place) ^ SimpleValues.word(text, place &+ shift)
      if difference != 0 { return place &+ difference.trailingZeroBitCount / 8 }
      place &+= 8
    }
    guard place < end else { return end }
    let difference = SimpleValues.word(other, place) ^ SimpleValues.word(text, place &+ shift)
    return min(end, place &+ difference.trailingZeroBitCount / 8)
  }

  /// Where the string ends that begins at a place, behind its quote: at the closing one. Nil where anything but
  /// printable ASCII stands in it, or an escape that is no single letter.
  @inline(__always)
  func endOfString(from start: Int) -> Int? {
    var place = start
    while place < count {
      let found = SimpleValues.special(SimpleValues.word(text, place))
      guard found != 0 else {
        place &+= 8
        continue
      }
      place &+= found.trailingZeroBitCount / 8
      guard place < count else { return nil }
      if text[place] == UInt8(ascii: "\"") { return place }
      guard text[place] == 0x5C, place &+ 1 < count, SimpleValues.isEscape(text[place &+ 1]) else {
        return nil
      }
      place &+= 2
    }
    return nil
  }

  /// Of eight bytes the high bits of the first that is a quote, a backslash, a control or no ASCII; those of bytes
  /// behind it may be set without need, as what is taken from a byte is borrowed from the next.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let quotes = word ^ all(0x22)
    let backslashes = word ^ all(0x5C)
    let found =
      (quotes &- all(1)) & ~quotes | (backslashes &- all(1)) & ~backslashes
      | (word &- all(0x20)) & ~word | word
    return found & all(0x80)
  }

  @inline(__always)
  private static func isEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      true
    default: false
    }
  }

  /// Where the number ends that begins at a place; nil where there is none, or one that 64 bits may not hold.
  @inline(__always)
  func endOfNumber(from start: Int) -> Int? {
    var place = start
    if place < count, text[place] == UInt8(ascii: "-") { place &+= 1 }
    let first = place
    place = endOfDigits(from: place)
    let digits = place &- first
    guard digits > 0, digits <= SimpleValues.mostDigits,
      text[first] != UInt8(ascii: "0") || digits == 1
    else { return nil }
    if place < count, text[place] == UInt8(ascii: ".") {
      let end = endOfDigits(from: place &+ 1)
      guard end > place &+ 1 else { return nil }
      place = end
    }
    if place < count, text[place] | 0x20 == UInt8(ascii: "e") { return nil }
    return place
  }

  @inline(__always)
  private func endOfDigits(from start: Int) -> Int {
    var place = start
    while place < count, text[place] &- 0x30 < 10 { place &+= 1 }
    return place
  }
}
