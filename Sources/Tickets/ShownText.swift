/// A pasted text as its reader sees it: what mail, chats, browsers and screenshots put into it or made
/// of its characters is taken back.
///
/// What quoted-printable escapes, its soft line breaks and the marks of quotations go; what cannot be seen (soft
/// hyphens, spaces without width, the colours of a terminal) goes; every dash is a hyphen; characters
/// of full width are plain ones; a backslash that Markdown needs goes; entities of HTML and escapes of
/// JSON and of URLs are the characters they stand for.
struct ShownText: Sequence, IteratorProtocol {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    rest = Substring(QuotedPrintable(text).text ?? text).unicodeScalars
  }

  /// The next line, without the marks of quotations and the space around it.
  mutating func next() -> [Unicode.Scalar]? {
    guard !rest.isEmpty else { return nil }
    var line: [Unicode.Scalar] = []
    while !rest.isEmpty {
      line += ShownText.withoutMarks(rawLine())
      guard line.last == "=", line.dropLast().last?.isIDLetter ?? false, beginsWithRest else {
        break
      }
      line.removeLast()
    }
    return ShownText.decoded(line)
  }

  /// Whether the next line may begin with the rest of an id: else a sign at a line's end is the id's own,
  /// as in base64.
  private var beginsWithRest: Bool {
    var next = self
    let head = ShownText.withoutMarks(next.rawLine()).prefix(while: \.isIDLetter)
    return head.count >= 2 && (head.contains(where: \.isDigit) || head.allSatisfy(\.isHexadecimal))
  }

  /// The next line as it stands there, of what can be seen.
  private mutating func rawLine() -> [Unicode.Scalar] {
    var line: [Unicode.Scalar] = []
    while let scalar = rest.popFirst() {
      if scalar == "\r", rest.first == "\n" { continue }
      if ShownText.plain(scalar) == "\n" { break }
      line.append(scalar)
    }
    return ShownText.withoutColours(line).compactMap(ShownText.plain)
  }

  /// Nil for what cannot be seen.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F: nil
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0x09: " "
    case 0x0D, 0x2028, 0x2029, 0x85: "\n"
    default: scalar
    }
  }

  /// Without the sequences by which a terminal is told colours.
  private static func withoutColours(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard scalars.contains("\u{1B}") else { return scalars }
    var kept: [Unicode.Scalar] = []
    var place = 0
    while place < scalars.count {
      guard scalars[place] == "\u{1B}", place + 1 < scalars.count, scalars[place + 1] == "[" else {
        kept.append(scalars[place])
        place += 1
        continue
      }
      place += 2
      while place < scalars.count, !(0x40...0x7E).contains(scalars[place].value) { place += 1 }
      place += 1
    }
    return kept
  }

  /// Without the marks of a quotation (`> > `, `| `), and space before and after.
  private static func withoutMarks(_ line: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    var line = line.drop { " >|".unicodeScalars.contains($0) }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Escapes and entities as the characters they stand for.
  private static func decoded(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard line.contains(where: { "\\%&=".unicodeScalars.contains($0) }) else { return line }
    var decoded: [Unicode.Scalar] = []
    var place = 0
    while place < line.count {
      let rest = line[place...]
      if let (scalar, length) = escape(rest) {
        if let scalar { decoded.append(scalar) }
        place += length
      } else {
        decoded.append(line[place])
        place += 1
      }
    }
    return decoded
  }

  /// What stands at the beginning, if it is an escape, and how long that is; nil for nothing to show.
  private static func escape(
    _ text: ArraySlice<Unicode.Scalar>
  ) -> (Unicode.Scalar?, length: Int)? {
    guard let first = text.first else { return nil }
    let rest = text.dropFirst()
    switch first {
    case "\\":
      guard let next = rest.first else { return nil }
      if next == "u", let value = number(rest.dropFirst().prefix(4), digits: 4) {
        return (plain(value), 6)
      }
      if "nrt".unicodeScalars.contains(next) { return (" ", 2) }
      return next.isASCII && !next.properties.isAlphabetic && !next.isDigit ? (next, 2) : nil
    case "%":
      return number(rest.prefix(2), digits: 2).flatMap { $0.isASCII ? ($0, 3) : nil }
    case "=":
      return rest.prefix(2).elementsEqual("3D".unicodeScalars) ? ("=", 3) : nil
    case "&":
      for (name, scalar) in entities where rest.starts(with: name.unicodeScalars) {
        return (scalar, name.unicodeScalars.count + 1)
      }
      return nil
    default: return nil
    }
  }

  private static let entities: [(String, Unicode.Scalar?)] = [
    ("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("apos;", "'"), ("#39;", "'"),
    ("#x27;", "'"), ("nbsp;", " "), ("shy;", nil), ("#173;", nil), ("#8203;", nil),
    ("#x2F;", "/"), ("#47;", "/"), ("#45;", "-"), ("#x2D;", "-"), ("#95;", "_"),
  ]

  private static func number(_ text: ArraySlice<Unicode.Scalar>, digits: Int) -> Unicode.Scalar? {
    guard text.count == digits, text.allSatisfy(\.isHexadecimal) else { return nil }
    return UInt32(String(String.UnicodeScalarView(text)), radix: 16).flatMap(Unicode.Scalar.init)
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  var isHexadecimal: Bool {
    isDigit || ("a"..."f").contains(self) || ("A"..."F").contains(self)
  }
  var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  /// Whether ids are written with it, anywhere in them.
  var isIDLetter: Bool { isLetter || isDigit || self == "-" || self == "_" }
}
