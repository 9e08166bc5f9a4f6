internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Questions
internal import Times

/// The incident that an event was a part of, and who else was hit.
struct EventIncident: Described {
  var incident: Incident
  /// How many consumers it hit; nil where it is too large to be looked through.
  var consumers: Int?

  static let fields: Fields<EventIncident> = [
    Field("id", "by what `incident` tells more of it, as the report of its week does") {
      $0.incident.id
    },
    Field("what", "what sort of trouble it was") { $0.incident.what },
    Field("vendors", "whose APIs answered") { $0.incident.vendors },
    Field(time: "start", "the start of its first minute") { $0.incident.start },
    Field(time: "end", "the end of its last minute, exclusive") { $0.incident.end },
    Field("ongoing", "whether it had not ended when the log did") { $0.incident.isOngoing },
    Field("failures", "the errors that make it, this one among them") { $0.incident.failures },
    Field("requests", "all responses in that time; null where successes are not known") {
      $0.incident.requests
    },
    Field("consumers", "how many consumers had them; null where it has too many errors") {
      $0.consumers
    },
  ]

  /// `12 server errors in 40 requests where 0.1 are usual, from 2026-11-12 09:15 on, 37 min; 8 consumers
  /// hit (3f09c1d2ab)`
  func words(in zone: Zone) -> String {
    let start = formatLocal(incident.start, zone: zone, style: .minutes)
    let hit = consumers.map { $0 > 0 ? "; \(count(Int64($0), "consumer")) hit" : "" } ?? ""
    return "\(incident.words), from \(start) on, \(incident.length)\(hit) (\(incident.id))"
  }
}

/// Finds out which incidents events were parts of.
///
/// Where the hours around an event are like those of the days before, it was a part of none: only
/// where they are not, incidents are looked for, in the week whose report tells them.
struct EventIncidents {
  private let archive: any Archive
  private let zone: Zone
  private let memory: FindMemory
  private var left = EventIncidents.most

  /// Of so many events it is told.
  private static let most = 5
  /// Of an incident with more errors they are not read.
  private static let mostErrors = 20_000

  init(_ archive: any Archive, _ zone: Zone, _ memory: FindMemory) {
    self.archive = archive
    self.zone = zone
    self.memory = memory
  }

  /// - Parameter known: what was found out of an event already, this one or another.
  mutating func incident(of event: Event, known: EventCounts? = nil) throws -> EventIncident? {
    guard left > 0 else { return nil }
    left -= 1
    if let known, known.event == event.id { return known.incident }
    guard let time = event.time, let error = UnusualHours.Error(event) else { return nil }
    let hours = try UnusualHours(around: time, in: archive, try memory.extent(of: archive))
    guard try hours.hasTrouble(error) else { return nil }
    let whole = try Question(archive, zone: zone)
    let week = try whole.reportPeriod(.week(ISOWeek(of: time, zone: zone))).range
    guard let own = try incident(of: event, by: event.vendor ?? "", in: week) else { return nil }
    var found = own
    // What several vendors had at once is told as one.
    if try hours.hasTroubleElsewhere(than: error) {
      found = try incident(of: event, by: nil, in: week) ?? own
    }
    return EventIncident(incident: found, consumers: try consumers(of: found))
  }

  /// - Parameter vendor: looks for its incidents alone; nil for all, the empty text for what has none.
  private func incident(
    of event: Event, by vendor: String?, in week: TimeRange
  ) throws -> Incident? {
    let found = try incidents(vendor, week, isWhole: false).first { $0.isMade(of: event) }
    guard let found, !found.bursts.isEmpty else { return found }
    // What its bursts say of their callers takes longest to read, and few incidents have any.
    return try incidents(vendor, week, isWhole: true).first { $0.isMade(of: event) }
  }

  /// - Parameter isWhole: whether bursts are looked at for who was rejected, and whether these waited.
  private func incidents(
    _ vendor: String?, _ week: TimeRange, isWhole: Bool
  ) throws -> [Incident] {
    let name = (vendor.map { "those of \($0)" } ?? "all") + (isWhole ? " with their callers" : "")
    return try memory.value("incidents: \(name), \(week), \(zone.name)") {
      let question = try Question(
        archive, since: week.since, until: week.until, zone: zone,
        vendors: vendor.map { [$0] } ?? [])
      let bursts = try isWhole ? question.rateLimiting().bursts : question.namelessBursts()
      return try question.foundTroubles(bursts: bursts).incidents
    }
  }

  private func consumers(of incident: Incident) throws -> Int? {
    guard incident.failures <= EventIncidents.mostErrors else { return nil }
    return try memory.value("consumers: \(incident.id)") {
      let question = try Question(
        archive, since: incident.start, until: incident.end, zone: zone,
        vendors: incident.vendors.map { $0 ?? "" })
      // Numbers are those of the question that they are asked of.
      var own = incident
      own.numbers = try incident.vendors.compactMap { vendor in
        try vendor.map { try question.vocabulary.vendors.number(of: $0) } ?? -1
      }
      var consumers = NumberSet()
      try question.eachError(during: question.range) { error in
        if own.isMade(of: error), error.consumer >= 0 { consumers.insert(error.consumer) }
      }
      return consumers.count
    }
  }
}

extension Incident {
  /// Whether an event is one of its failures.
  fileprivate func isMade(of event: Event) -> Bool {
    guard vendors.contains(event.vendor), let time = event.time, start <= time, time < end else {
      return false
    }
    let sort = Sort(MinuteSort(status: Int64(event.status ?? 0), kind: event.kind))
    return sort.map { sorts[$0] != nil } ?? false
  }
}
