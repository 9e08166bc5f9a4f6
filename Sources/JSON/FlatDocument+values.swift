internal import Glibc

// Values by themselves, one behind the other: each is read as if it had been parsed. There is room for as many
// of them, and for their bytes, as were said when the document was cleared.
extension FlatDocument {
  /// A string as it is written in JSON, without its quotes: printable ASCII, in which escapes are single letters.
  package func value(ofString written: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard let words = words.baseAddress, let strings = strings.baseAddress else { return nil }
    let place = strings + stringCount
    let start = place + JSONValue.sizeOfLength
    var count = written.count
    if let base = written.baseAddress {
      memcpy(start, base, count)
      if memchr(base, 0x5C, count) != nil { count = FlatDocument.unescape(start, count) }
    }
    UnsafeMutableRawPointer(place).storeBytes(of: UInt32(count), as: UInt32.self)
    start[count] = 0
    words[wordCount] = FlatDocument.word("\"", UInt64(stringCount))
    stringCount += JSONValue.sizeOfLength + count + 1
    wordCount += 1
    return JSONValue(words: words, strings: strings, index: wordCount - 1)
  }

  package func value(of integer: Int64) -> JSONValue? {
    number("l", UInt64(bitPattern: integer))
  }

  package func value(of number: Double) -> JSONValue? { self.number("d", number.bitPattern) }

  /// An object without members.
  package func emptyObject() -> JSONValue? {
    guard let words = words.baseAddress, let strings = strings.baseAddress else { return nil }
    words[wordCount] = FlatDocument.word("{", UInt64(wordCount + 2))
    words[wordCount + 1] = FlatDocument.word("}", UInt64(wordCount))
    wordCount += 2
    return JSONValue(words: words, strings: strings, index: wordCount - 2)
  }

  private func number(_ tag: Unicode.Scalar, _ bits: UInt64) -> JSONValue? {
    guard let words = words.baseAddress, let strings = strings.baseAddress else { return nil }
    words[wordCount] = FlatDocument.word(tag, 0)
    words[wordCount + 1] = bits
    wordCount += 2
    return JSONValue(words: words, strings: strings, index: wordCount - 2)
  }

  /// Replaces escapes by what they stand for; returns how many bytes are left.
  private static func unescape(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    var length = 0
    var place = 0
    while place < count {
      var byte = text[place]
      if byte == 0x5C, place + 1 < count {
        place += 1
        byte =
          switch text[place] {
          case UInt8(ascii: "b"): 0x08
          case UInt8(ascii: "f"): 0x0C
          case UInt8(ascii: "n"): 0x0A
          case UInt8(ascii: "r"): 0x0D
          case UInt8(ascii: "t"): 0x09
          default: text[place]
          }
      }
      text[length] = byte
      length += 1
      place += 1
    }
    return length
  }
}
