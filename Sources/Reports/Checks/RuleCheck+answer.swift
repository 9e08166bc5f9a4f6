internal import Analysis
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

  /// That nothing is told, and of what time, in lines.
  package var calm: [String] {
    let rules = count(Int64(outcomes.count), "rule")
    let newest = question.newest.map { "the newest response is of \(question.shown($0))" }
    return [
      "nothing to tell: \(rules), judged up to \(question.shown(range.until)) "
        + "(\(question.zone.name))", newest ?? "the store has no response with a time",
    ]
  }

  /// All of it.
  package func answer(resolved: Bool) -> Answer {
    let lines = lines(resolved: resolved)
    let answer = Answer(
      title: "Check", notes: [question.during(range).note],
      sections: [
        Section(lines.isEmpty ? .paragraph("nothing to tell") : .bullets(lines))
      ],
      value: value, rows: "crossed", header: RuleSubject.fields.names)
    let readsEvents = outcomes.contains { $0.rule.readsEvents }
    return question.during(range).noting(answer, from: readsEvents ? .events : .counts)
  }
}

extension RuleCheck: Described {
  package static let fields: Fields<RuleCheck> = Fields<RuleCheck>([
    Field(time: "checked_until", "up to when it was judged, exclusive") { $0.range.until }
  ])
  .and(TimeRange.fields.of { $0.range })
  .and([
    Field("tz", "the zone in which days begin") { $0.question.zone.name },
    Field("rules", "the rules, in their order") { check in
      check.outcomes.map { JudgedRule(check: check, outcome: $0) }
    },
    Field("crossed", "what is told this time") { check in
      check.outcomes.flatMap { outcome in
        outcome.incidents.filter(\.isTold).map { check.subject($0, of: outcome.rule) }
      }
    },
    Field("budgets", "how error budgets stand, by rule, those with least left first") { check in
      check.outcomes.flatMap(\.budgets.states)
    },
    Field("budgets_left_out", "how many of them are not among these") { check in
      check.outcomes.reduce(0) { $0 + $1.budgets.others }
    },
  ])

  fileprivate func subject(_ incident: RuleOutcome.Incident, of rule: Rule) -> RuleSubject {
    let crossing = incident.crossing
    var subject = RuleSubject(
      rule: rule, state: incident.state, isTold: incident.isTold, parts: crossing.subject,
      since: crossing.since, text: line(incident, of: rule))
    subject.value = .integer(crossing.counted)
    if let budget = rule.budget {
      let errorBudget = ErrorBudget(share: budget.share.value)
      let worst = Outcomes(failed: crossing.counted, requests: crossing.requests)
      subject.value = Value(errorBudget.burn(worst))
      subject.threshold = budget.limit(of: crossing.subject)
      subject.requests = crossing.requests
    }
    if case .measure(let measure, let threshold, _) = rule.trigger {
      subject.threshold = threshold.bound.amount.value
      if measure.isRate {
        subject.value = .number(Double(crossing.counted) / Double(max(1, crossing.requests)))
        subject.requests = crossing.requests
      }
    }
    subject.last = crossing.last
    subject.until = crossing.over == nil ? nil : crossing.last
    return subject
  }

  fileprivate func subject(_ gap: RuleOutcome.Gap, of rule: Rule) -> RuleSubject {
    RuleSubject(
      rule: rule, state: .unknown, isTold: gap.isTold, parts: gap.subject, since: gap.since,
      text: gap.reason)
  }
}

/// A rule and what became of it.
private struct JudgedRule: Described {
  var check: RuleCheck
  var outcome: RuleOutcome

  static let fields: Fields<JudgedRule> = [
    Field("rule", "the rule, as it is written") { $0.outcome.rule.text },
    Field("from", "the file and line, or the option, that it stands in") { $0.origin },
    Field("state", "the worst of its subjects' states") { $0.outcome.state },
    Field("reported", "whether something of it is told this time") {
      $0.outcome.isTold || $0.outcome.gaps.contains(where: \.isTold)
    },
    Field("left_out", "how many subjects are not among these") { $0.outcome.leftOut },
    Field("subjects", "all that are not ok") { rule in
      rule.outcome.incidents.map { rule.check.subject($0, of: rule.outcome.rule) }
        + rule.outcome.gaps.map { rule.check.subject($0, of: rule.outcome.rule) }
    },
    Field("note", "what could not be judged, whatever the subject") { $0.outcome.note },
  ]

  private var origin: String? {
    outcome.placed.origin.map { origin in
      origin.line.map { "\(origin.name):\($0)" } ?? origin.name
    }
  }
}

/// What a rule was judged of, and how that stands.
private struct RuleSubject: Described {
  var rule: Rule
  var state: RuleOutcome.State
  var isTold: Bool
  /// By the names of the rule's subject.
  var parts: [String?]
  var value: Value?
  var threshold: Double?
  var requests: Int64?
  var since: Int64
  var last: Int64?
  var until: Int64?
  var text: String

  static let fields: Fields<RuleSubject> = Fields<RuleSubject>([
    Field("rule", "the rule, as it is written") { $0.rule.text },
    Field("state", "how it stands") { $0.state },
    Field("reported", "whether it is told this time") { $0.isTold },
  ])
  .and(
    Fields(
      ResponseField.allCases.map { field in
        Field(field.rawValue, as: field.shape, field.meaning) { subject in
          let text = subject.part(field.rawValue)
          return field == .status ? Value(text.flatMap { Int64($0) }) : Value(text)
        }
      })
  )
  .and([
    Field("resource", "what is limited") { $0.part("resource") },
    Field(
      "alert", as: .nullable(Budget.Alert.shape), "how a budget is used: too fast, or up"
    ) { Value($0.part("alert")) },
    Field(
      "value", as: .nullable(.number),
      "the worst that was measured or counted; a share of `requests`, or a budget's burn rate"
    ) { $0.value ?? .null },
    Field("threshold", "what it was measured against; null of a sighting") { $0.threshold },
    Field("requests", "all responses, of an error rate or budget") { $0.requests },
    Field(time: "since", "from when on it is crossed, or cannot be judged") { $0.since },
    Field(optionalTime: "last", "when it was crossed last") { $0.last },
    Field(optionalTime: "until", "when it was over; null while it goes on") { $0.until },
    Field("text", "the same in a line, for people") { $0.text },
  ])

  private func part(_ name: String) -> String? {
    Array(zip(rule.subject, parts)).last { $0.0 == name }?.1
  }
}

extension Rule {
  /// Whether it would be wrong where events were pruned.
  fileprivate var readsEvents: Bool {
    switch trigger {
    case .measure: !Set(conditions.map(\.field) + grouping).isSubset(of: [.vendor])
    case .sighting(let sighting, _): sighting == .burst || sighting == .limitHit
    case .budget: false
    }
  }
}
