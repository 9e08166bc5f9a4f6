package import Answers
internal import Times

extension Answer {
  /// Says from when to when responses are known, where none is of the time that a question asks about.
  package func notingKnown(_ question: Question) -> Answer {
    guard question.hasGivenRange, let extent = question.extent,
      question.range.since > extent.until || question.range.until <= extent.since
    else { return self }
    var answer = self
    answer.caution(
      "responses are known from \(question.shown(extent.since)) to \(question.shown(extent.until)) only"
    )
    return answer
  }
}
