internal import Files

/// The text with everything that could steer a terminal or hide in it made visible: control
/// characters (a line break included), direction marks and characters without width.
///
/// A byte of a file name that is no UTF-8 is shown as such, `\xff`.
/// `\x1b`, `\x9b` and the like up to U+009F, `\n`, `\r` and `\t`, `\u{202e}` above. Nothing is
/// parsed and nothing stripped: allow-lists of escape sequences have been got round (less #781).
package func visible(_ text: String) -> String {
  if isPlain(text) { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if scalar.isHidden {
      shown += escape(scalar)
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// Whether it is visible as it is, each byte a column wide: printable ASCII and nothing else.
func isPlain(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
}

/// The text's lines, each made visible: for text whose line breaks are meant.
func visibleLines(_ text: String) -> [String] {
  guard text.utf8.contains(0x0A) else { return [visible(text)] }
  return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    .map { visible(String($0)) }
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": return "\\n"
  case "\r": return "\\r"
  case "\t": return "\\t"
  default: break
  }
  let digits = String(PathText.byte(of: scalar).map(UInt32.init) ?? scalar.value, radix: 16)
  if scalar.value > 0xFF, digits.count > 2 { return "\\u{\(digits)}" }
  return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
}

extension Unicode.Scalar {
  /// Whether it acts on a terminal or is not to be seen: C0, DEL and C1 controls, line and paragraph
  /// separators, bidirectional controls, what has no width, what is no character, and tags.
  var isHidden: Bool {
    switch value {
    case 0x20..<0x7F: false
    case 0x00..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xFFFE...0xFFFF, 0xE0000...0xE0FFF: true
    default: PathText.byte(of: self) != nil
    }
  }
}
