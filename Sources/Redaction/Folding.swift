internal import Files

// Words as they compare in any language: in lower case, without accents, the same in whichever of
// Unicode's normal forms they come.

/// A character of UTF-8, and how many bytes it has; of what is no UTF-8, one byte.
struct Character32 {
  var value: UInt32
  var length: Int

  init(_ text: Bytes, at place: Int) {
    let lead = text[place]
    // Of three bytes as most letters beyond Latin's are.
    if lead & 0xF0 == 0xE0, place &+ 2 < text.count {
      let (next, last) = (text[place &+ 1], text[place &+ 2])
      let isWhole = next & 0xC0 == 0x80 && last & 0xC0 == 0x80
      value =
        isWhole
        ? UInt32(lead & 0x0F) << 12 | UInt32(next & 0x3F) << 6 | UInt32(last & 0x3F) : 0xFFFD
      length = isWhole ? 3 : 1
      return
    }
    let count = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    guard count > 1, place + count <= text.count else {
      (value, length) = (lead < 0x80 ? UInt32(lead) : 0xFFFD, 1)
      return
    }
    var bits = UInt32(lead) & (0x7F >> UInt32(count))
    for next in text[(place + 1)..<(place + count)] {
      guard next & 0xC0 == 0x80 else {
        (value, length) = (0xFFFD, 1)
        return
      }
      bits = bits << 6 | UInt32(next & 0x3F)
    }
    (value, length) = (bits, count)
  }

  /// A letter of any script, or an accent that stands by itself: no digit, space or punctuation.
  var isLetter: Bool {
    switch value {
    case 0x3040...0xD7FF: true
    case 0...0x7F: UInt8(value).isLetter
    case 0xAA, 0xB5, 0xBA: true
    case 0x80...0xBF, 0xD7, 0xF7: false
    case 0x2000...0x206F, 0x2190...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0x3030: false
    case 0xFE10...0xFE6F, 0xFF01...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: false
    case 0xFFFD...: false
    default: true
    }
  }

  /// Whether words of its script stand apart, with spaces between.
  var hasSpaces: Bool {
    value < 0x0E00 || (0x1E00...0x1FFF).contains(value)
  }

  /// A space of any width.
  var isSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}

/// Hands over the bytes of a text in its folded form.
@inline(__always)
func fold(_ text: Bytes, _ emit: (UInt8) -> Void) {
  var place = 0
  while place < text.count {
    let byte = text[place]
    if byte < 0x80 {
      emit(byte.lower)
      place += 1
    } else {
      let character = Character32(text, at: place)
      foldWide(character.value, emit)
      place += character.length
    }
  }
}

/// Hands over the bytes of a character in its folded form.
@inline(__always)
func fold(_ value: UInt32, _ emit: (UInt8) -> Void) {
  if value < 0x80 { emit(UInt8(value).lower) } else { foldWide(value, emit) }
}

/// A text in its folded form.
func folded(_ text: Bytes) -> [UInt8] {
  var result: [UInt8] = []
  fold(text) { result.append($0) }
  return result
}

private func foldWide(_ value: UInt32, _ emit: (UInt8) -> Void) {
  switch value {
  // Accents, also of kana.
  case 0x300...0x36F, 0x3099, 0x309A, 0xFF9E, 0xFF9F: return
  case 0xC0..<0x240: emitLetter(latin, value - 0xC0, value, emit)
  case 0x1E00..<0x1F00: emitLetter(latinExtended, value - 0x1E00, value, emit)
  case 0x386...0x3CE: emitUTF8(foldGreek(value), emit)
  case 0x400...0x45F: emitUTF8(foldCyrillic(value), emit)
  case 0x3041...0x3096: emitUTF8(foldKana(value + 0x60) - 0x60, emit)
  case 0x30A1...0x30F6: emitUTF8(foldKana(value), emit)
  case 0xAC00...0xD7A3:
    // Hangul, in its letters: <https://www.unicode.org/reports/tr15>.
    let index = value - 0xAC00
    emitUTF8(0x1100 + index / 588, emit)
    emitUTF8(0x1161 + index % 588 / 28, emit)
    if index % 28 > 0 { emitUTF8(0x11A7 + index % 28, emit) }
  case 0xFF01...0xFF5E: emit(UInt8(value - 0xFEE0).lower)
  default: emitUTF8(value, emit)
  }
}

/// The letters under the accents of U+00C0 to U+023F, and of U+1E00 to U+1EFF; `*` where there is
/// none.
private let latin: StaticString = """
  aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
  aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
  lllnnnnnn*nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
  b*******************************oo*************uu***************\
  ****dddlllnnnaaiioouuuuuuuuuu*aaaaaa**ggkkoooo**jdddgg**nnaaaaoo\
  aaaaeeeeiiiioooorrrruuuusstt**hh******aaeeooooooooyy************
  """
private let latinExtended: StaticString = """
  aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
  mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
  wwwwwwwwwwxxxxyyzzzzzzhtwyas**s*aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
  eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******
  """

private func emitLetter(
  _ letters: StaticString, _ place: UInt32, _ value: UInt32, _ emit: (UInt8) -> Void
) {
  let letter = letters.utf8Start[Int(place)]
  if letter == UInt8(ascii: "*") { emitUTF8(value, emit) } else { emit(letter) }
}

private func foldGreek(_ value: UInt32) -> UInt32 {
  switch value {
  case 0x386, 0x3AC: 0x3B1
  case 0x388, 0x3AD: 0x3B5
  case 0x389, 0x3AE: 0x3B7
  case 0x38A, 0x3AF: 0x3B9
  case 0x38C, 0x3CC: 0x3BF
  case 0x38E, 0x3CD: 0x3C5
  case 0x38F, 0x3CE: 0x3C9
  case 0x3C2: 0x3C3
  case 0x391...0x3A9: value + 0x20
  default: value
  }
}

private func foldCyrillic(_ value: UInt32) -> UInt32 {
  let lower = value < 0x410 ? value + 0x50 : value < 0x430 ? value + 0x20 : value
  switch lower {
  case 0x439: return 0x438
  case 0x451: return 0x435
  case 0x457: return 0x456
  default: return lower
  }
}

/// Katakana without the marks that voice it.
private func foldKana(_ value: UInt32) -> UInt32 {
  switch value {
  case 0x30AC...0x30C2: value % 2 == 0 ? value - 1 : value
  case 0x30C5, 0x30C7, 0x30C9: value - 1
  case 0x30CF...0x30DD: value - (value - 0x30CF) % 3
  case 0x30F4: 0x30A6
  default: value
  }
}

/// Hands over the bytes of a character in UTF-8.
func emitUTF8(_ value: UInt32, _ emit: (UInt8) -> Void) {
  func tail(_ shift: UInt32) { emit(UInt8(0x80 | (value >> shift) & 0x3F)) }
  if value < 0x80 {
    emit(UInt8(value))
  } else if value < 0x800 {
    emit(UInt8(0xC0 | value >> 6))
    tail(0)
  } else if value < 0x10000 {
    emit(UInt8(0xE0 | value >> 12))
    tail(6)
    tail(0)
  } else {
    emit(UInt8(0xF0 | (value >> 18) & 7))
    tail(12)
    tail(6)
    tail(0)
  }
}
