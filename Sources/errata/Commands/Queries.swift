internal import Arguments
internal import Reports

extension Command {
  static let queries = Command(
    "queries", "the questions that can be asked by name",
    without: [.store],
    examples: [Example("errata queries", "their names, and what they say")]
  ) { invocation in
    try invocation.show(Question.queries())
    return .ok
  }
}
