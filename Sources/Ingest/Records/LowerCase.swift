internal import Profiles

extension String {
  /// The same as `lowercased()`, which asks a table what each letter beyond ASCII is like: most have no other
  /// case, or are small ones.
  var inLowerCase: String {
    var text: [UInt8] = []
    text.reserveCapacity(utf8.count)
    for letter in unicodeScalars {
      if letter.isASCII {
        text.append(Profiles.lowercased(UInt8(truncatingIfNeeded: letter.value)))
      } else if letter.isSmallOrCaseless {
        text.append(contentsOf: letter.utf8)
      } else {
        text.append(contentsOf: letter.properties.lowercaseMapping.utf8)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Unicode.Scalar {
  /// Whether it is known to be its own small letter: of Latin-1, of Cyrillic, of Chinese, Japanese and Korean.
  var isSmallOrCaseless: Bool {
    switch value {
    case 0xDF...0xFF, 0x430...0x45F, 0x3040...0x9FFF, 0xAC00...0xD7A3: true
    default: false
    }
  }
}
