package import Batches
package import Events
package import Profiles
package import Questions
package import Times

/// Events by any id on their line.
package struct Finder {
  let archive: any Archive
  let knownIDs: KnownIDs
  /// What is known of vendors, for what they advise; asked for only when an event was found.
  let catalog: () throws -> Catalog
  let zone: Zone
  let scope: Scope
  /// How far around an event is looked at what its consumer saw: milliseconds.
  package var around: Int64
  /// Whether lines themselves are told.
  let showsLines: Bool
  package var memory = FindMemory()
  /// Whether a thread with a reader of its own reads what counts tell of the event that is found first.
  package var readsSideBySide = false
  let reading = EventCountReading()
  /// The hash of an id, by the store's seed.
  private let hash: (String, UInt64) -> UInt64
  /// The line of an event, read back and proven.
  private let line: Recall

  /// Looks for an event's line until one is said to be it.
  package typealias Recall = (Event, (RecalledLine) throws -> Bool) throws -> RecalledLine.Search

  package init(
    _ archive: any Archive, catalog: @escaping () throws -> Catalog, zone: Zone,
    scope: Scope = Scope(), around: Int64 = 5 * Milliseconds.minute,
    showsLines: Bool = false,
    hash: @escaping (String, UInt64) -> UInt64, line: @escaping Recall
  ) {
    self.archive = archive
    knownIDs = KnownIDs(archive)
    self.catalog = catalog
    self.zone = zone
    self.scope = scope
    self.around = around
    self.showsLines = showsLines
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
    if let known = knownIDs.events[id] { return known }
    let found = try search(id)
    if knownIDs.events.count < KnownIDs.mostEvents { knownIDs.events[id] = found }
    return found
  }

  private func search(_ id: String) throws -> [Found] {
    try archive.events(with: id, hash: hash).compactMap { number in
      guard let event = try archive.event(number) else { return nil }
      if readsSideBySide, scope.holds(event) { reading.begin(with: event, in: archive, zone) }
      let found = try found(event)
      if case .read(let line) = found.line, try isStranger(id, on: line, of: event) { return nil }
      return found
    }
    .sorted { ($0.event.time ?? .max, $0.event.id) < ($1.event.time ?? .max, $1.event.id) }
  }

  /// An event with all the ids of its line.
  func found(_ event: Event) throws -> Found {
    var found = Found(event: event, identifiers: [], line: nil)
    if let source = event.source, source.path != "-" {
      let line = try line(event) { try isLine($0, of: event) }
      found.line = line
      if case .read(let line) = line { found.identifiers = line.identifiers.map(\.text) }
    }
    if let own = event.requestID, !found.identifiers.contains(own) {
      found.identifiers.insert(own, at: 0)
    }
    return found
  }

  /// Whether a line is an event's: all of its ids are stored as the event's, and it says the same.
  private func isLine(_ line: RecalledLine, of event: Event) throws -> Bool {
    guard !line.identifiers.isEmpty, event.agrees(with: line.event) else { return false }
    if try archive.event(event.id, carries: line.identifiers.lazy.map(\.hash)) { return true }
    // An errata that knew fewer names of ids stored fewer: then it has all of these.
    let known = try Set(line.identifiers.map(\.hash)).filter {
      try archive.event(event.id, carries: CollectionOfOne($0))
    }
    return try !known.isEmpty && known.count == archive.identifierCount(ofEvent: event.id)
  }

  /// Whether an id led to an event by its hash alone: the event's line has every id of the event, and
  /// this is none of them.
  private func isStranger(_ id: String, on line: RecalledLine, of event: Event) throws -> Bool {
    let id = id.lowercased()
    guard !line.identifiers.contains(where: { $0.text.lowercased() == id }),
      event.requestID?.lowercased() != id
    else { return false }
    let stored = try archive.identifierCount(ofEvent: event.id)
    return Set(line.identifiers.map(\.hash)).count >= stored
  }
}
