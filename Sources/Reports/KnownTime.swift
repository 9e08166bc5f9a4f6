package import Answers
internal import Times

extension Answer {
  /// Says from when to when responses are known, where none is of the time that a question asks about.
  package func notingKnown(_ question: Question) -> Answer {
    guard question.isBeyondKnown, let extent = question.extent else { return self }
    var answer = self
    answer.caution(
      "responses are known from \(question.shown(extent.since)) to \(question.shown(extent.until)) only"
    )
    return answer
  }
}

extension Question {
  /// Whether it is about a time of which nothing is known: before the first response or after the last.
  var isBeyondKnown: Bool {
    guard hasGivenRange, let extent else { return false }
    return range.since > extent.until || range.until <= extent.since
  }
}
