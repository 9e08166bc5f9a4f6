internal import Events

/// How a log's bytes spell text: UTF-8, or UTF-16 in either order, as PowerShell and other Windows
/// programs write it.
enum TextEncoding {
  case utf8, utf16Little, utf16Big

  /// Tells the encoding by a log's first bytes: a byte order mark, or zeros between Latin letters.
  /// Refuses what is no log.
  init(ofLog head: Bytes) throws(InputError) {
    try Foreign.refuse(head)
    func begins(_ pattern: UInt8?...) -> Bool {
      pattern.count <= head.count
        && zip(pattern, head).allSatisfy { $0 == nil ? $1 != 0 : $0 == $1 }
    }
    if begins(0xFF, 0xFE, 0, 0) || begins(0, 0, 0xFE, 0xFF)
      || begins(nil, 0, 0, 0, nil, 0, 0, 0) || begins(0, 0, 0, nil, 0, 0, 0, nil)
    {
      throw InputError(
        "is written in UTF-32",
        hint: "make it UTF-8: iconv -f UTF-32 -t UTF-8 LOG | errata import -")
    }
    if begins(0xFF, 0xFE) || begins(nil, 0, nil, 0) {
      self = .utf16Little
    } else if begins(0xFE, 0xFF) || begins(0, nil, 0, nil) {
      self = .utf16Big
    } else {
      self = .utf8
    }
  }

  /// Bytes of a code unit, and so of a newline.
  var width: Int { self == .utf8 ? 1 : 2 }

  /// Whether a line ends where these bytes do.
  func endsInNewline(_ bytes: Bytes) -> Bool {
    let count = bytes.count
    switch self {
    case .utf8: return count >= 1 && bytes[count - 1] == 0x0A
    case .utf16Little: return count >= 2 && bytes[count - 2] == 0x0A && bytes[count - 1] == 0
    case .utf16Big: return count >= 2 && bytes[count - 2] == 0 && bytes[count - 1] == 0x0A
    }
  }

  /// Whether a newline starts at a place: the first byte of a code unit.
  func isNewline(_ bytes: Bytes, at place: Int) -> Bool {
    place + width <= bytes.count && endsInNewline(bytes.part(place..<place + width))
  }

  /// Bytes as text.
  func text(of bytes: Bytes) -> String {
    if self == .utf8 { return String(repairing: bytes) }
    return String(unsafeUninitializedCapacity: TextEncoding.bound(bytes.count)) {
      transcode(bytes, into: $0)
    }
  }

  /// The most bytes of UTF-8 that so many bytes can become.
  static func bound(_ count: Int) -> Int { count / 2 * 3 + 3 }

  /// Writes UTF-16 as UTF-8, half a pair or half a unit as U+FFFD, and returns how many bytes it
  /// has become. `output` holds `bound(bytes.count)`.
  func transcode(_ bytes: Bytes, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = 0
    var place = 0
    func unit(_ place: Int) -> UInt32? {
      guard place + 1 < bytes.count else { return nil }
      let (first, second) = (UInt32(bytes[place]), UInt32(bytes[place + 1]))
      return self == .utf16Little ? second << 8 | first : first << 8 | second
    }
    func put(_ byte: UInt32) {
      output[count] = UInt8(truncatingIfNeeded: byte)
      count += 1
    }
    while place < bytes.count {
      var scalar = unit(place) ?? 0xFFFD
      place += 2
      if scalar & 0xF800 == 0xD800 {
        if scalar < 0xDC00, let low = unit(place), low & 0xFC00 == 0xDC00 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
          place += 2
        } else {
          scalar = 0xFFFD
        }
      }
      switch scalar {
      case ..<0x80: put(scalar)
      case ..<0x800:
        put(0xC0 | scalar >> 6)
        put(0x80 | scalar & 0x3F)
      case ..<0x10000:
        put(0xE0 | scalar >> 12)
        put(0x80 | scalar >> 6 & 0x3F)
        put(0x80 | scalar & 0x3F)
      default:
        put(0xF0 | scalar >> 18)
        put(0x80 | scalar >> 12 & 0x3F)
        put(0x80 | scalar >> 6 & 0x3F)
        put(0x80 | scalar & 0x3F)
      }
    }
    return count
  }
}
