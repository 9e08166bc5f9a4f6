internal import Events

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
  /// Whether the tail must have a digit: the prefix is a word that others use too.
  var needsDigit: Bool
  /// Whether there is no more of the tail than `least`.
  var isExact: Bool

  init(
    _ text: StaticString, _ kind: StaticString, _ least: Int, _ tail: Tail = .wide,
    needsDigit: Bool = false, isExact: Bool = false
  ) {
    self.text = text
    self.kind = kind
    self.least = least
    self.tail = tail
    self.needsDigit = needsDigit
    self.isExact = isExact
  }
}

/// The prefixes by their first byte.
final class KeyPrefixes: Sendable {
  static let all = KeyPrefixes(KeyPrefix.known)

  private let byFirst: [[KeyPrefix]]

  private init(_ prefixes: [KeyPrefix]) {
    var byFirst = Array(repeating: [KeyPrefix](), count: 256)
    for prefix in prefixes { byFirst[Int(prefix.text.utf8Start[0])].append(prefix) }
    self.byFirst = byFirst
  }

  /// Where the key that starts at a place ends, and whose it is.
  func key(in text: Bytes, at place: Int) -> (end: Int, kind: StaticString)? {
    for prefix in byFirst[Int(text[place])] {
      let start = place + prefix.text.utf8CodeUnitCount
      guard start + prefix.least <= text.count,
        text.part(place..<start).isEqual(to: prefix.text)
      else { continue }
      var end = start
      var hasDigit = false
      while end < text.count, prefix.tail.holds(text[end]) {
        if text[end].isDigit { hasDigit = true }
        end += 1
      }
      // A full stop ends a sentence.
      while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
      guard end - start >= prefix.least, hasDigit || !prefix.needsDigit else { continue }
      if prefix.isExact,
        end - start > prefix.least || (end < text.count && text[end].isLetterOrDigit)
      {
        continue
      }
      return (end, prefix.kind)
    }
    return nil
  }
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
