package import Answers
package import Batches
package import Events
package import Profiles
package import Questions
package import Times

/// Events by any id on their line.
package struct Finder {
  private let archive: any Archive
  /// What is known of vendors, for what they advise; asked for only when an event was found.
  private let catalog: () throws -> Catalog
  private let zone: Zone
  private let scope: Scope
  /// The hash of an id, by the store's seed.
  private let hash: (String, UInt64) -> UInt64
  /// The line of an event, read back and proven.
  private let line: Recall

  /// Looks for an event's line until one is said to be it.
  package typealias Recall = (Event, (RecalledLine) throws -> Bool) throws -> RecalledLine.Search

  package init(
    _ archive: any Archive, catalog: @escaping () throws -> Catalog, zone: Zone,
    scope: Scope = Scope(), hash: @escaping (String, UInt64) -> UInt64, line: @escaping Recall
  ) {
    self.archive = archive
    self.catalog = catalog
    self.zone = zone
    self.scope = scope
    self.hash = hash
    self.line = line
  }

  /// Which events are looked for: of some time, of some vendors, logged by some gateway.
  package struct Scope: Sendable {
    package var since: Int64?
    package var until: Int64?
    /// Empty: all.
    package var vendors: [String]
    package var gateway: String?

    package init(
      since: Int64? = nil, until: Int64? = nil, vendors: [String] = [], gateway: String? = nil
    ) {
      self.gateway = gateway
      self.since = since
      self.until = until
      self.vendors = vendors
    }

    /// What has no time is in no range.
    func holds(_ event: Event) -> Bool {
      if !vendors.isEmpty, !vendors.contains(event.vendor ?? "") { return false }
      if let gateway, gateway != event.gateway { return false }
      if since == nil, until == nil { return true }
      guard let time = event.time else { return false }
      return time >= since ?? .min && time < until ?? .max
    }
  }

  /// An event and the ids it goes by: all of its line, where that was read back, else its own.
  package struct Found {
    package var event: Event
    package var identifiers: [String]
    /// What became of its line; nil where it came from standard input, or its source is not known.
    package var line: RecalledLine.Search?
  }

  /// The events that carry an id, whatever their age, in order of time.
  package func find(_ id: String) throws -> [Found] {
    try archive.events(with: id, hash: hash).compactMap { number in
      guard let event = try archive.event(number) else { return nil }
      var found = Found(event: event, identifiers: [], line: nil)
      if let source = event.source, source.path != "-" {
        let line = try line(event) { try isLine($0, of: event) }
        found.line = line
        if case .read(let line) = line {
          found.identifiers = line.identifiers.map(\.text)
          if try isStranger(id, on: line, of: event) { return nil }
        }
      }
      if let own = event.requestID, !found.identifiers.contains(own) {
        found.identifiers.insert(own, at: 0)
      }
      return found
    }
    .sorted { ($0.event.time ?? .max, $0.event.id) < ($1.event.time ?? .max, $1.event.id) }
  }

  /// Whether a line is an event's: all of its ids are stored as the event's, and it says the same.
  private func isLine(_ line: RecalledLine, of event: Event) throws -> Bool {
    guard !line.identifiers.isEmpty, event.agrees(with: line.event) else { return false }
    return try archive.event(event.id, carries: line.identifiers.lazy.map(\.hash))
  }

  /// Whether an id led to an event by its hash alone: the event's line has every id of the event, and
  /// this is none of them.
  private func isStranger(_ id: String, on line: RecalledLine, of event: Event) throws -> Bool {
    let id = id.lowercased()
    guard !line.identifiers.contains(where: { $0.text.lowercased() == id }),
      event.requestID?.lowercased() != id
    else { return false }
    let stored = try archive.identifierCount(ofEvent: event.id)
    return Set(line.identifiers.map(\.hash)).count == stored
  }

  /// What is to be said of ids and the events they lead to.
  package func answer(_ ids: [String]) throws -> (answer: Answer, isEmpty: Bool) {
    var found: [Found] = []
    var missing: [String] = []
    var outside: [(id: String, count: Int)] = []
    for id in ids {
      let all = try find(id)
      let events = all.filter { scope.holds($0.event) }
      if all.isEmpty { missing.append(id) }
      if events.count < all.count { outside.append((id, all.count - events.count)) }
      for event in events where !found.contains(where: { $0.event.id == event.event.id }) {
        found.append(event)
      }
    }
    let query = ids.joined(separator: " ")
    var sections = try found.map(section)
    if !missing.isEmpty {
      sections.append(
        Section(.paragraph("Nothing is known of \(missing.joined(separator: ", ")).")))
    }
    for (id, count) in outside {
      sections.append(Section(.paragraph(words(outside: count, of: id))))
    }
    let answer = Answer(
      title: found.isEmpty ? "No event" : found.count == 1 ? "1 event" : "\(found.count) events",
      sections: sections,
      value: FindAnswer(
        query: query,
        events: try found.map {
          FoundEvent(found: $0, advice: .init(try $0.event.advice(from: catalog())))
        }
      ).value,
      rows: "events", header: FoundEvent.fields.names)
    if missing.isEmpty { return (answer, found.isEmpty) }
    let pruned = archive.pruned.events.of(scope.vendors).after(scope.since ?? .min)
    return (answer.noting(pruned: .events, until: pruned, zone: zone), found.isEmpty)
  }

  private func words(outside count: Int, of id: String) -> String {
    count == 1
      ? "1 event of \(id) is of another time, vendor or gateway than was asked for."
      : "\(count) events of \(id) are of another time, vendor or gateway than was asked for."
  }

  private func section(_ found: Found) throws -> Section {
    let event = found.event
    let advice = try event.advice(from: catalog())
    let heading = [event.vendor, event.status.map(String.init), event.code ?? event.kind.name]
      .compactMap { $0 }.joined(separator: " ")
    var facts = event.facts(zone: zone)
    let others = found.identifiers.filter { $0 != event.requestID }
    if !others.isEmpty {
      facts.append(Fact("other ids", Cell(.text(others.joined(separator: ", ")))))
    }
    switch found.line {
    case .read(let line) where line.path != event.source?.path:
      facts.append(Fact("its line", Cell(.text("stands in \(line.path) now"))))
    case .gone:
      facts.append(Fact("its line", Cell(.text("is gone from there: other ids are not known"))))
    case .tooFar:
      facts.append(
        Fact("its line", Cell(.text("is too far into the log to be read: other ids are not known")))
      )
    case .read, nil: break
    }
    if let meaning = advice.meaning { facts.append(Fact("it means", Cell(.text(meaning)))) }
    facts.append(Fact("what to do", Cell(.text(advice.text))))
    return Section(heading, .facts(facts))
  }
}

