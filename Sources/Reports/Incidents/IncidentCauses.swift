internal import Analysis
internal import Events
internal import Files
internal import Questions
internal import Times

/// What an incident's failures have in common, the most frequent first, as far as they were read.
struct IncidentCauses {
  /// How many were read.
  var failures = 0
  /// The five most frequent of each.
  var codes: [NamedCount] = []
  var routes: [NamedCount] = []
  var consumers: [NamedCount] = []
  var blame: [(blame: Blame, count: Int64)] = []

  /// The route that nine of ten have.
  var route: String? { shared(routes) }
  /// The consumer that nine of ten have.
  var consumer: String? { shared(consumers) }

  private func shared(_ names: [NamedCount]) -> String? {
    names.first.flatMap { $0.count * 10 >= failures * 9 ? $0.name : nil }
  }
}

/// How many errors are still read for what they have in common: so many take a few milliseconds.
struct ReadingLimit {
  /// Of one incident, its own.
  var failures = 4000
  /// Of one incident, others of the same time included.
  var errors = 8000
  /// In all.
  var left = 20_000
}

extension Question {
  /// Incidents with what their failures have in common, as far as the limit allows: the first of them
  /// first.
  func explained(_ incidents: [Incident], _ limit: inout ReadingLimit) throws -> [Incident] {
    var incidents = incidents
    for place in incidents.indices where incidents[place].what != .silence {
      guard limit.left > 0 else { break }
      incidents[place].causes = try causes(of: incidents[place], &limit)
    }
    return incidents
  }

  /// Nil where no events are left.
  private func causes(
    of incident: Incident, _ limit: inout ReadingLimit
  ) throws -> IncidentCauses? {
    var codes: [Int] = []
    var routes: [Int] = []
    var consumers: [Int] = []
    var blame: [Blame: Int64] = [:]
    for slice in slices(of: incident, most: limit.failures) {
      var own = 0
      var read = 0
      let most = min(slice.most * limit.errors / limit.failures, limit.left)
      try eachError(during: slice.range, most: most) { error in
        read += 1
        guard incident.isMade(of: error), let kind = error.kind else { return true }
        codes.append(error.code)
        routes.append(error.route)
        consumers.append(error.consumer)
        blame[Blame(kind, answeredBy: error.answeredBy), default: 0] += 1
        own += 1
        return own < slice.most
      }
      limit.left -= read
    }
    if codes.isEmpty { return nil }
    return IncidentCauses(
      failures: codes.count, codes: vocabulary.codes.most(of: codes),
      routes: vocabulary.routes.most(of: routes),
      consumers: vocabulary.consumers.most(of: consumers),
      blame: blame.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        .map { ($0.key, $0.value) })
  }

  /// The parts of an incident that are read: all of it, or eight parts evenly spread over it.
  private func slices(of incident: Incident, most: Int) -> [(range: TimeRange, most: Int)] {
    let all = TimeRange(since: incident.start, until: incident.end)
    if incident.failures <= most { return [(all, most)] }
    let step = max(1, (all.until - all.since) / 8)
    return (0..<8).map { part in
      let start = all.since + Int64(part) * step
      return (TimeRange(since: start, until: min(all.until, start + step)), most / 8)
    }
  }

  /// Hands over the errors of a range one by one, until there were so many or `body` says that it has
  /// enough.
  func eachError(
    during range: TimeRange, most: Int, _ body: (ResponseCount) throws -> Bool
  ) throws {
    struct Enough: Error {}
    var count = 0
    do {
      if range.isEmpty || most <= 0 { return }
      try eachErrorInOrder(during: range) { error in
        count += 1
        guard try body(error), count < most else { throw Enough() }
      }
    } catch is Enough {}
  }
}
