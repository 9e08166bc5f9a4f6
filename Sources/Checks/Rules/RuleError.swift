/// A rule that cannot be understood: what is wrong, where, and what would be right.
package struct RuleError: Error, Sendable, Equatable {
  package var message: String
  package var hint: String?
  /// What may have been meant by `word`.
  package var word = ""
  package var known: [String] = []
  /// Whether the rule would do if a longer time were judged.
  package var isOfTooShortTime = false
  /// Of the character at fault in the rule's text, from 1.
  package var column: Int
  /// Nil of a rule that is not known to stand anywhere.
  package var origin: RuleOrigin?

  package init(
    _ message: String, hint: String? = nil, at column: Int, word: String = "", known: [String] = []
  ) {
    self.message = message
    self.hint = hint
    self.column = column
    self.word = word
    self.known = known
  }

  /// `FILE:LINE:COLUMN: MESSAGE`, as far as that is known.
  package var sentence: String {
    guard let origin else { return message }
    let place = origin.line.map { "\(origin.name):\($0):\(column)" } ?? "\(origin.name):\(column)"
    return "\(place): \(message)"
  }
}

/// Where a rule stands.
package struct RuleOrigin: Sendable, Hashable {
  /// A file's name, or an option's.
  package var name: String
  /// From 1; nil where there are no lines.
  package var line: Int?
  /// The rule as it stands there, with what is around it on its line.
  package var text: String

  package init(_ name: String, line: Int? = nil, text: String) {
    self.name = name
    self.line = line
    self.text = text
  }
}
