/// Text that Markdown takes for text: nothing in it becomes markup, a link, an image or a mention.
///
/// Only what would mean something where it stands gets a backslash: chats that know less of Markdown
/// show each. The rules are those of GitHub (<https://github.github.com/gfm/>) with its mentions,
/// emoji and formulas.
func markdown(_ text: String) -> String {
  let scalars = Array(visible(onOneLine(text)).unicodeScalars)
  var escaped = String.UnicodeScalarView()
  for place in scalars.indices {
    if meansSomething(place, in: scalars) { escaped.append("\\") }
    escaped.append(scalars[place])
  }
  return String(escaped)
}

/// Line breaks and tabs as spaces, none of them at either end: an indent would make it code.
func onOneLine(_ text: String) -> String {
  let words = text.unicodeScalars.split(omittingEmptySubsequences: false) {
    $0 == " " || ("\t"..."\r").contains($0)
  }
  let inner = words.drop(while: \.isEmpty)
  let trimmed = inner.reversed().drop(while: \.isEmpty).reversed()
  return trimmed.map { String($0) }.joined(separator: " ")
}

private func meansSomething(_ place: Int, in text: [Unicode.Scalar]) -> Bool {
  let before: Unicode.Scalar = place > 0 ? text[place - 1] : " "
  let after: Unicode.Scalar = place + 1 < text.count ? text[place + 1] : " "
  switch text[place] {
  // Code, emphasis, strikethrough, links and images, tags, cells, formulas.
  case "\\", "`", "*", "~", "[", "]", "<", "|", "$": return true
  // Emphasis, but not inside of a word.
  case "_": return !isWord(before) || !isWord(after)
  // A heading, a list, a quotation, a rule or an underline, at the start of a line; `#1` is an issue.
  case "#": return place == 0 || isWord(after)
  case "-", "+", ">", "=": return place == 0
  // A numbered list; the address of a server.
  case ".":
    return place <= 9 && place > 0 && text[..<place].allSatisfy(isDigit) && after == " "
      || isAddress(text[..<place], "www")
  case ")": return place <= 9 && place > 0 && text[..<place].allSatisfy(isDigit) && after == " "
  // An address, or an emoji.
  case ":":
    return after == "/" || isAddress(text[..<place], "mailto") || isAddress(text[..<place], "xmpp")
      || isEmoji(text[(place + 1)...])
  // A mention, or somebody's address.
  case "@": return isWord(after)
  // An entity.
  case "&": return isWord(after) || after == "#"
  default: return false
  }
}

private func isAddress(_ text: ArraySlice<Unicode.Scalar>, _ scheme: String) -> Bool {
  text.suffix(scheme.unicodeScalars.count).elementsEqual(scheme.unicodeScalars) {
    $0.properties.lowercaseMapping == String($1)
  }
}

/// Whether a name and a colon follow a colon: `:tada:`.
private func isEmoji(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
  let name = text.prefix { isWord($0) || "_+-".unicodeScalars.contains($0) }
  return !name.isEmpty && name.count <= 64 && name.endIndex < text.endIndex
    && text[name.endIndex] == ":" && !name.allSatisfy(isDigit)
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
  isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool {
  ("0"..."9").contains(scalar)
}
