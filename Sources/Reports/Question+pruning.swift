internal import Answers
internal import Events
internal import Store

// What an answer must say of what is not there any more.
extension Question {
  /// What an answer was taken from.
  enum Ground {
    case events
    case counts
    /// Counts by route, which older stores did not have.
    case routes
  }

  /// Whether some of what an answer is taken from was pruned, in the range.
  func isPruned(_ ground: Ground) -> Bool { prunedBefore(ground, since: range.since) != nil }

  private func prunedBefore(_ ground: Ground, since: Int64) -> Int64? {
    let pruned =
      switch ground {
      case .events: store.pruned.events
      case .counts: store.pruned.counts
      case .routes: [store.pruned.routes, store.pruned.counts].compactMap(\.self).max()
      }
    return pruned.flatMap { since < $0 ? $0 : nil }
  }

  /// An answer that says what was pruned of its range; throws where it lacks a name, as the store is
  /// damaged. Without `since`, the question's own range counts.
  func honest(_ answer: Answer, from ground: Ground, since: Int64? = nil) throws -> Answer {
    try store.checkTexts()
    return noting(answer, from: ground, since: since)
  }

  /// The same in a note, and as `pruned_before`, which is there in no other answer.
  func noting(_ answer: Answer, from ground: Ground, since: Int64? = nil) -> Answer {
    guard let time = prunedBefore(ground, since: since ?? range.since) else { return answer }
    return answer.noting(pruned: ground, before: time, zone: zone)
  }
}

extension Answer {
  func noting(pruned ground: Question.Ground, before time: Int64, zone: Zone) -> Answer {
    var answer = self
    let moment = formatLocal(time, zone: zone, style: .minutes)
    switch ground {
    case .events:
      answer.notes.append("events before \(moment) were pruned: this is about those that are left")
    case .counts:
      answer.notes.append("counts before \(moment) were pruned: this is about those that are left")
    case .routes:
      answer.notes.append("not all errors before \(moment) are counted by route: some were pruned")
    }
    if case .object(var object) = answer.value {
      object["pruned_before"] = Value(time: time)
      answer.value = .object(object)
    }
    return answer
  }
}
