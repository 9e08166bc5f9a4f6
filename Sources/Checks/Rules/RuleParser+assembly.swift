internal import Events

// Whether the clauses make a rule.
extension RuleParser {
  func assembled(end: Token) throws(RuleError) -> Rule {
    guard let head else {
      throw RuleError(
        "the rule does not say what it watches",
        hint: "Name one of \(RuleParser.heads.map(\.name).joined(separator: ", ")).",
        at: conditions.first?.token.column ?? threshold?.token.column ?? 1)
    }
    if let incidents, !head.value.isIncident {
      throw RuleError(
        "what is for incident alone", hint: "As in incident what=outage.",
        at: incidents.token.column)
    }
    if let owners = owners.first, !head.value.isBudget {
      throw RuleError(
        "“blame” is for a budget alone", hint: "Pick by kind, as in kind=server,timeout.",
        at: owners.token.column)
    }
    switch head.value {
    case .measure(let measure): return try rule(of: measure, end)
    case .sighting(let sighting): return try rule(of: sighting)
    case .budget: return try budgetRule(end)
    }
  }

  private func rule(of measure: Measure, _ end: Token) throws(RuleError) -> Rule {
    let name = measure.rawValue
    if let bound = bounds.first {
      throw RuleError(
        "\(name) has no \(bound.value.quantity.rawValue)",
        hint: "Compare it itself, as in \(example(measure)).", at: bound.token.column)
    }
    guard let threshold else {
      throw RuleError(
        "\(name) needs a threshold", hint: "As in \(example(measure)).", at: end.column)
    }
    guard let window else {
      throw RuleError(
        "\(name) needs the length of time it is counted over",
        hint: "As in \(example(measure)).", at: end.column)
    }
    if let minimum, !measure.isRate {
      throw RuleError(
        "min is for error_rate alone", hint: "Counts are judged however few there are.",
        at: minimum.token.column)
    }
    var whole = Threshold(
      try checked(threshold.value, of: measure, at: threshold.token.column),
      minimum: max(1, minimum?.value ?? Threshold.usualMinimum))
    if let until {
      let opposite: Comparison = whole.bound.comparison.isUpward ? .below : .above
      let bound = Bound(
        comparison: until.value.comparison ?? opposite, amount: until.value.amount)
      whole.until = try checked(bound, against: whole, of: measure, at: until.token.column)
    }
    let fields = try groups(of: measure, isSilence: !whole.bound.comparison.isUpward)
    return Rule(
      .measure(measure, whole, per: window.value),
      conditions: try checkedConditions(
        name, measure.conditions,
        hint: measure.isRate
          ? "Successes are known by vendor alone, so there is nothing to divide by: count errors."
          : "Successes are known by vendor alone."),
      grouping: fields)
  }

  private func example(_ measure: Measure) -> String {
    measure.isRate ? "error_rate > 2% per 1h" : "\(measure.rawValue) > 20 per 5m"
  }

  /// The number as one of the measure's, where the comparison can come out either way.
  private func checked(
    _ bound: Bound, of measure: Measure, at column: Int
  ) throws(RuleError) -> Bound {
    var bound = bound
    if measure.isRate {
      bound.amount = bound.amount.asShare
      if bound.amount.value > 1 {
        throw RuleError(
          "a rate is at most 100%", hint: "Write it as in 2% or 0.02.", at: column)
      }
    } else if bound.amount.isShare {
      throw RuleError(
        "\(measure.rawValue) are counted, and no share",
        hint: "Leave out the %, or use error_rate.", at: column)
    }
    let isEmpty = bound.amount.value == 0
    if isEmpty, bound.comparison == .below || bound.comparison == .atLeast {
      throw RuleError(
        "“\(bound.text)” is \(bound.comparison == .below ? "never" : "always") so",
        hint: bound.comparison == .below ? "To find silence write < 1." : "Write > 0.", at: column)
    }
    return bound
  }

