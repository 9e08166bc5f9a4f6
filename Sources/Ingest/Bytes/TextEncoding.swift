internal import Events

/// How a log's bytes spell text: UTF-8, or UTF-16 in either order, as PowerShell and other Windows
/// programs write it.
enum TextEncoding {
  case utf8, utf16Little, utf16Big

  /// Tells the encoding by a log's first bytes: a byte order mark, or zeros between Latin letters.
  /// Refuses what is no log.
  init(ofLog head: [UInt8]) throws(InputError) {
    try head.withUnsafeBufferPointer { head throws(InputError) in
      try FileSignature.refuseNonLog(head)
    }
    func begins(_ pattern: UInt8?...) -> Bool {
      pattern.count <= head.count
        && zip(pattern, head).allSatisfy { $0 == nil ? $1 != 0 : $0 == $1 }
    }
    if begins(0xFF, 0xFE, 0, 0) || begins(0, 0, 0xFE, 0xFF)
      || begins(nil, 0, 0, 0, nil, 0, 0, 0) || begins(0, 0, 0, nil, 0, 0, 0, nil)
    {
      throw InputError("is written in UTF-32", hint: .convert(.utf32))
    }
    if begins(0xFF, 0xFE) || begins(nil, 0, nil, 0) {
      self = .utf16Little
    } else if begins(0xFE, 0xFF) || begins(0, nil, 0, nil) {
      self = .utf16Big
    } else {
      self = .utf8
    }
  }

  /// How many of these bytes are whole characters of UTF-16.
  func wholeCharacters(in bytes: [UInt8]) -> Int {
    let units = bytes.count & ~1
    guard units > 0 else { return 0 }
    let high = bytes[units - (self == .utf16Little ? 1 : 2)]
    return high & 0xFC == 0xD8 ? units - 2 : units
  }

  /// UTF-16 as UTF-8; half a pair or half a unit is U+FFFD.
  func utf8(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2 + 1)
    var place = bytes.startIndex
    while place + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      units.append(self == .utf16Little ? second << 8 | first : first << 8 | second)
      place += 2
    }
    if place < bytes.endIndex { units.append(0xFFFD) }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
