internal import Answers
internal import Questions
internal import Times

// What an answer must say of what is not there any more.
extension Question {
  /// What an answer was taken from.
  enum Ground {
    case events
    case counts
  }

  /// What detectors read: counts, but where a filter needs to look at events.
  var detectionGround: Ground { filter.isOfSuccesses ? .counts : .events }

  /// Whether some of what an answer is taken from was pruned, in the range.
  func isPruned(_ ground: Ground) -> Bool { pruned(ground, since: range.since).latest != nil }

  private func pruned(_ ground: Ground, since: Int64) -> PrunedUntil {
    let pruned =
      switch ground {
      case .events: archive.pruned.events
      case .counts: archive.pruned.counts
      }
    return pruned.of(vendors).after(since)
  }

  /// An answer that says what was pruned of its range; throws where it lacks a name, as the store is
  /// damaged. Without `since`, the question's own range counts.
  func honest(_ answer: Answer, from ground: Ground, since: Int64? = nil) throws -> Answer {
    try archive.checkTexts()
    return noting(answer, from: ground, since: since)
  }

  /// The same in a note, and as `pruned_before`, which is there in no other answer.
  func noting(_ answer: Answer, from ground: Ground, since: Int64? = nil) -> Answer {
    answer.noting(
      pruned: ground, until: pruned(ground, since: since ?? range.since), zone: zone)
  }
}

extension Answer {
  /// What is missing, where something is. Of vendors that more was pruned of than of others,
  /// `pruned_vendors` has the names.
  func noting(
    pruned ground: Question.Ground, until pruned: PrunedUntil, zone: Zone
  ) -> Answer {
    guard let latest = pruned.latest else { return self }
    var answer = self
    let vendors = pruned.vendors.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var times: [String] = []
    func moment(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    if let all = pruned.all { times.append("before \(moment(all))") }
    for (vendor, time) in vendors.prefix(5) { times.append("of \(vendor) before \(moment(time))") }
    if vendors.count > 5 { times.append("of \(vendors.count - 5) more vendors") }
    let what = times.joined(separator: ", ")
    switch ground {
    case .events:
      answer.caution("events \(what) were pruned: this is about those that are left")
    case .counts:
      answer.caution("counts \(what) were pruned: this is about those that are left")
    }
    let names = vendors.map(\.key)
    answer.remark(Remarks(prunedBefore: latest, prunedVendors: names.isEmpty ? nil : names))
    return answer
  }
}
