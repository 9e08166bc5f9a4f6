internal import Glibc

/// A piece of a log, exactly as it stands there.
///
/// The memory belongs to whoever reads the log: bytes are passed down, never kept.
package typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
  /// The part of these bytes at `range`, as far as there is one.
  package func part(_ range: Range<Int>) -> Bytes {
    Bytes(rebasing: self[range.clamped(to: 0..<count)])
  }

  /// Where a byte stands first.
  package func place(of byte: UInt8) -> Int? {
    guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  package func isEqual(to text: StaticString) -> Bool {
    text.withUTF8Buffer { count == $0.count && elementsEqual($0) }
  }

  /// Whether these bytes are `text`, an A the same as an a.
  package func isEqual(ignoringCase text: StaticString) -> Bool {
    text.withUTF8Buffer { other in
      count == other.count && elementsEqual(other) { $0.lowercased == $1.lowercased }
    }
  }

  /// Without the blanks, tabs and line ends around them.
  package var trimmed: Bytes {
    var start = 0
    var end = count
    while start < end, self[start].isSpace { start += 1 }
    while end > start, self[end - 1].isSpace { end -= 1 }
    return part(start..<end)
  }

  /// The decimal integer these bytes are, or nil: also for one beyond 64 bits.
  package var integer: Int64? {
    let isNegative = first == ASCII.dash
    let start = isNegative || first == ASCII.plus ? 1 : 0
    guard start < count else { return nil }
    var value: Int64 = 0
    for index in start..<count {
      guard let digit = self[index].digit else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      // Negated from the start: the smallest integer has no positive twin.
      let (sum, another) = tens.subtractingReportingOverflow(Int64(digit))
      if overflow || another { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// The finite decimal number these bytes are (`-12`, `0.5`, `1.6e+09`), or nil.
  package var number: Double? {
    var cursor = Cursor(self)
    let isNegative = cursor.skip(ASCII.dash)
    if !isNegative { cursor.skip(ASCII.plus) }
    var digits: UInt64 = 0
    var significant = 0
    var places = 0
    var hasDigit = false
    var isFraction = false
    while let byte = cursor.next {
      if let digit = byte.digit {
        hasDigit = true
        if significant > 0 || digit > 0 { significant += 1 }
        digits = digits &* 10 &+ UInt64(digit)
        if isFraction { places += 1 }
      } else if byte == ASCII.dot, !isFraction {
        isFraction = true
      } else {
        break
      }
      cursor.position += 1
    }
    guard hasDigit else { return nil }
    // Both are exact, so their quotient is the nearest double (Clinger 1990).
    if cursor.isAtEnd, significant <= 19, digits <= 1 << 53, places <= 22 {
      let value = Double(digits) / powersOfTen[places]
      return isNegative ? -value : value
    }
    if cursor.skip(ASCII.e) || cursor.skip(ASCII.E) {
      if !cursor.skip(ASCII.dash) { cursor.skip(ASCII.plus) }
      guard cursor.skipDigits() > 0 else { return nil }
    }
    guard cursor.isAtEnd, let value = Double(String(repairing: self)) else { return nil }
    return value.isFinite ? value : nil
  }
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

extension String {
  /// The text of `bytes`; what is no UTF-8 becomes U+FFFD.
  package init(repairing bytes: Bytes) {
    self.init(decoding: bytes, as: UTF8.self)
  }

  /// Lends the UTF-8 of this text.
  package func withBytes<Result>(_ body: (Bytes) -> Result) -> Result {
    var text = self
    return text.withUTF8(body)
  }
}

/// The characters that times and numbers are made of.
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
  static let E: UInt8 = 0x45
  static let T: UInt8 = 0x54
  static let Z: UInt8 = 0x5A
  static let openBracket: UInt8 = 0x5B
  static let closeBracket: UInt8 = 0x5D
  static let e: UInt8 = 0x65
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
