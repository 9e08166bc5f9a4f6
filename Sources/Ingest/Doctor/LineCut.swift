/// A line of text cut where its values end: at blanks, and at the marks between columns.
struct LineCut {
  enum Mark: Hashable {
    case word
    /// Between two marks, as in `"…"` or `[…]`.
    case enclosed(Character, Character)
    /// `name=` before the value.
    case pair(String, isQuoted: Bool)
  }

  struct Column {
    var mark: Mark
    var text: String
    /// What stands between the column before it and this one.
    var before = ""
  }

  static let mostColumns = 64
  private static let pairs: [Character: Character] = [
    "\"": "\"", "'": "'", "[": "]", "(": ")", "{": "}", "<": ">",
  ]

  private(set) var columns: [Column] = []

  init(_ line: String) {
    let mark = LineCut.separator(of: line)
    var rest = line[...]
    while columns.count <= LineCut.mostColumns {
      let start = rest.startIndex
      var hasMark = false
      while let character = rest.first {
        if character.isWhitespace || character == mark && !hasMark {
          hasMark = hasMark || character == mark
          rest = rest.dropFirst()
        } else if character == ",", columns.last.map({ $0.mark != .word }) ?? false, !hasMark {
          // `"a","b"`
          hasMark = true
          rest = rest.dropFirst()
        } else {
          break
        }
      }
      let before = String(line[start..<rest.startIndex])
      guard !rest.isEmpty || hasMark else { return }
      var column = LineCut.column(at: &rest, mark)
      // Blanks around a mark are kept as they are; blanks alone are told by there being none.
      column.before = before.contains(where: { !$0.isWhitespace }) || before.isEmpty ? before : ""
      columns.append(column)
    }
  }

  /// The mark that stands between the line's columns; nil where only blanks do.
  private static func separator(of line: String) -> Character? {
    for mark: Character in ["\t", "|", ";"] where line.count(where: { $0 == mark }) >= 3 {
      return mark
    }
    return nil
  }

  private static func column(at rest: inout Substring, _ mark: Character?) -> Column {
    if let open = rest.first, let close = pairs[open],
      let (text, end) = enclosed(rest, close, mark)
    {
      rest = rest[end...]
      return Column(mark: .enclosed(open, close), text: text)
    }
    let word = rest.prefix { $0 != mark && !($0.isWhitespace && mark == nil) }
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex,
      word[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) })
    else {
      rest = rest[word.endIndex...]
      return Column(mark: .word, text: String(word).trimmed)
    }
    let name = String(word[..<equals])
    rest = rest[rest.index(after: equals)...]
    if rest.first == "\"", let (text, end) = enclosed(rest, "\"", mark) {
      rest = rest[end...]
      return Column(mark: .pair(name, isQuoted: true), text: text)
    }
    let value = rest.prefix { $0 != mark && !($0.isWhitespace && mark == nil) }
    rest = rest[value.endIndex...]
    return Column(mark: .pair(name, isQuoted: false), text: String(value).trimmed)
  }

  /// What stands between the mark here and the one that closes it, where a column ends with that.
  private static func enclosed(
    _ text: Substring, _ close: Character, _ mark: Character?
  ) -> (String, Substring.Index)? {
    var place = text.index(after: text.startIndex)
    while place < text.endIndex, text[place] != close {
      if text[place] == "\\" { place = text.index(after: place) }
      if place < text.endIndex { place = text.index(after: place) }
    }
    guard place < text.endIndex else { return nil }
    let inside = text[text.index(after: text.startIndex)..<place]
    let end = text.index(after: place)
    guard end == text.endIndex || text[end].isWhitespace || text[end] == mark || text[end] == ","
    else { return nil }
    return (String(inside), end)
  }
}

extension String {
  /// Without blanks around it.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
