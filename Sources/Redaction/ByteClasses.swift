internal import Files

/// What a byte can be part of.
struct ByteClass: OptionSet {
  let rawValue: UInt8
  /// A letter beyond f, an underscore: no part of a hexadecimal number.
  static let nonHex = ByteClass(rawValue: 1)
  static let hexLetter = ByteClass(rawValue: 2)
  static let digit = ByteClass(rawValue: 4)
  static let dash = ByteClass(rawValue: 8)
  /// What secrets stand beside: `@ : = % + \`, a quote, a space.
  static let mark = ByteClass(rawValue: 16)
  /// What e-mail addresses are made of, beyond words.
  static let local = ByteClass(rawValue: 32)
  static let upper = ByteClass(rawValue: 64)

  static let word: ByteClass = [.nonHex, .hexLetter, .digit, .dash]
}

/// The class of each byte.
private let classes: [ByteClass] = (0...255).map { value in
  switch UInt8(value) {
  case 0x30...0x39: .digit
  case 0x41...0x46: [.hexLetter, .upper]
  case 0x61...0x66: .hexLetter
  case 0x47...0x5A: [.nonHex, .upper]
  case 0x67...0x7A: .nonHex
  case UInt8(ascii: "_"): .nonHex
  case UInt8(ascii: "-"): .dash
  case UInt8(ascii: "%"), UInt8(ascii: "+"): [.mark, .local]
  case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "\\"), 0x22, 0x20,
    0x09, 0x0A, 0x0D, UInt8(ascii: ">"):
    .mark
  case UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "!"),
    UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "*"):
    .local
  // Names in other languages, spaces and dashes of other widths.
  case 0x80...0xFF: [.mark, .local]
  default: []
  }
}

/// The classes of all bytes, in memory that is looked up without a check.
nonisolated(unsafe) let byteClasses: UnsafePointer<ByteClass> = {
  let table = UnsafeMutablePointer<ByteClass>.allocate(capacity: 256)
  table.initialize(from: classes, count: 256)
  return UnsafePointer(table)
}()

/// Whether a text can hold a secret at all: false for paths, ids and words as most are, in one
/// pass.
func mayHoldSecret(_ text: Bytes) -> Bool {
  let classes = byteClasses
  var run = 0
  var mayBeID = false
  var seen: ByteClass = []
  for byte in text {
    let kind = classes[Int(byte)]
    if kind.contains(.mark) { return true }
    if kind.isDisjoint(with: .word) {
      // `4111.1111.1111.1111`
      if byte == UInt8(ascii: "."), seen == .digit { continue }
      if isLong(run, seen) { return true }
      if run >= 8, seen.contains(.digit) { mayBeID = true }
      run = 0
      seen = []
    } else {
      run += 1
      seen.formUnion(kind)
    }
  }
  if run >= 8, seen.contains(.digit) { mayBeID = true }
  // What looks like an id may be what a link lets in with.
  return isLong(run, seen) || (mayBeID && mayHoldLink(text))
}

/// Whether a run of word bytes could be a key or a card number: no short word, no UUID, no digest.
private func isLong(_ run: Int, _ seen: ByteClass) -> Bool {
  run >= 13 && (seen.contains(.nonHex) || seen.contains(.upper) || !seen.contains(.hexLetter))
}

extension UInt8 {
  @inline(__always)
  func isOne(of kinds: ByteClass) -> Bool { !byteClasses[Int(self)].isDisjoint(with: kinds) }

  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isUpper: Bool { self &- 0x41 < 26 }
  var isLower: Bool { self &- 0x61 < 26 }
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLetterOrDigit: Bool { isLetter || isDigit }
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
  var lower: UInt8 { isUpper ? self | 0x20 : self }

  var hexValue: UInt8? {
    if isDigit { return self - 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
}
