package import Events
internal import Files
internal import Questions
package import Times

/// The events that are stored from some moment on, as they come.
package struct EventTail {
  private let question: Question
  /// Nil where all times are meant.
  private let range: TimeRange?
  /// The number of the last event that was looked at.
  private var last: Int64

  /// So many are handed over at once.
  private static let most = 1000

  /// - Parameter range: leaves out what is of another time, or of none; nil for nothing.
  package init(of question: Question, within range: TimeRange?) throws {
    self.question = question
    self.range = range
    last = try question.archive.newestEvent()
  }

  private struct Enough: Error {}

  /// What was stored since it was asked last, in the order it was stored in: some of it, where that is
  /// much, and the rest when it is asked again.
  package mutating func next() throws -> [Event] {
    let newest = try question.archive.newestEvent()
    // Where logs are read again, events may get the numbers of those that went.
    last = min(last, newest)
    guard newest > last else { return [] }
    // What is known of texts by their numbers may be so no longer.
    let fresh = try question.reopened()
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
    last = numbers.count == EventTail.most ? seen : max(seen, newest)
    return try numbers.compactMap { try fresh.archive.event($0) }
  }
}
