internal import Files

/// A place in some bytes, moving on as they are read.
struct Cursor {
  let bytes: Bytes
  var position = 0

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// The byte that comes next.
  var next: UInt8? { peek(0) }

  /// The byte `distance` beyond the next.
  func peek(_ distance: Int) -> UInt8? {
    let index = position + distance
    return index < bytes.count ? bytes[index] : nil
  }

  @discardableResult
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  @discardableResult
  mutating func skipSpaces() -> Int {
    skip { $0.isSpace }
  }

  mutating func skipDigits() -> Int {
    skip { $0.digit != nil }
  }

  /// The letters that come next, perhaps none.
  mutating func word() -> Bytes {
    let start = position
    skip { $0.isLetter }
    return bytes.part(start..<position)
  }

  /// Letters of any language, and the dot of an abbreviation.
  mutating func monthName() -> Bytes {
    let start = position
    skip { $0.isLetter || $0 >= 0x80 }
    skip(ASCII.dot)
    return bytes.part(start..<position)
  }

  /// The number that comes next, if it has as many digits as `lengths` (at most 18) allows.
  mutating func digits(_ lengths: ClosedRange<Int>) -> Int? {
    var value = 0
    var length = 0
    while length < lengths.upperBound, let digit = peek(length)?.digit {
      value = value * 10 + digit
      length += 1
    }
    guard length >= lengths.lowerBound else { return nil }
    position += length
    return value
  }

  @discardableResult
  private mutating func skip(while isSkipped: (UInt8) -> Bool) -> Int {
    let start = position
    while let byte = next, isSkipped(byte) { position += 1 }
    return position - start
  }
}

/// The characters that times are made of.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let space: UInt8 = 0x20
  static let plus: UInt8 = 0x2B
  static let comma: UInt8 = 0x2C
  static let dash: UInt8 = 0x2D
  static let dot: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let colon: UInt8 = 0x3A
  static let T: UInt8 = 0x54
  static let Z: UInt8 = 0x5A
  static let openBracket: UInt8 = 0x5B
  static let closeBracket: UInt8 = 0x5D
}

extension UInt8 {
  var digit: Int? {
    let value = self &- ASCII.zero
    return value < 10 ? Int(value) : nil
  }

  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  var isSpace: Bool { self == ASCII.space || (self >= ASCII.tab && self <= 0x0D) }

  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
