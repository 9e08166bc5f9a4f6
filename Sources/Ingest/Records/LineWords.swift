internal import Files

/// The words of a line, one after the other.
struct LineWords {
  private let text: Bytes
  private var place = 0

  init(_ text: Bytes) {
    self.text = text
  }

  mutating func next() -> Bytes? {
    while place < text.count, text[place].isBlank { place += 1 }
    let start = place
    while place < text.count, !text[place].isBlank { place += 1 }
    return place > start ? text.part(start..<place) : nil
  }

  /// The words taken so far.
  var read: Bytes? { place > 0 ? text.part(0..<place) : nil }

  /// What follows, without the blanks before it.
  var rest: Bytes { text.part(place..<text.count).trimmed }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether names and labels have such a byte.
  var isNameByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
