internal import Files

/// Letters without their marks, as people type them who have no such keys: `no valido` for `no válido`.
enum Folding {
  /// A text in which the letters of Latin-1 and Polish stand without marks.
  static func folded(_ text: some Collection<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    var lead: UInt8 = 0
    for byte in text {
      if lead != 0 {
        if let plain = plain(lead, byte) {
          folded.append(plain)
        } else {
          folded.append(lead)
          folded.append(byte)
        }
        lead = 0
      } else if byte == 0xC3 || byte == 0xC4 || byte == 0xC5 {
        lead = byte
      } else {
        folded.append(byte)
      }
    }
    if lead != 0 { folded.append(lead) }
    return folded
  }

  private static func plain(_ lead: UInt8, _ byte: UInt8) -> UInt8? {
    switch (lead, byte) {
    case (0xC3, 0x80...0x85), (0xC3, 0xA0...0xA5): UInt8(ascii: "a")
    case (0xC3, 0x87), (0xC3, 0xA7): UInt8(ascii: "c")
    case (0xC3, 0x88...0x8B), (0xC3, 0xA8...0xAB): UInt8(ascii: "e")
    case (0xC3, 0x8C...0x8F), (0xC3, 0xAC...0xAF): UInt8(ascii: "i")
    case (0xC3, 0x91), (0xC3, 0xB1): UInt8(ascii: "n")
    case (0xC3, 0x92...0x96), (0xC3, 0xB2...0xB6): UInt8(ascii: "o")
    case (0xC3, 0x99...0x9C), (0xC3, 0xB9...0xBC): UInt8(ascii: "u")
    case (0xC4, 0x84...0x85): UInt8(ascii: "a")
    case (0xC4, 0x86...0x87): UInt8(ascii: "c")
    case (0xC4, 0x98...0x99): UInt8(ascii: "e")
    case (0xC5, 0x81...0x82): UInt8(ascii: "l")
    case (0xC5, 0x83...0x84): UInt8(ascii: "n")
    case (0xC5, 0x9A...0x9B): UInt8(ascii: "s")
    case (0xC5, 0xB9...0xBC): UInt8(ascii: "z")
    default: nil
    }
  }
}

/// The words of a code, with blanks between: `missing_api_token` and `MissingApiToken` have three.
enum CodeAsWords {
  /// Longer codes have no more words.
  private static let longest = 160

  static func text(of code: Bytes) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(code.count + 8)
    var previousIsLower = false
    for byte in code.part(0..<longest) {
      let isUpper = byte >= 0x41 && byte <= 0x5A
      let isBreak = byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == 0x2E
      if isUpper, previousIsLower { text.append(0x20) }
      text.append(isBreak ? 0x20 : byte)
      previousIsLower = !isUpper && !isBreak
    }
    return text
  }
}
