package import Events

extension Condition {
  /// The conditions that values of a field stand for where they are listed by themselves: one of
  /// those that are named, and none of those behind a `!`.
  package static func conditions(
    on field: ResponseField, from values: [String]
  ) throws(RuleError) -> [Condition] {
    let parser = RuleParser([])
    var (named, excluded): ([Pattern], [Pattern]) = ([], [])
    for value in values {
      let isExcluded = value.first == "!"
      let text = isExcluded ? String(value.dropFirst()) : value
      let token = Token(sort: .word, text: text, column: 1, end: text.count + 1)
      let pattern = try parser.pattern(token, of: field)
      if isExcluded { excluded.append(pattern) } else { named.append(pattern) }
    }
    return [
      Condition(field: field, isExcluding: false, patterns: named),
      Condition(field: field, isExcluding: true, patterns: excluded),
    ].filter { !$0.patterns.isEmpty }
  }
}
