internal import Files
internal import JSON

/// Writes the values of a line of text as one JSON object, in room that is used again.
final class FlatObjectWriter {
  private var room: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 1 << 13)
  private var count = 0

  deinit { room.deallocate() }

  /// The object, followed by the padding that a parser needs; valid until the next one is written.
  func object(of values: some Collection<LayoutMatcher.Value>) -> Bytes {
    var longest = 2 + JSONParser.padding
    for value in values {
      longest += (value.name?.count ?? value.key.count + 3) + value.text.count * 6 + 3
    }
    if room.count < longest {
      room.deallocate()
      room = .allocate(capacity: longest * 2)
    }
    count = 0
    put(UInt8(ascii: "{"))
    for value in values {
      if count > 1 { put(UInt8(ascii: ",")) }
      if let name = value.name {
        put(name)
      } else {
        put(UInt8(ascii: "\""))
        put(value.key)
        put(UInt8(ascii: "\""))
        put(UInt8(ascii: ":"))
      }
      put(UInt8(ascii: "\""))
      if value.isQuoted, value.text.place(of: UInt8(ascii: "\\")) != nil {
        putUnescaped(value.text)
      } else {
        putEscaped(value.text)
      }
      put(UInt8(ascii: "\""))
    }
    put(UInt8(ascii: "}"))
    room[count..<count + JSONParser.padding].update(repeating: 0)
    return Bytes(room).part(0..<count)
  }

  @inline(__always)
  private func put(_ byte: UInt8) {
    room[count] = byte
    count += 1
  }

  private func put(_ text: Bytes) {
    guard let base = text.baseAddress, let end = room.baseAddress else { return }
    (end + count).update(from: base, count: text.count)
    count += text.count
  }

  private func putEscaped(_ text: Bytes) {
    for byte in text { putEscaped(byte) }
  }

  @inline(__always)
  private func putEscaped(_ byte: UInt8) {
    if byte == 0x22 || byte == 0x5C {
      put(0x5C)
      put(byte)
    } else if byte < 0x20 {
      put(0x5C)
      for letter in "u00".utf8 { put(letter) }
      put(0x30 + byte >> 4)
      let digit = byte & 15
      put(digit < 10 ? 0x30 + digit : 0x57 + digit)
    } else {
      put(byte)
    }
  }

  /// Undoes escapes: `\x22` as NGINX and Apache write it, and those of Go and JSON.
  private func putUnescaped(_ text: Bytes) {
    var place = 0
    while place < text.count {
      guard text[place] == 0x5C, place + 1 < text.count else {
        putEscaped(text[place])
        place += 1
        continue
      }
      let letter = text[place + 1]
      switch letter {
      case UInt8(ascii: "x"):
        if let high = nibble(text, place + 2), let low = nibble(text, place + 3) {
          putEscaped(high << 4 | low)
          place += 4
          continue
        }
        putEscaped(0x5C)
        place += 1
      case UInt8(ascii: "u") where (2..<6).allSatisfy { nibble(text, place + $0) != nil }:
        put(text.part(place..<place + 6))
        place += 6
      case 0x22, 0x5C, UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        put(0x5C)
        put(letter)
        place += 2
      default:
        putEscaped(0x5C)
        place += 1
      }
    }
  }

  private func nibble(_ text: Bytes, _ place: Int) -> UInt8? {
    guard place < text.count else { return nil }
    switch text[place] {
    case 0x30...0x39: return text[place] - 0x30
    case 0x41...0x46: return text[place] - 0x37
    case 0x61...0x66: return text[place] - 0x57
    default: return nil
    }
  }
}
