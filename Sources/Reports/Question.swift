package import Events
package import Store
internal import Queries

/// What every question has in common: of which store, over what time, about which vendors.
package struct Question {
  package let store: StoreReader
  package var range: TimeRange
  package let zone: Zone
  /// Empty: all.
  package let vendors: [String]
  /// When anything happened at all.
  package let extent: TimeRange?

  /// Without `since` or `until`, the seven days that end at the newest event.
  package init(
    _ store: StoreReader, since: Int64? = nil, until: Int64? = nil, zone: Zone = .utc,
    vendors: [String] = []
  ) throws {
    self.store = store
    self.zone = zone
    self.vendors = vendors
    extent = try store.extent()
    let end = until ?? extent?.until ?? 0
    range = TimeRange(since: since ?? end - 7 * Milliseconds.day, until: end)
  }

  /// The same question over another time.
  func during(_ range: TimeRange) -> Question {
    var question = self
    question.range = range
    return question
  }

  /// The range in words, with its zone.
  package var note: String {
    "\(formatLocal(range.since, zone: zone, style: .minutes)) to "
      + "\(formatLocal(range.until, zone: zone, style: .minutes)) (\(zone.name))"
  }

  /// What the queries of `Queries/` ask for.
  func parameters(_ range: TimeRange? = nil) -> [String: StoreReader.Parameter] {
    [
      "since_ms": .integer((range ?? self.range).since),
      "until_ms": .integer((range ?? self.range).until),
      "vendor": .text(vendors.count == 1 ? vendors[0] : ""),
    ]
  }

  func wants(_ vendor: String?) -> Bool {
    vendors.isEmpty || vendors.contains(vendor ?? "")
  }

  /// The part of a range in which there can be data: from the start of the first day that has any,
  /// through the newest event's minute.
  func covered(_ range: TimeRange) -> TimeRange {
    guard let extent else { return TimeRange(since: range.since, until: range.since) }
    let first = extent.since - extent.since % Milliseconds.day
    let minute = Milliseconds.minute
    let last = (extent.until + minute - 1) / minute * minute
    return TimeRange(since: max(range.since, first), until: min(range.until, last))
  }

  /// Runs a query of the folder by its name.
  func ask(_ name: String, _ range: TimeRange? = nil, _ body: (Row) throws -> Void) throws {
    guard let query = Queries.Query.named(name) else {
      throw StoreError("there is no query “\(name)”")
    }
    try store.rows(query.sql, parameters(range), body)
  }
}