  /// What is over must lie on the other side of the threshold.
  private func checked(
    _ until: Bound, against threshold: Threshold, of measure: Measure, at column: Int
  ) throws(RuleError) -> Bound {
    let bound = try checked(until, of: measure, at: column)
    let isUpward = threshold.bound.comparison.isUpward
    let (limit, level) = (threshold.bound.amount.value, bound.amount.value)
    if bound.comparison.isUpward != isUpward, isUpward ? level <= limit : level >= limit {
      return bound
    }
    throw RuleError(
      "“until \(bound.text)” does not end what “\(threshold.bound.text)” begins",
      hint: isUpward ? "Name a lower number, with <." : "Name a higher number, with >.", at: column)
  }

  private func groups(of measure: Measure, isSilence: Bool) throws(RuleError) -> [ResponseField] {
    guard let grouping else { return [.vendor] }
    var fields: [ResponseField] = []
    for field in grouping.value where !fields.contains(field) { fields.append(field) }
    if let odd = fields.first(where: { !measure.groupings.contains($0) }) {
      throw RuleError(
        "\(measure.rawValue) is not known by \(odd.rawValue)",
        hint: "Successes are known by vendor alone.", at: grouping.token.column)
    }
    if isSilence, let odd = fields.first(where: { [.route, .consumer, .answeredBy].contains($0) }) {
      throw RuleError(
        "nothing tells which \(odd.rawValue) is missing",
        hint: "Name it, as in \(odd.rawValue)=… total.", at: grouping.token.column)
    }
    return fields
  }

  private func rule(of sighting: Sighting) throws(RuleError) -> Rule {
    let name = sighting.rawValue
    if let threshold {
      let quantities = sighting.quantities.map(\.rawValue)
      throw RuleError(
        "“\(threshold.value.text)” does not say what of a \(name)",
        hint: quantities.isEmpty
          ? "Leave it out: a \(name) has no size."
          : "Write \(quantities.map { "\($0) \(threshold.value.text)" }.joined(separator: " or ")).",
        at: threshold.token.column)
    }
    let others = [window?.token, until?.token, minimum?.token, grouping?.token].compactMap { $0 }
    if let other = others.min(by: { $0.column < $1.column }) {
      throw RuleError(
        "“\(other.text)” is for what is counted, and a \(name) is found by itself",
        hint: "Leave it out.", at: other.column)
    }
    for bound in bounds {
      let quantity = bound.value.quantity
      guard sighting.quantities.contains(quantity) else {
        let known = sighting.quantities.map(\.rawValue)
        throw RuleError(
          "a \(name) has no \(quantity.rawValue)",
          hint: known.isEmpty ? "Leave it out." : "It has \(known.joined(separator: " and ")).",
          at: bound.token.column)
      }
      if bound.value.bound.amount.isShare {
        throw RuleError(
          "\(quantity.rawValue) is no share", hint: "Leave out the %.",
          at: bound.token.column)
      }
    }
    return Rule(
      .sighting(sighting, bounds.map(\.value)),
      conditions: try checkedConditions(
        name, sighting.conditions,
        hint: "It is picked by \(sighting.conditions.map(\.rawValue).joined(separator: ", "))."),
      incidents: IncidentSort.allCases.filter { incidents?.value.contains($0) ?? false })
  }

  func checkedConditions(
    _ name: String, _ known: [ResponseField], hint: String
  ) throws(RuleError) -> [Condition] {
    for condition in conditions where !known.contains(condition.value.field) {
      throw RuleError(
        "\(name) is not known by \(condition.value.field.rawValue)", hint: hint,
        at: condition.token.column)
    }
    return conditions.map(\.value)
  }
}

extension RuleParser.Head {
  fileprivate var isIncident: Bool {
    if case .sighting(.incident) = self { true } else { false }
  }
  fileprivate var isBudget: Bool { if case .budget = self { true } else { false } }
}
