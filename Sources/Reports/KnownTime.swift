package import Answers
internal import Events
internal import Files
internal import Questions
internal import Times

// What is known at all of the time that a question asks about.
extension Answer {
  /// Says from when on, or from when to when, responses are known, where that is not all of the time
  /// that a question asks about, and what could be asked instead.
  package func notingKnown(_ question: Question) throws -> Answer {
    var answer = self
    if let place = answer.notes.firstIndex(where: { $0.text == question.note }) {
      if question.extent == nil {
        if try !question.archive.hasUndated() { answer.notes[place].next = .importFirst }
      } else {
        answer.notes[place].text = question.noted(question.note, of: question.range)
      }
    }
    if question.isBeyondKnown { question.noteKnown(in: &answer) }
    return answer
  }
}

extension Note {
  /// That what went wrong is told by little more than statuses.
  static let withoutBodies = Note("the newest errors have neither code nor message", next: .logMore)
}

extension Question {
  /// Whether it is about a time of which nothing is known: before the first response or after the last.
  var isBeyondKnown: Bool {
    guard hasGivenRange, let extent else { return false }
    return range.since > extent.until || range.until <= extent.since
  }

  /// Says from when to when responses are known, and what could be asked instead.
  ///
  /// - Parameter week: the one that is asked about, where it is a week.
  func noteKnown(in answer: inout Answer, of week: ISOWeek? = nil) {
    guard let extent else { return }
    let newest = TimeRange(since: extent.until - 1, until: extent.until)
    let words = "responses are known from \(shown(extent.since)) to \(shown(extent.until)) only"
    if week != nil {
      let last = ISOWeek(of: newest.since, zone: zone)
      let isFirst = last.range(in: zone).since <= extent.since
      answer.caution(words, next: .askAboutWeek((isFirst ? last : last.previous).text))
      return
    }
    let first = max(extent.since, zone.shifted(newest, byDays: -6).since)
    let days = TimeRange(since: first, until: zone.shifted(newest, byDays: 1).since)
    answer.caution(words, next: .askAbout(self.days(of: days)))
  }

  func noted(_ words: String, of range: TimeRange) -> String {
    knownOnly(of: range).map { "\(words), \($0)" } ?? words
  }

  /// From when on a range is known, where that is not from its first day on; nil where it is, or
  /// not known at all.
  func knownOnly(of range: TimeRange) -> String? {
    firstKnown(in: range).map { "known from \(formatLocal($0, zone: zone, style: .weekday)) on" }
  }

  /// When the log begins, where that is on a later day than a range does.
  func firstKnown(in range: TimeRange) -> Int64? {
    guard let extent, range.contains(extent.since),
      zone.local(of: extent.since).rounded(downTo: Milliseconds.day)
        > zone.local(of: range.since).rounded(downTo: Milliseconds.day)
    else { return nil }
    return extent.since
  }

  /// Whether none of the newest errors of the range has a code or a message, as of logs without bodies.
  func isWithoutBodies() throws -> Bool {
    // Of a line or two nothing can be said.
    let (few, many) = (3, 20)
    guard extent != nil else { return false }
    // Of those that were looked at, the ones with a body: few are looked at that are not among the newest.
    var withBodies: Set<Int64> = []
    let newest = try archive.latestErrors(many, during: range, before: nil, texts: false) { error in
      let isMeant =
        vendors.isEmpty || asksAbout(number: vocabulary.vendors.number(ofStored: error.vendor))
      if isMeant, error.code != 0 || error.message != 0 { withBodies.insert(error.number) }
      return isMeant
    }
    return newest.count >= few && newest.allSatisfy { !withBodies.contains($0.number) }
  }
}

extension Archive {
  /// Whether there are responses without a time.
  fileprivate func hasUndated() throws -> Bool {
    var isAny = false
    try undatedResponses { _ in isAny = true }
    return isAny
  }
}
