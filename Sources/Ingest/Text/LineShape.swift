internal import CXXHash
internal import Files
internal import Glibc

/// Where the signs of a line stand (all that is neither a letter nor a digit), and which they are.
///
/// Lines of one log differ in words and numbers, and are alike in shape. What a layout makes of a line
/// depends on its shape, and on the few words and numbers that the layout looks at.
final class LineShape {
  /// A place in lines of a shape: twice the number of a sign, and one more behind the sign. Sign 0 is
  /// the start of the line, the last one its end.
  typealias Place = UInt16

  /// The signs; the high byte says whether letters or digits stand before one.
  private let signs = UnsafeMutablePointer<UInt16>.allocate(capacity: LineShape.most)
  /// Where they stand in the line read last.
  private let starts = UnsafeMutablePointer<Int32>.allocate(capacity: LineShape.most)
  private var count = 0

  /// A line with more signs is none to remember, nor is one that is longer.
  private static let most = 512
  private static let longest = 1 << 14

  deinit {
    signs.deallocate()
    starts.deallocate()
  }

  /// Takes the shape of a line; false where it has none to go by. Only printable ASCII without backslashes
  /// has: then every value is what stands there. Nor has a line with two blanks side by side, as any number
  /// of them is as good as one.
  func take(_ text: Bytes) -> Bool {
    guard text.count < LineShape.longest else { return false }
    // Asked for every sign: what stands in the object would be read and written each time.
    let (signs, starts) = (signs, starts)
    starts[0] = -1
    signs[0] = 0
    var count = 1
    var last = -1
    var place = 0
    var blankBefore: UInt64 = 0
    while place < text.count {
      let word = LineShape.word(of: text, at: place)
      guard !LineShape.hasNone(word), count < LineShape.most - 8 else { return false }
      let blanks = LineShape.blanks(of: word)
      if blanks & (blanks << 8 | blankBefore) != 0 { return false }
      blankBefore = blanks >> 56
      var found = LineShape.signs(of: word)
      while found != 0 {
        let bits = found.trailingZeroBitCount &- 7
        let next = place &+ bits &>> 3
        found &= found &- 1
        let isApart: UInt16 = last < next &- 1 ? 0x100 : 0
        signs[count] =
          UInt16(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: bits)) & 0xFF | isApart
        starts[count] = Int32(truncatingIfNeeded: next)
        count &+= 1
        last = next
      }
      place &+= 8
    }
    signs[count] = last < text.count - 1 ? 0x100 : 0
    starts[count] = Int32(text.count)
    self.count = count + 1
    return true
  }

  /// Whether one of eight bytes makes a line none to remember: a control, a backslash, what is no ASCII.
  @inline(__always)
  private static func hasNone(_ word: UInt64) -> Bool {
    let backslashes = word ^ all(0x5C)
    let deletes = word ^ all(0x7F)
    let found =
      (word &- all(0x20)) & ~word | (backslashes &- all(1)) & ~backslashes
      | (deletes &- all(1)) & ~deletes | word
    return found & all(0x80) != 0
  }

  /// The high bits of those of eight bytes of ASCII that are neither letters nor digits: all eight are
  /// compared at once, as what is added to a byte of ASCII carries nothing over to the next.
  @inline(__always)
  private static func signs(of word: UInt64) -> UInt64 {
    let lower = word | all(0x20)
    let digits = (word &+ all(0x50)) & ~(word &+ all(0x46))
    let letters = (lower &+ all(0x1F)) & ~(lower &+ all(0x05))
    return ~(digits | letters) & all(0x80)
  }

  /// The lowest bits of those of eight bytes of ASCII that are blanks.
  @inline(__always)
  private static func blanks(of word: UInt64) -> UInt64 {
    (~((word ^ all(0x20)) &+ all(0x7F)) & all(0x80)) &>> 7
  }

  /// Eight bytes of a line, letters behind its end.
  @inline(__always)
  private static func word(of text: Bytes, at place: Int) -> UInt64 {
    if place + 8 <= text.count, let base = text.baseAddress {
      return UInt64(littleEndian: UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
    }
    var word = all(UInt8(ascii: "x"))
    for (number, byte) in text[place...].enumerated() {
      word = word & ~(0xFF << UInt64(number * 8)) | UInt64(byte) << UInt64(number * 8)
    }
    return word
  }

  /// A byte eight times.
  @inline(__always)
  private static func all(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  var hash: UInt64 { XXH3_64bits(signs, count * 2) }

  /// A copy of the signs.
  var copy: [UInt16] { Array(UnsafeBufferPointer(start: signs, count: count)) }

  func isEqual(to other: [UInt16]) -> Bool {
    other.count == count
      && other.withUnsafeBytes { known in
        known.baseAddress.map { memcmp($0, signs, count * 2) == 0 } ?? true
      }
  }

  /// Where a place is in the line read last.
  @inline(__always)
  func offset(of place: Place) -> Int { Int(starts[Int(place >> 1)]) + Int(place & 1) }

  /// The part of the line read last that stands there.
  @inline(__always)
  func part(of line: Bytes, _ span: LayoutMemory.Span) -> Bytes {
    let start = offset(of: span.start)
    return Bytes(start: line.baseAddress.map { $0 + start }, count: offset(of: span.end) - start)
  }

  /// Which place an offset in the line read last is; nil in the midst of letters and digits.
  func place(of offset: Int) -> Place? {
    var low = 0
    var high = count - 1
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    // The first sign that does not stand before the offset; its end is none of a line's end.
    if Int(starts[low]) == offset { return Place(low * 2) }
    return low > 0 && Int(starts[low - 1]) + 1 == offset ? Place(low * 2 - 1) : nil
  }

  /// Whether a byte is a sign other than a blank.
  static func isSign(_ byte: UInt8) -> Bool { !isWordByte(byte) && !byte.isBlank }

  /// Whether a byte is a letter or a digit.
  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
