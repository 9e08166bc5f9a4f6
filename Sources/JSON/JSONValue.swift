internal import Glibc

/// A value of a parsed document: a place on simdjson's tape, valid until its parser is used again.
///
/// <https://github.com/simdjson/simdjson/blob/master/doc/tape.md>
package struct JSONValue {
  let words: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>
  let index: Int

  package enum Shape {
    case object, array, string, number, bool, null
  }

  var tag: UInt8 { UInt8(truncatingIfNeeded: words[index] >> 56) }
  var payload: UInt64 { words[index] & 0x00FF_FFFF_FFFF_FFFF }

  /// Whether both are the same place of the same document.
  package func isSame(as other: JSONValue) -> Bool { words == other.words && index == other.index }

  package var shape: Shape {
    switch tag {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
    default: .null
    }
  }

  package var isObject: Bool { tag == UInt8(ascii: "{") }
  package var isArray: Bool { tag == UInt8(ascii: "[") }
  package var isString: Bool { tag == UInt8(ascii: "\"") }
  package var isNull: Bool { tag == UInt8(ascii: "n") }
  var isNumber: Bool { shape == .number }

  /// The unescaped bytes of a string.
  package var string: UnsafeBufferPointer<UInt8>? {
    guard isString else { return nil }
    let place = Int(payload)
    return UnsafeBufferPointer(
      start: strings + place + JSONValue.sizeOfLength, count: length(ofStringAt: place))
  }

  /// Strings stand side by side, each behind its length, and with a zero at its end.
  static let sizeOfLength = 4

  func length(ofStringAt place: Int) -> Int {
    Int(UnsafeRawPointer(strings + place).loadUnaligned(as: UInt32.self))
  }

  /// A number without a fraction that fits.
  package var integer: Int64? {
    switch tag {
    case UInt8(ascii: "l"): Int64(bitPattern: words[index + 1])
    case UInt8(ascii: "u"): Int64(exactly: words[index + 1])
    case UInt8(ascii: "d"): Int64(exactly: Double(bitPattern: words[index + 1]))
    default: nil
    }
  }

  package var number: Double? {
    switch tag {
    case UInt8(ascii: "l"): Double(Int64(bitPattern: words[index + 1]))
    case UInt8(ascii: "u"): Double(words[index + 1])
    case UInt8(ascii: "d"): Double(bitPattern: words[index + 1])
    default: nil
    }
  }

  /// A number as JSON text; integers beyond 63 bits in full.
  package var numberText: String {
    switch tag {
    case UInt8(ascii: "l"): String(Int64(bitPattern: words[index + 1]))
    case UInt8(ascii: "u"): String(words[index + 1])
    default: number.map { String($0) } ?? "null"
    }
  }

  package var bool: Bool? {
    switch tag {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// Where the value after this one stands.
  var end: Int {
    switch tag {
    case UInt8(ascii: "{"), UInt8(ascii: "["): Int(payload & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
    default: index + 1
    }
  }

  func at(_ index: Int) -> JSONValue {
    JSONValue(words: words, strings: strings, index: index)
  }

  /// An object's members in the order of the text; none for any other value.
  package var members: Members {
    isObject
      ? Members(owner: self, index: index + 1, end: end - 1)
      : Members(owner: self, index: index, end: index)
  }

  /// An array's elements; none for any other value.
  package var elements: Elements {
    isArray
      ? Elements(owner: self, index: index + 1, end: end - 1)
      : Elements(owner: self, index: index, end: index)
  }

  package struct Members: Sequence, IteratorProtocol {
    let owner: JSONValue
    var index: Int
    let end: Int

    package mutating func next() -> (key: UnsafeBufferPointer<UInt8>, value: JSONValue)? {
      guard index < end, let key = owner.at(index).string else { return nil }
      let value = owner.at(index + 1)
      index = value.end
      return (key, value)
    }
  }

  package struct Elements: Sequence, IteratorProtocol {
    let owner: JSONValue
    var index: Int
    let end: Int

    package mutating func next() -> JSONValue? {
      guard index < end else { return nil }
      let value = owner.at(index)
      index = value.end
      return value
    }
  }
}

extension JSONValue {
  /// The member of that name; where a name stands twice, the last.
  package func member(_ name: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard isObject, let wanted = name.baseAddress else { return nil }
    var found: JSONValue?
    var place = index + 1
    let last = end - 1
    while place < last {
      let key = Int(at(place).payload)
      let value = at(place + 1)
      if length(ofStringAt: key) == name.count,
        memcmp(strings + key + JSONValue.sizeOfLength, wanted, name.count) == 0
      {
        found = value
      }
      place = value.end
    }
    return found
  }

  /// The element at a place, from 0.
  package func element(_ place: Int) -> JSONValue? {
    var elements = self.elements
    for _ in 0..<max(0, place) where elements.next() == nil { return nil }
    return elements.next()
  }

  package subscript(name: [UInt8]) -> JSONValue? { name.withUnsafeBufferPointer(member) }

  package subscript(name: String) -> JSONValue? {
    var name = name
    return name.withUTF8(member)
  }

  /// A string as Swift text.
  package var text: String? { string.map { String(decoding: $0, as: UTF8.self) } }
}
