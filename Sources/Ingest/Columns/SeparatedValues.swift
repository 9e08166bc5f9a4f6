internal import Files

/// The values of a line, one after the other, without the quotes around them (RFC 4180). A quote
/// counts only where a value begins with it.
struct SeparatedValues {
  private let text: Bytes
  private let separator: UInt8
  private var place: Int? = 0
  /// Whether the last value's quote was never closed.
  private(set) var isOpen = false

  /// A value, and whether quotes within it are doubled.
  struct Value {
    var text: Bytes
    var isDoubled = false

    /// The value as it is meant.
    var bytes: [UInt8] {
      guard isDoubled else { return Array(text) }
      var plain: [UInt8] = []
      var isSecond = false
      for byte in text {
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        if !isSecond { plain.append(byte) }
      }
      return plain
    }
  }

  init(_ text: Bytes, by separator: UInt8) {
    self.text = text
    self.separator = separator
  }

  mutating func next() -> Value? {
    guard let start = place else { return nil }
    if start < text.count, text[start] == UInt8(ascii: "\"") { return quoted(from: start + 1) }
    let rest = text.part(start..<text.count)
    let length = rest.place(of: separator)
    place = length.map { start + $0 + 1 }
    return Value(text: rest.part(0..<(length ?? rest.count)))
  }

  private mutating func quoted(from start: Int) -> Value {
    guard let (end, isDoubled) = SeparatedValues.closing(text, from: start) else {
      isOpen = true
      place = nil
      return Value(text: text.part(start..<text.count))
    }
    // What stands behind the quote belongs to nothing.
    let rest = text.part(end + 1..<text.count)
    place = rest.place(of: separator).map { end + 1 + $0 + 1 }
    return Value(text: text.part(start..<end), isDoubled: isDoubled)
  }

  /// Where the quote stands that closes a value, and whether there are doubled ones before it.
  static func closing(_ text: Bytes, from start: Int) -> (place: Int, isDoubled: Bool)? {
    var place = start
    var isDoubled = false
    while let found = text.part(place..<text.count).place(of: UInt8(ascii: "\"")) {
      place += found
      guard place + 1 < text.count, text[place + 1] == UInt8(ascii: "\"") else {
        return (place, isDoubled)
      }
      isDoubled = true
      place += 2
    }
    return nil
  }
}
