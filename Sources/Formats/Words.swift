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
  /// How many characters the directive took.
  private(set) var count = 0

  init(_ text: Substring, _ style: Style) {
    var word: String?
    var quote: Character?
    var isEscaped = false
    var isComment = false
    for character in text {
      count += 1
      if isComment {
        isComment = character != "\n"
        continue
      }
      if isEscaped {
        isEscaped = false
        word = (word ?? "") + Words.unescaped(character, in: quote, style)
        continue
      }
      if character == "\\", quote.map({ !style.literal.contains($0) }) ?? true {
        isEscaped = true
        continue
      }
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
        continue
      }
      if style.quotes.contains(character) {
        quote = character
        word = word ?? ""
      } else if character == style.end {
        break
      } else if character == "#", word == nil {
        isComment = true
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
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
