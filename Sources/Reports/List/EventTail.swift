package import Events
internal import Files
internal import Questions
package import Times

/// The events that are stored from some moment on, as they come.
package struct EventTail {
  private let question: Question
  /// Nil where all times are meant.
  private let range: TimeRange?
  /// The number of the last event that was looked at, for each store whose events there are.
  private var last: [Int64: Int64] = [:]

  /// So many are handed over at once.
  private static let most = 1000

  /// - Parameter range: leaves out what is of another time, or of none; nil for nothing.
  package init(of question: Question, within range: TimeRange?) throws {
    self.question = question
    self.range = range
    for store in try question.archive.newestEvents() { last[store.lowerBound] = store.upperBound }
  }

  private struct Enough: Error {}

  /// What was stored since it was asked last, in the order it was stored in: some of it, where that is
  /// much, and the rest when it is asked again.
  package mutating func next() throws -> [Event] {
    var fresh: Question?
    var events: [Event] = []
    for store in try question.archive.newestEvents() {
      // Where logs are read again, events may get the numbers of those that went.
      let last = min(last[store.lowerBound] ?? store.lowerBound, store.upperBound)
      self.last[store.lowerBound] = last
      guard store.upperBound > last, events.count < EventTail.most else { continue }
      // What is known of texts by their numbers may be so no longer.
      if fresh == nil { question.archive.forgetTexts() }
      let reader = try fresh ?? question.reopened()
      fresh = reader
      events += try next(of: store, after: last, reader)
    }
    return events
  }

  /// The same of one store.
  private mutating func next(
    of store: ClosedRange<Int64>, after last: Int64, _ fresh: Question
  ) throws -> [Event] {
    var numbers: [Int64] = []
    var seen = last
    do {
      try fresh.archive.errors(.after(last), texts: false) { error in
        if numbers.count == EventTail.most { throw Enough() }
        seen = max(seen, error.number)
        let vendor = fresh.vocabulary.vendors.number(ofStored: error.vendor)
        guard fresh.vendors.isEmpty || fresh.asksAbout(number: vendor) else { return }
        if let range {
          guard let time = error.time, range.contains(time) else { return }
        }
        numbers.append(error.number)
      }
    } catch is Enough {}
    // What the filter left out need not be looked at again.
    self.last[store.lowerBound] =
      numbers.count == EventTail.most ? seen : max(seen, store.upperBound)
    return try numbers.compactMap { try fresh.archive.event($0) }
  }
}