/// What `find` answers.
struct FindAnswer: Described {
  var query: String
  var events: [FoundEvent]

  static let fields: Fields<FindAnswer> = [
    Field("query", "the ids that were looked for") { $0.query },
    Field("events", "the events that carry them, in order of time") { $0.events },
  ]
}

/// An event that was found, and what to do about it.
struct FoundEvent: Described {
  var found: Finder.Found
  var advice: Advice

  /// What became of its line.
  enum LineState: String, Keyword {
    case read, gone
    case tooFar = "too_far"
  }

  struct Advice: Described {
    var retry: RetryAdvice
    var text: String
    var meaning: String?

    init(_ advice: (retry: RetryAdvice, text: String, meaning: String?)) {
      (retry, text, meaning) = advice
    }

    static let fields: Fields<Advice> = [
      Field("retry", "whether to send the request again, and when") { $0.retry },
      Field("text", "what to do, in a sentence or two") { $0.text },
      Field("meaning", "what the vendor documents of such an error") { $0.meaning },
    ]
  }

  static let fields: Fields<FoundEvent> = Event.fields.of { $0.found.event }.and([
    Field(
      "identifiers", "all ids of its line where that was read, else the one that is stored as text"
    ) { $0.found.identifiers },
    Field(
      "line",
      "whether its line was read, is gone, or is too far into the log or too long; null without a "
        + "file"
    ) { $0.lineState },
    Field("line_path", "the file in which its line was read") { $0.linePath },
    Field("advice", "what to do about it") { $0.advice },
  ])

  private var lineState: LineState? {
    switch found.line {
    case .read: .read
    case .gone: .gone
    case .tooFar: .tooFar
    case nil: nil
    }
  }

  private var linePath: String? {
    if case .read(let line) = found.line { line.path } else { nil }
  }
}
