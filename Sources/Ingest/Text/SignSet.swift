internal import Files

/// Which signs of ASCII stand in a text, letters, digits and blanks aside: a layout fits no line that
/// lacks one of its own.
struct SignSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(of text: Bytes) { add(text) }

  mutating func add(_ text: Bytes) {
    for byte in text {
      if byte < 64 {
        low |= 1 << UInt64(byte)
      } else if byte < 128 {
        high |= 1 << UInt64(byte - 64)
      }
    }
    low &= SignSet.signs.low
    high &= SignSet.signs.high
  }

  @inline(__always)
  func contains(_ other: SignSet) -> Bool {
    other.low & ~low == 0 && other.high & ~high == 0
  }

  private static let signs: (low: UInt64, high: UInt64) = {
    var signs: (low: UInt64, high: UInt64) = (0, 0)
    for byte in UInt8(0x21)..<0x7F where LineShape.isSign(byte) {
      if byte < 64 { signs.low |= 1 << UInt64(byte) } else { signs.high |= 1 << UInt64(byte - 64) }
    }
    return signs
  }()
}
