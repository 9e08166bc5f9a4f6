package import Events
internal import Files

/// An event's line, read back from its log.
package struct RecalledLine: Sendable {
  /// What it says now.
  package var event: Event
  /// Every id on it, and its hash by the store's seed.
  package var identifiers: [(text: String, hash: UInt64)]
  /// The file in which it stands now.
  package var path: String
  /// What stands there, without its secrets; of a very long line the beginning. Empty where lines are
  /// not shown.
  package var text: String
  /// Which line of the file it is, from 1; nil where lines are not shown.
  package var number: Int64?

  package init(
    event: Event, identifiers: [(text: String, hash: UInt64)], path: String, text: String,
    number: Int64?
  ) {
    self.event = event
    self.identifiers = identifiers
    self.path = path
    self.text = text
    self.number = number
  }

  /// What came of looking for one.
  package enum Search: Sendable {
    case read(RecalledLine)
    /// Neither where it was nor in a file that the log may have become.
    case gone
    /// It stands further into a log than is read, or is too long.
    case tooFar
  }
}

extension Event {
  /// Whether the event that a line is now may be this one: nothing in it contradicts this event. A
  /// value that only one of the two has does not, nor one that depends on the import's options (a
  /// zone), nor one that was redacted.
  package func agrees(with other: Event) -> Bool {
    func agree<Value: Equatable>(_ path: KeyPath<Event, Value?>) -> Bool {
      guard let own = self[keyPath: path], let others = other[keyPath: path] else { return true }
      return own == others
    }
    func agreeAsText(_ path: KeyPath<Event, String?>) -> Bool {
      guard let own = self[keyPath: path], let others = other[keyPath: path] else { return true }
      return own == others
        || [own, others].contains { $0.contains(text: "[redacted:") || $0.contains("\u{FFFD}") }
    }
    return status == other.status && agreeInTime(with: other) && agree(\.method)
      && agreeAsText(\.vendor) && agreeAsText(\.code) && agreeAsText(\.path)
      && agreeAsText(\.requestID) && agree(\.latency) && agree(\.upstreamStatus)
  }

  /// Times without a zone are read in that of the import: zones are whole quarters of an hour
  /// apart.
  private func agreeInTime(with other: Event) -> Bool {
    guard let own = time, let others = other.time else { return true }
    let (difference, isTooLarge) = own.subtractingReportingOverflow(others)
    return !isTooLarge && difference % Event.quarter == 0 && difference.magnitude <= 26 * 3_600_000
  }

  private static let quarter: Int64 = 900_000
}
