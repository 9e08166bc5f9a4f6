internal import Answers
internal import Arguments
internal import Reports

extension Command {
  static let queries = Command(
    "queries", "the questions that can be asked by name",
    without: [.store],
    examples: [Example("errata queries", "their names, and what they say")]
  ) { invocation in
    var answer = Question.queries(try OwnQueries.withBuiltIn())
    answer.notes = ["ask one with: errata query NAME"]
    try invocation.show(answer)
    return .ok
  }
}
