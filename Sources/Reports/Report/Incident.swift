internal import Analysis
internal import Events
internal import Files
internal import Questions
internal import Times

/// A stretch of trouble with one vendor: a spike, a burst, or several that overlap.
struct Incident {
  var vendor: String?
  /// The vendor's number.
  var number: Int
  var start: Int64
  /// Exclusive where a spike ends it, the last rejection where a burst does.
  var end: Int64
  var spikes: [Spike] = []
  var bursts: [VendorBurst] = []
  var causes: Causes?

  /// What its errors have in common, the most frequent first, as far as they are stored.
  struct Causes {
    var errors: Int64 = 0
    var codes: [NamedCount] = []
    var routes: [NamedCount] = []
    var consumers: [NamedCount] = []
    var blame: [(blame: Blame, count: Int64)] = []
  }

  var rejections: Int { bursts.reduce(0) { $0 + $1.burst.count } }
  var serverErrors: Int { spikes.reduce(0) { $0 + $1.count } }
  /// What made it an incident.
  var errors: Int { rejections + serverErrors }
  var expected: Double { spikes.reduce(0) { $0 + $1.expected } }
  var isOngoing: Bool { spikes.contains(where: \.ongoing) }

  /// What the largest of its bursts says of waiting.
  var retryAfter: RetryAfterVerdict? {
    bursts.max { $0.burst.count < $1.burst.count }?.burst.retryAfter
  }
}

extension Incident {
  /// So far apart and still one.
  private static let pause = 10 * Milliseconds.minute

  /// Spikes and bursts of a vendor that overlap or nearly do are one incident. What lasts for more
  /// than a day is a new level, not an incident.
  static func all(spikes: [VendorSpike], bursts: [VendorBurst]) -> [Incident] {
    let single =
      spikes.filter { $0.spike.shape == .spike }.map { found in
        Incident(
          vendor: found.vendor, number: found.number, start: found.spike.start,
          end: found.spike.end,
          spikes: [found.spike])
      }
      + bursts.map { found in
        Incident(
          vendor: found.vendor, number: found.number, start: found.burst.start,
          end: found.burst.end, bursts: [found])
      }
    var joined: [Incident] = []
    var latest: [Int: Int] = [:]
    for incident in single.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard let place = latest[incident.number], incident.start <= joined[place].end + pause else {
        latest[incident.number] = joined.count
        joined.append(incident)
        continue
      }
      joined[place].end = max(joined[place].end, incident.end)
      joined[place].spikes += incident.spikes
      joined[place].bursts += incident.bursts
    }
    return joined.sorted { ($0.start, $0.vendor ?? "") < ($1.start, $1.vendor ?? "") }
  }
}

extension Question {
  /// The incidents of a range, with what the largest have in common: their events are read, but no
  /// more of them than take a few milliseconds.
  func incidents(spikes: [VendorSpike], bursts: [VendorBurst]) throws -> [Incident] {
    var incidents = Incident.all(spikes: spikes, bursts: bursts)
    var budget = 10_000
    for place in incidents.indices.sorted(by: { incidents[$0].errors > incidents[$1].errors }) {
      guard budget > 0 else { break }
      incidents[place].causes = try causes(of: incidents[place], budget: &budget)
    }
    return incidents
  }

  /// Nil where there are too many events to read, or none are left.
  private func causes(of incident: Incident, budget: inout Int) throws -> Incident.Causes? {
    struct TooMany: Error {}
    var codes: [Int] = []
    var routes: [Int] = []
    var consumers: [Int] = []
    var blame: [Blame: Int64] = [:]
    let stretch = TimeRange(since: incident.start, until: incident.end + 1)
    do {
      try eachError(during: stretch) { error in
        budget -= 1
        if budget <= 0 { throw TooMany() }
        guard error.vendor == incident.number, incident.isMade(of: error),
          let kind = error.kind
        else { return }
        codes.append(error.code)
        routes.append(error.route)
        consumers.append(error.consumer)
        blame[Blame(kind, answeredBy: error.answeredBy), default: 0] += 1
      }
    } catch is TooMany {
      return nil
    }
    if codes.isEmpty { return nil }
    return Incident.Causes(
      errors: Int64(codes.count), codes: vocabulary.codes.most(of: codes),
      routes: vocabulary.routes.most(of: routes),
      consumers: vocabulary.consumers.most(of: consumers),
      blame: blame.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        .map { ($0.key, $0.value) })
  }
}

extension Incident {
  /// Whether an error of its vendor and time is one of its own.
  fileprivate func isMade(of error: ResponseCount) -> Bool {
    (error.isServerError && spikes.contains { $0.start <= error.time && error.time < $0.end })
      || (error.status == 429
        && bursts.contains { $0.burst.start <= error.time && error.time <= $0.burst.end })
  }
}
