internal import Answers
internal import Files
package import Questions
package import Times

/// What every question has in common: of which store, over what time, about which
/// vendors, as logged by which gateway.
package struct Question {
  package let archive: any Archive
  package var range: TimeRange
  package let zone: Zone
  /// Empty: all.
  package let vendors: [String]
  /// Nil: all.
  let gateway: String?
  /// What is asked about, and of which the store has nothing.
  package var absent: [String] = []
  /// Whether somebody said where the range begins or ends.
  private(set) var hasGivenRange = false
  /// When anything happened at all.
  package let extent: TimeRange?
  /// How much of a long list is told one by one.
  package var top = Top.usual
  /// For whom long answers are put together: what nobody asks for is left out of them.
  package var audience = Audience.everyone

  /// Who reads an answer.
  package enum Audience: Sendable {
    case everyone
    /// They read its sections.
    case people
    /// They read its value.
    case programs
  }

  /// The sections of an answer, where they are asked for.
  func forPeople(_ sections: () throws -> [Section]) rethrows -> [Section] {
    audience == .programs ? [] : try sections()
  }

  /// The value of an answer, where it is asked for.
  func forPrograms(_ value: () throws -> Value) rethrows -> Value {
    audience == .people ? .object(Object()) : try value()
  }

  /// The store's texts as numbers.
  let vocabulary: Vocabulary

  /// Without `since` or `until`, the seven days that end at the newest event; no time at all in a
  /// store without one. A range that begins after the newest event ends at `now`.
  package init(
    _ archive: any Archive, since: Int64? = nil, until: Int64? = nil, zone: Zone = .utc,
    vendors: [String] = [], gateway: String? = nil, filter: EventFilter = EventFilter(),
    now: Int64 = 0
  ) throws {
    try self.init(
      archive, since: since, until: until, zone: zone, vendors: vendors, gateway: gateway,
      filter: filter, now: now, sharing: SharedNumbers())
  }

  /// - Parameter numbers: those of texts, which other readers of the same answer may know.
  init(
    _ archive: any Archive, since: Int64?, until: Int64?, zone: Zone, vendors: [String],
    gateway: String?, filter: EventFilter = EventFilter(), now: Int64 = 0,
    sharing numbers: SharedNumbers
  ) throws {
    if let gateway { try archive.restrict(toGateway: gateway) }
    self.archive = filter.isEmpty ? archive : FilteredArchive(archive, filter)
    self.gateway = gateway
    vocabulary = Vocabulary(archive, asking: vendors, sharing: numbers)
    self.zone = zone
    self.vendors = vendors
    extent = try archive.extent()
    hasGivenRange = since != nil || until != nil
    let newest = extent?.until ?? 0
    let isLater = since.map { $0 >= newest } ?? false
    let end = until ?? (isLater ? max(now, since ?? now) : newest)
    let usual = extent == nil ? 0 : 7 * Milliseconds.day
    range = TimeRange(since: since ?? end - usual, until: end)
  }

  /// The same question of the same store, which is opened anew.
  func reopened() throws -> Question {
    try Question(
      archive.opener(), since: range.since, until: range.until, zone: zone, vendors: vendors,
      gateway: gateway)
  }

  /// The same question over another time.
  package func during(_ range: TimeRange) -> Question {
    var question = self
    question.range = range
    return question
  }

  /// The range in words, with its zone, and what is picked of it.
  package var note: String {
    if extent == nil { return "the store has no response with a time" }
    return "\(formatLocal(range.since, zone: zone, style: .minutes)) to "
      + "\(formatLocal(range.until, zone: zone, style: .minutes)) (\(zone.name))"
      + (filter.isEmpty ? "" : ", only \(filter.words)")
  }

  /// Which errors are asked about.
  package var filter: EventFilter { filtered?.filter ?? EventFilter() }

  /// The store as the filter shows it; nil without one.
  var filtered: FilteredArchive? { archive as? FilteredArchive }

  /// The store as it is, whatever the filter.
  var wholeArchive: any Archive { filtered?.base ?? archive }

  /// What the queries of `Queries/` ask for. They can single out one vendor, or none, and a gateway.
  func parameters(_ range: TimeRange) -> [String: QueryParameter] {
    [
      "since_ms": .integer(range.since), "until_ms": .integer(range.until),
      "vendor": .text(vendors.count == 1 ? vendors[0] : ""), "gateway": .text(gateway ?? ""),
    ]
  }

  /// The part of a range in which there can be data: from the start of the first day that has any,
  /// through the newest event's minute.
  func covered(_ range: TimeRange) -> TimeRange {
    guard let extent else { return TimeRange(since: range.since, until: range.since) }
    let minute = Milliseconds.minute
    let first = extent.since.rounded(downTo: Milliseconds.day)
    let last = (extent.until + minute - 1).rounded(downTo: minute)
    return TimeRange(since: max(range.since, first), until: min(range.until, last))
  }

  /// Whether a vendor, or what has none, is asked about.
  func asksAbout(_ vendor: String?) -> Bool { vendors.isEmpty || vendors.contains(vendor ?? "") }

  /// The same of a vendor's number.
  @inline(__always)
  func asksAbout(number: Int) -> Bool { vocabulary.asked.map { $0.contains(number) } ?? true }

  /// The days of a range, from that of its start to that of its end.
  func days(of range: TimeRange) -> NextStep.Days {
    NextStep.Days(
      since: formatLocal(range.since, zone: zone, style: .date),
      until: formatLocal(range.until, zone: zone, style: .date))
  }

  /// A time as people of the zone see it.
  func time(_ time: Int64) -> Cell { Cell(.time(time), shown: shown(time)) }

  /// The same in words: `2026-11-12 09:15`.
  func shown(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
}
