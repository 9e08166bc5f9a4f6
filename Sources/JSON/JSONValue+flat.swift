internal import Glibc

extension JSONValue {
  /// Writes the value as bytes that only an equal value has, with its members in the same order:
  /// first its part of the tape, then all its strings, one after the other.
  ///
  /// - Parameters:
  ///   - room: where they are written.
  ///   - hidden: a string of the value that is left out: values that differ in it alone are equal.
  /// - Returns: how many bytes they are; nil where the room does not suffice.
  package func flatten(
    into room: UnsafeMutableBufferPointer<UInt8>, hiding hidden: UnsafeBufferPointer<UInt8>? = nil
  ) -> Int? {
    guard let base = room.baseAddress else { return nil }
    let hiddenPlace = hidden?.baseAddress.map { strings.distance(to: $0) - JSONValue.sizeOfLength }
    var count = 0
    var first: Int?
    var last = 0
    let end = end
    var place = index
    while place < end {
      guard count + 9 <= room.count else { return nil }
      let value = at(place)
      let tag = value.tag
      base[count] = tag
      count += 1
      place += 1
      if tag == UInt8(ascii: "\"") {
        last = Int(value.payload)
        if first == nil { first = last }
        if last == hiddenPlace { base[count - 1] = UInt8(ascii: "?") }
      } else if value.isNumber {
        UnsafeMutableRawPointer(base + count).storeBytes(of: words[place], as: UInt64.self)
        count += 8
        place += 1
      }
    }
    guard let first else { return count }
    let endOfStrings = last + JSONValue.sizeOfLength + length(ofStringAt: last)
    func write(_ part: Range<Int>) -> Bool {
      guard count + part.count <= room.count else { return false }
      memcpy(base + count, strings + part.lowerBound, part.count)
      count += part.count
      return true
    }
    guard let hiddenPlace else { return write(first..<endOfStrings) ? count : nil }
    let next = hiddenPlace + JSONValue.sizeOfLength + length(ofStringAt: hiddenPlace)
    return write(first..<hiddenPlace) && write(next..<endOfStrings) ? count : nil
  }

  /// How many words of the tape a string of the value stands behind the value itself; nil where the
  /// bytes are none of its strings.
  package func distance(to text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = text.baseAddress else { return nil }
    let offset = strings.distance(to: start) - JSONValue.sizeOfLength
    var place = index
    while place < end {
      let value = at(place)
      if value.isString, Int(value.payload) == offset {
        return length(ofStringAt: offset) == text.count ? place - index : nil
      }
      place += value.isNumber ? 2 : 1
    }
    return nil
  }

  /// What stands so many words behind the value.
  package func value(atDistance distance: Int) -> JSONValue { at(index + distance) }
}
