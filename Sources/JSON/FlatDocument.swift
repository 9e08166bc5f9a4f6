internal import Glibc

/// An object of texts, put on a tape as if it had been parsed: what is no JSON but has names and
/// values is read as JSON is, without being written out and parsed.
package final class FlatDocument {
  var words: UnsafeMutableBufferPointer<UInt64>
  var strings: UnsafeMutableBufferPointer<UInt8>
  var wordCount = 0
  var stringCount = 0

  package init() {
    words = .allocate(capacity: 64)
    strings = .allocate(capacity: 1 << 12)
  }

  deinit {
    words.deallocate()
    strings.deallocate()
  }

  /// Empties it, and makes room for members whose names and values have so many bytes altogether.
  package func clear(members: Int, bytes: Int) {
    let wordsNeeded = members * 2 + 4
    if words.count < wordsNeeded {
      words.deallocate()
      words = .allocate(capacity: wordsNeeded * 2)
    }
    // Behind a name more is read than it has: see `PathTree`.
    let bytesNeeded = bytes + members * 2 * (JSONValue.sizeOfLength + 1) + 8
    if strings.count < bytesNeeded {
      strings.deallocate()
      strings = .allocate(capacity: bytesNeeded * 2)
    }
    wordCount = 2
    stringCount = 0
  }

  /// Adds a member. Both must be valid UTF-8.
  @inline(__always)
  package func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    add(name)
    add(value)
  }

  private func add(_ text: UnsafeBufferPointer<UInt8>) {
    words[wordCount] = FlatDocument.word("\"", UInt64(stringCount))
    wordCount += 1
    guard let place = strings.baseAddress.map({ UnsafeMutableRawPointer($0 + stringCount) }) else {
      return
    }
    place.storeBytes(of: UInt32(text.count), as: UInt32.self)
    if let start = text.baseAddress { memcpy(place + JSONValue.sizeOfLength, start, text.count) }
    place.storeBytes(of: 0, toByteOffset: JSONValue.sizeOfLength + text.count, as: UInt8.self)
    stringCount += JSONValue.sizeOfLength + text.count + 1
  }

  /// The object; valid until the next one is begun.
  package func object() -> JSONValue? {
    guard let words = words.baseAddress, let strings = strings.baseAddress else { return nil }
    let members = UInt64(wordCount - 2) / 2
    words[0] = FlatDocument.word("r", UInt64(wordCount + 1))
    words[1] = FlatDocument.word("{", UInt64(wordCount + 1) | min(members, 0xFF_FFFF) << 32)
    words[wordCount] = FlatDocument.word("}", 1)
    words[wordCount + 1] = FlatDocument.word("r", 0)
    return JSONValue(words: words, strings: strings, index: 1)
  }

  static func word(_ tag: Unicode.Scalar, _ payload: UInt64) -> UInt64 {
    UInt64(tag.value) << 56 | payload
  }
}
