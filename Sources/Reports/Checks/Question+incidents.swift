internal import Analysis
internal import Checks
internal import Events
internal import Questions
internal import Times

extension Question {
  /// The incidents of the range that a rule means. Of several vendors at once the subject has no name.
  func incidentSightings(
    _ rule: Rule, _ bounds: [Rule.SizeBound], into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    // What is over by the time the range begins is none of it, however long the search.
    guard let extent, extent.until > range.since else { return judgement }
    let filter = ResponseFilter(rule.conditions, vocabulary)
    let sorts = Set(rule.incidents.map(\.rawValue))
    let found = try foundTroubles(bursts: try rateLimiting().bursts).incidents
    let silences = try loggingGaps().map { Incident($0) }
    let meant = (found + silences).filter { incident in
      (sorts.isEmpty || sorts.contains(incident.what.rawValue))
        && incident.vendors.contains { filter.passes([.vendor: $0]) }
        && bounds.hold([
          .count: Double(incident.failures),
          .ratio: Double(incident.failures) / max(incident.expected, 0.001),
        ])
    }
    var limit = ReadingLimit()
    for incident in try explained(meant.byHarm(), &limit)
    where filter.passes([.route: incident.route, .consumer: incident.consumer]) {
      let who = incident.mostly.map { ", mostly \($0)" } ?? ""
      let many = incident.vendors.count > 1 ? "\(incident.subject) (\(incident.name)) " : ""
      judgement.add(
        Observation(
          since: incident.start, until: incident.end, counted: Int64(incident.failures)),
        many + incident.words + who,
        to: [incident.vendors.count > 1 ? nil : incident.vendor ?? ""])
    }
    return judgement
  }
}

extension Rule {
  /// Whether incidents are what it watches.
  var isOfIncidents: Bool {
    if case .sighting(.incident, _) = trigger { true } else { false }
  }
}
