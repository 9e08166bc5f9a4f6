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

  /// Where a piece stands first, from a place on.
  package func place(of piece: Bytes, from start: Int) -> Int? {
    guard let first = piece.first, let bytes = piece.baseAddress else { return start }
    var place = start
    while place + piece.count <= count, let base = baseAddress,
      let next = part(place..<count - piece.count + 1).place(of: first)
    {
      place += next
      if memcmp(base + place, bytes, piece.count) == 0 { return place }
      place += 1
    }
    return nil
  }

  package func isEqual(to text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, let base = baseAddress else {
      return count == text.utf8CodeUnitCount
    }
    return memcmp(base, text.utf8Start, count) == 0
  }

  package func isEqual(to other: [UInt8]) -> Bool {
    guard count == other.count, let base = baseAddress else { return count == other.count }
    return other.withUnsafeBytes { $0.baseAddress.map { memcmp(base, $0, count) == 0 } ?? true }
  }

  /// Whether these bytes are `text`, an A the same as an a.
  package func isEqual(ignoringCase text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for place in 0..<count where self[place].lowercased != text.utf8Start[place].lowercased {
      return false
    }
    return true
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
    let isNegative = first == minus
    let start = isNegative || first == plus ? 1 : 0
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
    var place = first == minus || first == plus ? 1 : 0
    var digits: UInt64 = 0
    var significant = 0
    var places = 0
    var hasDigit = false
    var isFraction = false
    while place < count {
      if let digit = self[place].digit {
        hasDigit = true
        if significant > 0 || digit > 0 { significant += 1 }
        digits = digits &* 10 &+ UInt64(digit)
        if isFraction { places += 1 }
      } else if self[place] == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      place += 1
    }
    guard hasDigit else { return nil }
    // Both are exact, so their quotient is the nearest double (Clinger 1990).
    if place == count, significant <= 19, digits <= 1 << 53, places <= 22 {
      let value = Double(digits) / powersOfTen[places]
      return first == minus ? -value : value
    }
    if place < count {
      guard part(place..<count).isExponent else { return nil }
    }
    guard let value = Double(String(repairing: self)) else { return nil }
    return value.isFinite ? value : nil
  }

  /// `e+09`
  private var isExponent: Bool {
    guard first?.lowercased == UInt8(ascii: "e") else { return false }
    let hasSign = count > 1 && (self[1] == minus || self[1] == plus)
    let digits = part((hasSign ? 2 : 1)..<count)
    return !digits.isEmpty && digits.allSatisfy { $0.digit != nil }
  }
}

private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")

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

extension UInt8 {
  fileprivate var digit: Int? {
    let value = self &- 0x30
    return value < 10 ? Int(value) : nil
  }

  fileprivate var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  fileprivate var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
