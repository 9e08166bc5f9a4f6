package import Answers
package import Questions

extension SharedRequests {
  /// What it says, in a sentence.
  package var sentence: String {
    let percent = Int((share * 100).rounded())
    return "of the ids that \(gateway) logged, about \(percent) % stand in what \(other) logged "
      + "too: these requests count twice"
  }
}

extension Answer {
  /// Says which gateways logged the same requests: in notes, and as `same_requests`, which is there in
  /// no other answer.
  package func noting(_ shared: [SharedRequests]) -> Answer {
    if shared.isEmpty { return self }
    var answer = self
    for shared in shared {
      answer.caution(shared.sentence, next: .askAboutGateway(shared.other))
    }
    answer.remark(Remarks(sameRequests: shared))
    return answer
  }
}
