package import Answers
package import Events
package import Profiles
package import Store

/// Events by any id on their line.
package struct Finder {
  private let store: StoreReader
  /// What is known of vendors, for what they advise; asked for only when an event was found.
  private let catalog: () throws -> Catalog
  private let zone: Zone
  private let scope: Scope
  /// The hash of an id, by the store's seed.
  private let hash: (String, UInt64) -> UInt64
  /// The ids of an event's line, read back; empty when it cannot be.
  private let identifiers: (Event.Place) -> [String]

  package init(
    _ store: StoreReader, catalog: @escaping () throws -> Catalog, zone: Zone,
    scope: Scope = Scope(), hash: @escaping (String, UInt64) -> UInt64,
    identifiers: @escaping (Event.Place) -> [String]
  ) {
    self.store = store
    self.catalog = catalog
    self.zone = zone
    self.scope = scope
    self.hash = hash
    self.identifiers = identifiers
  }

  /// Which events are looked for: of some time, of some vendors.
  package struct Scope: Sendable {
    package var since: Int64?
    package var until: Int64?
    /// Empty: all.
    package var vendors: [String]

    package init(since: Int64? = nil, until: Int64? = nil, vendors: [String] = []) {
      self.since = since
      self.until = until
      self.vendors = vendors
    }

    /// What has no time is in no range.
    func holds(_ event: Event) -> Bool {
      if !vendors.isEmpty, !vendors.contains(event.vendor ?? "") { return false }
      if since == nil, until == nil { return true }
      guard let time = event.time else { return false }
      return time >= since ?? .min && time < until ?? .max
    }
  }

  /// An event and the ids it goes by.
  package struct Found {
    package var event: Event
    package var identifiers: [String]
  }

  /// The events that carry an id, whatever their age, in order of time.
  package func find(_ id: String) throws -> [Found] {
    try store.events(with: id, hash: hash).compactMap { number in
      guard let event = try store.event(number) else { return nil }
      var known = event.source.map(identifiers) ?? []
      if let own = event.requestID, !known.contains(own) { known.insert(own, at: 0) }
      // Where the line cannot be read back, the hash is all there is to go by.
      let isRead = known.count > (event.requestID == nil ? 0 : 1)
      if isRead, !known.contains(where: { $0.lowercased() == id.lowercased() }) { return nil }
      return Found(event: event, identifiers: known)
    }
    .sorted { ($0.event.time ?? .max, $0.event.id) < ($1.event.time ?? .max, $1.event.id) }
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
      value: ["query": .text(query), "events": .array(try found.map { .object(try value($0)) })],
      rows: "events")
    if missing.isEmpty { return (answer, found.isEmpty) }
    let pruned = store.pruned.events.of(scope.vendors).after(scope.since ?? .min)
    return (answer.noting(pruned: .events, until: pruned, zone: zone), found.isEmpty)
  }

  private func words(outside count: Int, of id: String) -> String {
    count == 1
      ? "1 event of \(id) is of another time or vendor than was asked for."
      : "\(count) events of \(id) are of another time or vendor than was asked for."
  }

  private func value(_ found: Found) throws -> Object {
    var object = found.event.value
    let advice = try found.event.advice(from: catalog())
    object["identifiers"] = .array(found.identifiers.map { .text($0) })
    object["advice"] = [
      "retry": .text(advice.retry.rawValue), "text": .text(advice.text),
      "meaning": Value(advice.meaning),
    ]
    return object
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
    if let meaning = advice.meaning { facts.append(Fact("it means", Cell(.text(meaning)))) }
    facts.append(Fact("what to do", Cell(.text(advice.text))))
    return Section(heading, .facts(facts))
  }
}
