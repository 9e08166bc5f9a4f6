internal import Events
internal import Times

// Whether the clauses make an objective.
extension RuleParser {
  private static let example = "budget 99.5% per 30d vendor=zihin"

  func budgetRule(_ end: Token) throws(RuleError) -> Rule {
    try checkClauses()
    guard let objective else {
      throw RuleError(
        "a budget needs the share of requests that must succeed",
        hint: "As in \(RuleParser.example).", at: head.map(\.token.end) ?? end.column)
    }
    guard let window else {
      throw RuleError(
        "a budget needs the length of time it is for", hint: "As in \(RuleParser.example).",
        at: end.column)
    }
    guard Budget.lengths.contains(window.value.length) else {
      throw RuleError(
        "a budget is for a day or more, and not for \(window.value.text)",
        hint: "Name its whole time, as in per 30d: burn rates are judged over shorter windows.",
        at: window.token.column)
    }
    let budget = Budget(
      try checkedObjective(objective.value, at: objective.token.column), per: window.value,
      owners: owners.map(\.value), minimum: max(1, minimum?.value ?? Threshold.usualMinimum))
    return Rule(
      .budget(budget),
      conditions: try checkedConditions(
        "a budget", Budget.conditions,
        hint: "Successes are known by vendor and gateway alone, so there is nothing to divide by: "
          + "count errors, as in errors > 20 per 1h consumer=…."),
      grouping: try budgetGroups())
  }

  /// What stands in other rules alone.
  private func checkClauses() throws(RuleError) {
    if let threshold {
      throw RuleError(
        "a budget has an objective, and no threshold", hint: "As in \(RuleParser.example).",
        at: threshold.token.column)
    }
    if let bound = bounds.first {
      throw RuleError(
        "a budget has no \(bound.value.quantity.rawValue)", hint: "Leave it out.",
        at: bound.token.column)
    }
    if let until {
      throw RuleError(
        "“until” is for a threshold, and a budget has none", hint: "Leave it out.",
        at: until.token.column)
    }
    // The counts by route have who answered and no code, the others the other way round.
    let byRoute =
      owners.first?.token ?? conditions.first { $0.value.field == .route }?.token
    if let byRoute, let code = conditions.first(where: { $0.value.field == .code }) {
      throw RuleError(
        "errors are not counted by \(byRoute.name) and code at once",
        hint: "Leave one of them out, or pick by status or kind.",
        at: max(byRoute.column, code.token.column))
    }
  }

  private func checkedObjective(_ amount: Amount, at column: Int) throws(RuleError) -> Amount {
    let objective = amount.asShare
    let percent = amount.text + (amount.isShare ? "" : "%")
    if objective.value > 1 {
      let isPercent = !amount.isShare && amount.value > 1 && amount.value < 100
      throw RuleError(
        "an objective is less than 100%",
        hint: isPercent ? "Write \(percent)." : "As in \(RuleParser.example).", at: column)
    }
    if objective.value == 1 {
      throw RuleError(
        "an objective of 100% leaves no budget: any error would be too much",
        hint: "Write errors > 0 per 5m, or an objective such as 99.9%.", at: column)
    }
    if objective.value == 0 {
      throw RuleError(
        "an objective of 0% is always met", hint: "As in \(RuleParser.example).", at: column)
    }
    return objective
  }

  private func budgetGroups() throws(RuleError) -> [ResponseField] {
    guard let grouping else { return [.vendor] }
    if let odd = grouping.value.first(where: { $0 != .vendor }) {
      throw RuleError(
        "a budget is of each vendor, or of all together, and not by \(odd.rawValue)",
        hint: "Leave it out, or write total.", at: grouping.token.column)
    }
    return grouping.value.isEmpty ? [] : [.vendor]
  }
}
