/// The words of a directive: what stands between blanks, or in quotes.
struct Words {
  /// How a configuration quotes.
  struct Style {
    /// Marks that open and close a quoted word.
    var quotes: [Character] = ["\"", "'"]
    /// Marks in which a backslash stands for itself.
    var literal: [Character] = []
    /// Whether a backslash stands for itself nowhere.
    var unescapesAll = false
    /// Ends a directive, aside from the end of its text.
    var end: Character?
  }

  private(set) var words: [String] = []
  /// Where the directive ends.
  private(set) var end: Substring.Index
  /// Whether a quote opens that nothing closes, or that closes in another statement.
  private(set) var isUnclosed = false

  init(_ text: Substring, _ style: Style) {
    var word = ""
    var hasWord = false
    var quote: Character?
    var isEscaped = false
    var isComment = false
    var place = text.startIndex
    while place < text.endIndex {
      let character = text[place]
      place = text.index(after: place)
      if isComment {
        isComment = !character.isNewline
      } else if isEscaped {
        isEscaped = false
        word += Words.unescaped(character, in: quote, style)
        hasWord = true
      } else if character == "\\", quote.map({ !style.literal.contains($0) }) ?? true {
        isEscaped = true
      } else if let open = quote {
        if character == open {
          quote = nil
        } else {
          // A quoted format may go on in the next line, but not behind the end of its statement.
          if let mark = style.end, character.isNewline, word.last == mark { isUnclosed = true }
          word.append(character)
        }
      } else if style.quotes.contains(character) {
        quote = character
        hasWord = true
      } else if character == style.end {
        break
      } else if character == "#", !hasWord {
        isComment = true
      } else if character.isWhitespace {
        if hasWord { words.append(word) }
        word = ""
        hasWord = false
      } else {
        word.append(character)
        hasWord = true
      }
    }
    end = place
    if quote != nil { isUnclosed = true }
    if hasWord { words.append(word) }
  }

  private static func unescaped(_ character: Character, in quote: Character?, _ style: Style)
    -> String
  {
    if character == "\n" { return quote == nil ? " " : "" }
    if character == "\\" || style.quotes.contains(character) { return String(character) }
    if character == " ", quote == nil || style.unescapesAll { return " " }
    switch character {
    case "n": return "\n"
    case "t": return "\t"
    default: return style.unescapesAll ? String(character) : "\\" + String(character)
    }
  }
}

extension String {
  /// Its lines, those that a backslash continues together.
  var continuedLines: [Substring] {
    var lines: [Substring] = []
    var start = startIndex
    var place = startIndex
    var before: Character?
    while place < endIndex {
      if self[place].isNewline, before != "\\" {
        lines.append(self[start..<place])
        start = index(after: place)
      }
      before = self[place]
      place = index(after: place)
    }
    return lines + [self[start...]]
  }
}
