/// The texts of a Swift file: what stands in its string literals, comments left out.
///
/// Literals that are only joined by `+` are one text. Inside of one, `\(…)` stands for what an
/// interpolation puts there; the literals in it are texts of their own.
struct SwiftTexts {
  private(set) var texts: [String] = []
  private var rest: Substring
  /// Code since the last literal; nil before the first.
  private var between: String?

  init(in source: String) {
    rest = source[...]
    readCode(isInside: false)
  }

  /// Reads code to the end, or to the parenthesis that ends an interpolation.
  private mutating func readCode(isInside: Bool) {
    var depth = 0
    while let character = rest.first {
      if skip("//") {
        rest = rest.drop { $0 != "\n" }
      } else if skip("/*") {
        skipComment()
      } else if let opening = delimiter {
        readLiteral(opening)
      } else {
        rest.removeFirst()
        between?.append(character)
        if character == "(" { depth += 1 }
        if character == ")" {
          if isInside, depth == 0 { return }
          depth -= 1
        }
      }
    }
  }

  /// A comment may hold others.
  private mutating func skipComment() {
    var depth = 1
    while depth > 0, !rest.isEmpty {
      if skip("/*") {
        depth += 1
      } else if skip("*/") {
        depth -= 1
      } else {
        rest.removeFirst()
      }
    }
  }

  /// The number signs and quotes that a literal begins with; nil where none begins.
  private var delimiter: (signs: Int, quotes: Int)? {
    let signs = rest.prefix { $0 == "#" }.count
    let quotes = rest.dropFirst(signs).prefix { $0 == "\"" }.count
    return quotes == 0 ? nil : (signs, quotes >= 3 ? 3 : 1)
  }

  private mutating func readLiteral(_ opening: (signs: Int, quotes: Int)) {
    let isJoined = between?.filter { !$0.isWhitespace } == "+"
    let signs = String(repeating: "#", count: opening.signs)
    let end = String(repeating: "\"", count: opening.quotes) + signs
    rest.removeFirst(opening.signs + opening.quotes)
    var text = ""
    while let character = rest.first, !skip(end) {
      if skip("\\" + signs + "(") {
        text += "\\(…)"
        readCode(isInside: true)
      } else if skip("\\" + signs) {
        if !rest.isEmpty { text.append(rest.removeFirst()) }
      } else {
        text.append(character)
        rest.removeFirst()
      }
    }
    if isJoined, let before = texts.popLast() { text = before + text }
    texts.append(text)
    between = ""
  }

  private mutating func skip(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest.removeFirst(text.count)
    return true
  }
}
