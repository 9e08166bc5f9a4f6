/// A stretch of a line of Markdown.
enum Span: Equatable {
  case text(String)
  /// Between backticks.
  case code(String)
  /// Between two stars each.
  case strong(String)
  /// `[text](target)`
  case link(String, target: String)

  static func all(in text: String) -> [Span] {
    var spans: [Span] = []
    var rest = text[...]
    var plain = ""
    while let character = rest.first {
      if let (span, end) = span(at: rest) {
        if !plain.isEmpty { spans.append(.text(plain)) }
        plain = ""
        spans.append(span)
        rest = end
      } else {
        plain.append(character)
        rest.removeFirst()
      }
    }
    return plain.isEmpty ? spans : spans + [.text(plain)]
  }

  /// What begins here, if it is more than text, and what follows it.
  private static func span(at text: Substring) -> (Span, rest: Substring)? {
    if let (code, rest) = inside(text, from: "`", to: "`") { return (.code(code), rest) }
    if let (strong, rest) = inside(text, from: "**", to: "**") { return (.strong(strong), rest) }
    if let (words, rest) = inside(text, from: "[", to: "]"),
      let (target, end) = inside(rest, from: "(", to: ")")
    {
      return (.link(words, target: target), end)
    }
    return nil
  }

  private static func inside(
    _ text: Substring, from start: String, to end: String
  ) -> (String, rest: Substring)? {
    guard text.hasPrefix(start) else { return nil }
    var rest = text.dropFirst(start.count)
    var inner = ""
    while let character = rest.first {
      if rest.hasPrefix(end) { return inner.isEmpty ? nil : (inner, rest.dropFirst(end.count)) }
      inner.append(character)
      rest.removeFirst()
    }
    return nil
  }
}

/// A line of Markdown as text: code keeps its backticks, so that one sees where it ends.
func plainText(_ markdown: String) -> String {
  Span.all(in: markdown).map { span in
    switch span {
    case .text(let text), .strong(let text): text
    case .code(let code): "`\(code)`"
    case .link(let text, let target):
      target.hasPrefix("http") && text != target ? "\(text) (\(target))" : text
    }
  }.joined()
}
