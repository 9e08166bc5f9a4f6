package import Answers
internal import Checks
internal import Events
internal import Files
internal import Times

extension RuleCheck {
  /// What is told, a line each; with `resolved` also what is over.
  package func lines(resolved: Bool) -> [String] {
    outcomes.flatMap { outcome in
      outcome.incidents.filter { $0.isTold || resolved && $0.state == .resolved }
        .map { line($0, of: outcome.rule) }
        + (outcome.isTold && outcome.leftOut > 0
          ? ["and \(grouped(Int64(outcome.leftOut))) more: \(outcome.rule.text)"] : [])
    }
  }

  /// What is told of rules that could not be judged, a line each.
  package var unknown: [String] {
    outcomes.flatMap { outcome in
      outcome.gaps.filter(\.isTold).map { gap in
        "\(name(gap.subject, of: outcome.rule)): “\(outcome.rule.text)” cannot be judged: \(gap.reason)"
      } + (outcome.note.map { ["“\(outcome.rule.text)”: \($0)"] } ?? [])
    }
  }

  /// All of it.
  package func answer(resolved: Bool) -> Answer {
    let lines = lines(resolved: resolved)
    let crossed = outcomes.flatMap { outcome in
      outcome.incidents.filter(\.isTold).map { value($0, of: outcome.rule) }
    }
    let answer = Answer(
      title: "Check", notes: [question.during(range).note],
      sections: [
        Section(lines.isEmpty ? .paragraph("nothing to tell") : .bullets(lines))
      ],
      value: [
        "checked_until": Value(time: range.until), "since": Value(time: range.since),
        "until": Value(time: range.until), "tz": .text(question.zone.name),
        "rules": .array(outcomes.map(value)), "crossed": .array(crossed),
      ],
      rows: "crossed", header: RuleCheck.header)
    let readsEvents = outcomes.contains { $0.rule.readsEvents }
    return question.during(range).noting(answer, from: readsEvents ? .events : .counts)
  }

  private static let header =
    ["rule", "state", "reported"] + subjectNames
    + ["value", "threshold", "requests", "since", "last", "until", "text"]

  private static let subjectNames = ResponseField.allCases.map(\.rawValue) + ["resource"]

  private func value(_ outcome: RuleOutcome) -> Value {
    let gaps = outcome.gaps.map { gap -> Value in
      var object = object(gap.subject, of: outcome.rule, .unknown, isTold: gap.isTold)
      for name in ["value", "threshold", "requests"] { object[name] = .null }
      object["since"] = Value(time: gap.since)
      for name in ["last", "until"] { object[name] = .null }
      object["text"] = .text(gap.reason)
      return .object(object)
    }
    return [
      "rule": .text(outcome.rule.text),
      "from": Value(
        outcome.placed.origin.map { origin in
          origin.line.map { "\(origin.name):\($0)" } ?? origin.name
        }), "state": .text(outcome.state.rawValue),
      "reported": .bool(outcome.isTold || outcome.gaps.contains(where: \.isTold)),
      "left_out": Value(outcome.leftOut),
      "subjects": .array(outcome.incidents.map { value($0, of: outcome.rule) } + gaps),
      "note": Value(outcome.note),
    ]
  }

  private func value(_ incident: RuleOutcome.Incident, of rule: Rule) -> Value {
    let crossing = incident.crossing
    var object = object(crossing.subject, of: rule, incident.state, isTold: incident.isTold)
    object["value"] = number(crossing, of: rule)
    object["threshold"] = .null
    object["requests"] = .null
    if case .measure(let measure, let threshold, _) = rule.trigger {
      object["threshold"] = .number(threshold.bound.amount.value)
      if measure.isRate { object["requests"] = .integer(crossing.requests) }
    }
    object["since"] = Value(time: crossing.since)
    object["last"] = Value(time: crossing.last)
    object["until"] = Value(time: crossing.over == nil ? nil : crossing.last)
    object["text"] = .text(line(incident, of: rule))
    return .object(object)
  }

  private func object(
    _ subject: [String?], of rule: Rule, _ state: RuleOutcome.State, isTold: Bool
  ) -> Object {
    var object: Object = [
      "rule": .text(rule.text), "state": .text(state.rawValue), "reported": .bool(isTold),
    ]
    for name in RuleCheck.subjectNames { object[name] = .null }
    for (name, text) in zip(rule.subject, subject) {
      object[name] = name == "status" ? Value(text.flatMap { Int64($0) }) : Value(text)
    }
    return object
  }

  private func number(_ crossing: Crossing, of rule: Rule) -> Value {
    if case .measure(let measure, _, _) = rule.trigger, measure.isRate {
      return .number(Double(crossing.counted) / Double(max(1, crossing.requests)))
    }
    return .integer(crossing.counted)
  }
}

extension Rule {
  /// Whether it would be wrong where events were pruned.
  fileprivate var readsEvents: Bool {
    switch trigger {
    case .measure: !Set(conditions.map(\.field) + grouping).isSubset(of: [.vendor])
    case .sighting(let sighting, _): sighting == .burst || sighting == .limitHit
    }
  }
}
