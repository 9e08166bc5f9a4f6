/// A configuration in YAML, or in JSON, as far as formats need it: keys, their values, what is indented
/// below them.
struct Outline {
  struct Entry {
    var key: String
    /// Blanks before the key.
    var indent: Int
    /// What stands behind the colon: a text without its quotes, or a block of lines.
    var value: String
    /// Where the entry stands among the lines, and among the entries.
    var line: Int
    var number = 0
  }

  private let lines: [Substring]
  private(set) var entries: [Entry] = []

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var line = 0
    while line < lines.count {
      let start = line
      if var entry = entry(at: &line) {
        entry.number = entries.count
        entries.append(entry)
      }
      line = max(line, start + 1)
    }
  }

  /// The entries below one, those further in included.
  func entries(below entry: Entry) -> ArraySlice<Entry> {
    entries[(entry.number + 1)...].prefix { $0.indent > entry.indent }
  }

  /// Takes the entry that begins at a line, and moves on behind it.
  private func entry(at line: inout Int) -> Entry? {
    let text = lines[line]
    var rest = text.drop { $0 == " " || $0 == "\t" }
    var indent = text.count - rest.count
    while rest.hasPrefix("- ") || rest.hasPrefix("{ ") {
      indent += 2
      rest = rest.dropFirst(2)
    }
    if rest.hasPrefix("{\"") { rest = rest.dropFirst() }
    guard rest.first != "#", let (key, value) = Outline.key(of: rest) else { return nil }
    let start = line
    let entryValue = self.value(value, indent: indent, &line)
    return Entry(key: key, indent: indent, value: entryValue, line: start)
  }

  /// `key:`, `"key":`, `'key':` or `key =`, and what follows.
  private static func key(of text: Substring) -> (String, Substring)? {
    var key = ""
    var rest = text
    if let quote = text.first, quote == "\"" || quote == "'" {
      rest = text.dropFirst()
      key = String(rest.prefix { $0 != quote })
      rest = rest.dropFirst(key.count + 1)
    } else {
      key = String(text.prefix { !$0.isWhitespace && $0 != ":" && $0 != "=" })
      rest = text.dropFirst(key.count)
    }
    rest = rest.drop { $0 == " " }
    guard !key.isEmpty, let mark = rest.first, mark == ":" || mark == "=" else { return nil }
    let value = rest.dropFirst()
    guard value.first.map({ $0 == " " || $0 == "\t" || mark == "=" || "\"'{".contains($0) }) ?? true
    else { return nil }
    return (key, value.drop { $0 == " " || $0 == "\t" })
  }

  private func value(_ text: Substring, indent: Int, _ line: inout Int) -> String {
    line += 1
    switch text.first {
    case "|", ">": return block(folded: text.first == ">", indent: indent, &line)
    case "\"", "'": return quoted(text, &line)
    case "{": return balanced(text, &line)
    default:
      if let comment = text.place(of: " #") { return String(text[..<comment]).trimmed }
      return String(text).trimmed
    }
  }

  private func block(folded: Bool, indent: Int, _ line: inout Int) -> String {
    var block: [Substring] = []
    var inner: Int?
    while line < lines.count {
      let text = lines[line]
      let rest = text.drop { $0 == " " }
      if !rest.isEmpty {
        guard text.count - rest.count > indent else { break }
        inner = inner ?? text.count - rest.count
      }
      block.append(text.dropFirst(min(inner ?? 0, text.count)))
      line += 1
    }
    return block.joined(separator: folded ? " " : "\n").trimmed
  }

  private func quoted(_ text: Substring, _ line: inout Int) -> String {
    guard let quote = text.first else { return "" }
    var value = ""
    var isEscaped = false
    var rest = text.dropFirst()
    while true {
      var place = rest.startIndex
      while place < rest.endIndex {
        let character = rest[place]
        if isEscaped {
          isEscaped = false
          value += character == "n" ? "\n" : character == "t" ? "\t" : String(character)
        } else if character == "\\", quote == "\"" {
          isEscaped = true
        } else if character == quote {
          let next = rest.index(after: place)
          guard quote == "'", next < rest.endIndex, rest[next] == "'" else { return value }
          value.append("'")
          place = next
        } else {
          value.append(character)
        }
        place = rest.index(after: place)
      }
      guard line < lines.count else { return value }
      if !isEscaped { value.append(" ") }
      isEscaped = false
      rest = lines[line].drop(while: \.isWhitespace)
      line += 1
    }
  }

  /// A text from its first brace to the one that closes it.
  private func balanced(_ text: Substring, _ line: inout Int) -> String {
    var value = ""
    var depth = 0
    var rest = text
    while true {
      for character in rest {
        value.append(character)
        if character == "{" { depth += 1 }
        if character == "}" { depth -= 1 }
        if depth == 0 { return value }
      }
      guard line < lines.count else { return value }
      value.append("\n")
      rest = lines[line]
      line += 1
    }
  }
}
