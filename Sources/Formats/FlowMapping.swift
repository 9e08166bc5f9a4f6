/// A mapping of YAML in one piece, `{status: "%RESPONSE_CODE%", req: {path: x}}`, or an object of JSON: its
/// texts, by the names down to them with dots between.
struct FlowMapping {
  private(set) var values: [(path: String, text: String)] = []
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
    takeMapping(below: "", depth: 0)
  }

  /// No format is nested deeper.
  private static let deepest = 32

  private mutating func takeMapping(below path: String, depth: Int) {
    guard rest.first == "{", depth < FlowMapping.deepest else { return }
    rest = rest.dropFirst()
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard let first = rest.first, first != "}" else { break }
      let key = takeWord(endedBy: ":")
      guard !key.isEmpty, rest.first == ":" else { return }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      let inner = path.isEmpty ? key : "\(path).\(key)"
      if rest.first == "{" {
        takeMapping(below: inner, depth: depth + 1)
      } else {
        values.append((inner, takeWord(endedBy: ",")))
      }
    }
    rest = rest.dropFirst()
  }

  /// A word in quotes or without, up to a mark or the end of the mapping.
  private mutating func takeWord(endedBy mark: Character) -> String {
    guard let quote = rest.first, quote == "\"" || quote == "'" else {
      let word = rest.prefix { $0 != mark && $0 != "}" }
      rest = rest[word.endIndex...]
      return String(word).trimmed
    }
    var word = ""
    var isEscaped = false
    rest = rest.dropFirst()
    while let character = rest.first {
      rest = rest.dropFirst()
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote == "\"" {
        isEscaped = true
        continue
      } else if character == quote {
        break
      }
      word.append(character)
    }
    rest = rest.drop(while: \.isWhitespace)
    return word
  }
}
