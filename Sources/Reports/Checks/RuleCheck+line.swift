internal import Analysis
internal import Checks
internal import Events
internal import Times

// A line for people: where, what, how much against how much, since when.
extension RuleCheck {
  func line(_ incident: RuleOutcome.Incident, of rule: Rule) -> String {
    let state =
      switch incident.state {
      case .ongoing: "still: "
      case .resolved: "over: "
      default: ""
      }
    return state + name(incident.crossing.subject, of: rule) + ": "
      + what(incident, of: rule) + ", " + when(incident.crossing)
  }

  /// The subject's own words; what has none is said to have none.
  func name(_ subject: [String?], of rule: Rule) -> String {
    let parts = zip(rule.subject, subject).filter { $0.0 != "alert" }
    if parts.isEmpty { return "all together" }
    let named = parts.compactMap { name, text -> String? in
      // A limit may be on anything.
      if text == nil, name == "resource" || name == "code" && rule.subject.contains("resource") {
        return nil
      }
      if text == nil, rule.isOfIncidents { return "several vendors" }
      let isBare = name == "vendor" || name == "code" || name == "resource"
      return text.map { isBare ? $0 : "\(name) \($0)" } ?? "no \(name)"
    }
    return named.joined(separator: ", ")
  }

  private func what(_ incident: RuleOutcome.Incident, of rule: Rule) -> String {
    let crossing = incident.crossing
    switch rule.trigger {
    case .measure(let measure, let threshold, let per):
      let others = rule.conditions.filter { $0.field != .vendor }.map(\.text).sorted()
      let value =
        measure.isRate
        ? percent(Double(crossing.counted) / Double(max(1, crossing.requests)))
        : "\(crossing.counted)"
      let share = measure.isRate ? " (\(crossing.counted) of \(crossing.requests))" : ""
      return
        (["\(measure.rawValue) \(value)\(share) \(threshold.bound.text) per \(per.text)"] + others)
        .joined(separator: " ")
    case .sighting(let sighting, _):
      if let phrase = incident.phrase { return phrase }
      switch sighting {
      case .spike: return "spike of \(crossing.counted) server errors"
      case .burst: return "burst of \(crossing.counted) rejections (429)"
      case .incident: return "incident of \(crossing.counted) failures"
      case .newCode: return "is new"
      case .returnedCode: return "is back after four weeks or more"
      case .limitHit: return "limit hit \(occurrences(crossing.counted))"
      }
    case .budget: return budgetPhrase(incident, of: rule)
    }
  }

  private func budgetPhrase(_ incident: RuleOutcome.Incident, of rule: Rule) -> String {
    let crossing = incident.crossing
    guard let alert = Budget.Alert(ofSubject: crossing.subject) else { return rule.text }
    let worst = Outcomes(failed: crossing.counted, requests: crossing.requests)
    let state = outcomes.first { $0.rule == rule }?.budgets.states
      .first { $0.isTotal || $0.vendor == crossing.subject.first }
    guard let state, crossing.over == nil else {
      return rule.phrase(alert, worst, within: incident.window)
    }
    return state.phrase(alert, worst, within: incident.window) { question.shown($0) }
  }

  private func when(_ crossing: Crossing) -> String {
    let zone = question.zone
    func shown(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    if crossing.over == nil { return "since \(shown(crossing.since)) (\(zone.name))" }
    let (first, last) = (shown(crossing.since), shown(crossing.last))
    if first == last { return "at \(first) (\(zone.name))" }
    // On the same day the clock says enough.
    let isSameDay = first.prefix(10) == last.prefix(10)
    return "from \(first) to \(isSameDay ? String(last.dropFirst(11)) : last) (\(zone.name))"
  }
}

func occurrences(_ count: Int64) -> String { count == 1 ? "once" : "\(count) times" }
