/// A rule and where it stands.
package struct PlacedRule: Sendable {
  package var rule: Rule
  package var origin: RuleOrigin?

  package init(_ rule: Rule, origin: RuleOrigin? = nil) {
    self.rule = rule
    self.origin = origin
  }

  /// Reads a rule that stands by itself, such as an option's value.
  package init(_ text: String, of name: String) throws(RuleError) {
    self = try PlacedRule(text, RuleOrigin(name, text: text))
  }

  private init(_ text: String, _ origin: RuleOrigin) throws(RuleError) {
    do {
      self.init(try Rule(text), origin: origin)
    } catch {
      var error = error
      error.origin = origin
      throw error
    }
  }

  /// The rules of a file, one a line. Blank lines are none, nor are those that begin with `#`.
  package static func all(in text: String, of name: String) throws(RuleError) -> [PlacedRule] {
    var rules: [PlacedRule] = []
    // By scalars: "\r\n" is one Character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      var line = String(String.UnicodeScalarView(line))
      if line.last == "\r" { line.removeLast() }
      let isRule = line.first { !$0.isWhitespace }.map { $0 != "#" } ?? false
      guard isRule else { continue }
      rules.append(try PlacedRule(line, RuleOrigin(name, line: number + 1, text: line)))
    }
    return rules
  }
}
