extension JSONValue {
  /// All values in it that hold no others, in the order of the text.
  package var scalars: [JSONValue] {
    var found: [JSONValue] = []
    addScalars(to: &found)
    return found
  }

  private func addScalars(to found: inout [JSONValue]) {
    switch shape {
    case .object: for (_, value) in members { value.addScalars(to: &found) }
    case .array: for value in elements { value.addScalars(to: &found) }
    case .string, .number, .bool, .null: found.append(self)
    }
  }
}

/// Where values stand in a text that is known to be JSON, as the tape does not say.
package struct ScalarPlaces {
  /// A string without its quotes, a number or a word; in the order of the text.
  package private(set) var all: [Range<Int>] = []

  package init(in text: UnsafeBufferPointer<UInt8>) {
    var place = 0
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\""):
        let end = ScalarPlaces.endOfString(text, from: place + 1)
        if !ScalarPlaces.isKey(text, endingAt: end) { all.append(place + 1..<end) }
        place = end + 1
      case UInt8(ascii: "-"), 0x30...0x39, 0x61...0x7A:
        var end = place
        while end < text.count, ScalarPlaces.isOfWord(text[end]) { end += 1 }
        all.append(place..<end)
        place = end
      default: place += 1
      }
    }
  }

  private static func endOfString(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    while place < text.count, text[place] != UInt8(ascii: "\"") {
      place += text[place] == 0x5C ? 2 : 1
    }
    return min(place, text.count)
  }

  private static func isKey(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Bool {
    var place = end + 1
    while place < text.count, text[place] <= 0x20 { place += 1 }
    return place < text.count && text[place] == UInt8(ascii: ":")
  }

  /// Digits, letters and signs of a number or of `true`, `false` and `null`.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
