internal import Files

/// How a vendor's keys begin, and what must follow for it to be one.
struct KeyPrefix {
  enum Tail {
    /// Letters and digits.
    case plain
    /// Also `_` and `-`.
    case wide
    /// Also `.`, `+`, `/` and `=`.
    case dotted
    /// Small hexadecimal digits.
    case hex
    /// Capital letters and digits.
    case capital
  }

  var text: StaticString
  var kind: StaticString
  /// Bytes after the prefix, at least.
  var least: Int
  var tail: Tail
  /// Whether the tail must have a digit and not be made of words: the prefix is one that others use
  /// too.
  var needsDigit: Bool
  /// Whether the tail must be capitals, small letters and digits without order: the prefix is a
  /// word.
  var needsMix: Bool
  /// Whether there is no more of the tail than `least`.
  var isExact: Bool

  init(
    _ text: StaticString, _ kind: StaticString, _ least: Int, _ tail: Tail = .wide,
    needsDigit: Bool = false, needsMix: Bool = false, isExact: Bool = false
  ) {
    self.text = text
    self.kind = kind
    self.least = least
    self.tail = tail
    self.needsDigit = needsDigit
    self.needsMix = needsMix
    self.isExact = isExact
  }
}

/// The prefixes by their first byte, in plain memory: asked at each word of a text.
final class KeyPrefixes: @unchecked Sendable {
  static let all = KeyPrefixes(KeyPrefix.known)

  /// A prefix and its first eight bytes, for a quick look.
  private struct Entry {
    var prefix: KeyPrefix
    var head: UInt64
    var mask: UInt64
  }

  private let entries: UnsafeMutableBufferPointer<Entry>
  /// Where the entries of each first byte start; one more for the end.
  private let starts: UnsafeMutableBufferPointer<Int>
  /// Which two bytes an entry begins with.
  private let pairs: UnsafeMutableBufferPointer<Bool>

  private init(_ prefixes: [KeyPrefix]) {
    entries = .allocate(capacity: prefixes.count)
    starts = .allocate(capacity: 257)
    pairs = .allocate(capacity: 1 << 16)
    pairs.initialize(repeating: false)
    for prefix in prefixes {
      pairs[Int(prefix.text.utf8Start[0]) << 8 | Int(prefix.text.utf8Start[1])] = true
    }
    var count = 0
    for byte in 0..<256 {
      starts.initializeElement(at: byte, to: count)
      for prefix in prefixes where prefix.text.utf8Start[0] == byte {
        let text = Bytes(start: prefix.text.utf8Start, count: prefix.text.utf8CodeUnitCount)
        let mask: UInt64 = text.count < 8 ? 1 << UInt64(text.count * 8) - 1 : .max
        entries.initializeElement(
          at: count, to: Entry(prefix: prefix, head: KeyPrefixes.head(of: text, at: 0), mask: mask))
        count += 1
      }
    }
    starts.initializeElement(at: 256, to: count)
  }

  /// Up to eight bytes, the first lowest.
  private static func head(of text: Bytes, at place: Int) -> UInt64 {
    if place + 8 <= text.count {
      let word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
      return UInt64(littleEndian: word)
    }
    var word: UInt64 = 0
    for (number, byte) in text[place...].enumerated() { word |= UInt64(byte) << UInt64(number * 8) }
    return word
  }

  /// Where the key that starts at a place ends, and whose it is.
  func key(in text: Bytes, at place: Int) -> (end: Int, kind: StaticString)? {
    let first = Int(text[place])
    guard place + 1 < text.count, pairs[first << 8 | Int(text[place + 1])] else { return nil }
    let head = KeyPrefixes.head(of: text, at: place)
    for entry in entries[starts[first]..<starts[first + 1]] where head & entry.mask == entry.head {
      if let end = end(of: entry.prefix, in: text, at: place) { return (end, entry.prefix.kind) }
    }
    return nil
  }

  /// Where the key of one prefix ends, if one starts at a place.
  private func end(of prefix: KeyPrefix, in text: Bytes, at place: Int) -> Int? {
    let start = place + prefix.text.utf8CodeUnitCount
    guard start + prefix.least <= text.count, text.part(place..<start).isEqual(to: prefix.text)
    else { return nil }
    var end = start
    func walk(to last: Int) {
      while end < last, prefix.tail.holds(text[end]) { end += 1 }
    }
    // The beginning tells: a longer tail is walked through only if it is a key's.
    walk(to: min(text.count, start + KeyPrefixes.glance))
    if prefix.needsDigit || prefix.needsMix {
      let tail = text.part(start..<end)
      guard prefix.needsMix ? isMixed(tail) : tail.contains(where: \.isDigit), !isMadeOfWords(tail)
      else { return nil }
    }
    walk(to: text.count)
    // A full stop ends a sentence.
    while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end - start >= prefix.least else { return nil }
    let isLonger =
      end - start > prefix.least || (end < text.count && text[end].isLetterOrDigit)
    return prefix.isExact && isLonger ? nil : end
  }

  private static let glance = 128
}

extension KeyPrefix.Tail {
  func holds(_ byte: UInt8) -> Bool {
    switch self {
    case .plain: return byte.isLetterOrDigit
    case .wide: return byte.isOne(of: .word)
    case .dotted:
      return byte.isOne(of: .word) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
    case .hex: return byte.isDigit || (0x61...0x66).contains(byte)
    case .capital: return byte.isDigit || byte.isUpper
    }
  }
}
