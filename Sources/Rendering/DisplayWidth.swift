/// The columns a text takes on a terminal: wide East Asian characters and emoji count two,
/// combining characters none. For text that has been made visible.
func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  if text.unicodeScalars.allSatisfy(isNarrow) { return text.unicodeScalars.count }
  return text.reduce(0) { $0 + displayWidth($1) }
}

/// The text, cut and ended by an ellipsis where it takes more than `width` columns.
func clipped(_ text: String, to width: Int) -> String {
  if displayWidth(text) <= width { return text }
  var kept = ""
  var used = 0
  for character in text {
    used += displayWidth(character)
    if used > width - 1 { break }
    kept.append(character)
  }
  return kept + "…"
}

/// The text's words in lines of at most `width` columns; a longer word has a line of its own. A number
/// and its unit are one word, as far as there is room for it: “6 min 25 s”, “3.1 %”, “Thu 12 Nov”.
func wrapped(_ text: String, to width: Int?) -> [String] {
  guard let width, displayWidth(text) > width else { return [text] }
  var lines: [String] = []
  var line = ""
  var used = 0
  let words = words(of: text).flatMap { word in
    displayWidth(word) <= width ? [word] : word.split(separator: " ").map(String.init)
  }
  for word in words {
    let columns = displayWidth(word)
    if !line.isEmpty, used + 1 + columns > width {
      lines.append(line)
      (line, used) = ("", 0)
    }
    line += line.isEmpty ? word : " \(word)"
    used += columns + (used == 0 ? 0 : 1)
  }
  return lines + [line]
}

/// A line in pieces of at most `width` columns, wherever that breaks it: for what has no space in it.
func broken(_ line: String, to width: Int) -> [String] {
  if displayWidth(line) <= width { return [line] }
  var pieces: [String] = []
  var piece = ""
  var used = 0
  for character in line {
    let columns = displayWidth(character)
    if !piece.isEmpty, used + columns > width {
      pieces.append(piece)
      (piece, used) = ("", 0)
    }
    piece.append(character)
    used += columns
  }
  return pieces + [piece]
}

private func displayWidth(_ character: Character) -> Int {
  var width = 0
  var isEmoji = false
  for scalar in character.unicodeScalars {
    if scalar.value == 0xFE0F {  // what precedes is shown as an emoji
      width = max(width, isEmoji ? 2 : width)
    } else if !(isEmoji && scalar.properties.isEmojiModifier) {
      width += displayWidth(scalar)
    }
    isEmoji = isEmoji || scalar.properties.isEmoji
  }
  return width
}

/// Whether a scalar takes one column wherever it stands: as the lines and blocks of charts do.
private func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x300 || (0x2500...0x259F).contains(scalar.value)
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0  // Hangul vowels and finals join the consonant
  case 0x1F1E6...0x1F1FF: return 1  // two of them make a flag
  default: return isWide(scalar) ? 2 : 1
  }
}

/// East Asian Width W and F, in blocks: https://www.unicode.org/reports/tr11/
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x3FFFD:
    true
  default: scalar.properties.isEmojiPresentation
  }
}
