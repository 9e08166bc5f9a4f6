internal import Analysis
internal import Answers
internal import Checks
internal import Events
internal import Times

// Error budgets as data.
extension Budget.Alert: Keyword {}
extension BurnAlert.Speed: Keyword {}

extension BudgetState: Described {
  static let fields: Fields<BudgetState> = [
    Field("rule", "the rule, as it is written") { $0.rule.text },
    Field("objective", unit: "share", "the share of requests that must succeed") {
      $0.budget.objective.value
    },
    Field("per", "the time that it is for, such as 30d") { $0.budget.window.text },
    Field("vendor", "whose requests; null of all together, and of those without a vendor") {
      $0.vendor
    },
    Field("route", "whose failures alone count, as the rule has it; null of all") {
      $0.rule.routeText
    },
    Field(
      time: "start", "where its time begins, or what is known of it"
    ) { $0.range.since },
    Field(time: "end", "where it ends, exclusive: with the newest event at the latest") {
      $0.range.until
    },
    Field("partly_known", "whether the log begins later than its time does") { $0.isPart },
    Field("requests", "all requests in it, but those whose client hung up") {
      $0.outcomes.requests
    },
    Field("failures", "how many of them failed") { $0.outcomes.failed },
    Field("allowed", "how many of them may") { $0.allowed },
    Field(
      "left", unit: "share",
      "what is left of the budget, less than 0 where more failed than may; null if not judged"
    ) { $0.left },
    Field(
      "burn_fast", "how many times too fast it is used over the first of `burns`; null as above"
    ) { $0.burn(.fast)?.rate },
    Field("burn_slow", "the same over the last of `burns`") {
      $0.burn(.slow)?.rate
    },
    Field(
      optionalTime: "until", "when it is used up at the pace of `burn_slow`; null if it lasts"
    ) { $0.usedUp },
    Field(
      "at_least",
      "whether burn rates may be higher and less be left, as requests are not known by route"
    ) { $0.isBound },
    Field("alerts", "what of it `check` tells") { $0.alerts },
    Field("by", "whose move it is, the most first; nothing where a code is picked") { state in
      state.owners.map { BudgetPart(owner: $0.owner, failed: $0.failed, allowed: state.allowed) }
    },
    Field("burns", "how fast it is used up, by each pair of windows") { state in
      state.burns
    },
    Field("obstacle", "why it cannot be judged; null if it can") { $0.obstacle },
  ]
}

extension BudgetState.Burn: Described {
  static let fields: Fields<BudgetState.Burn> = [
    Field("alert", "what `check` tells of it") { $0.alert.speed },
    Field("limit", "the burn rate from which it is told") { $0.alert.limit },
    Field("window", "the long window, such as 1h") { lengthText($0.alert.long) },
    Field("requests", "the requests in it") { $0.long.requests },
    Field("failures", "how many of them failed") { $0.long.failed },
    Field("burn", "how many times as many as may; null where too little is known") { $0.rate },
    Field("short_window", "the short one, such as 5m: whether it still goes on") {
      lengthText($0.alert.short)
    },
    Field("short_burn", "the same over it; null where it has no requests") { $0.recently },
    Field("crossed", "whether both are above the limit") { $0.isCrossed },
    Field(
      optionalTime: "until", "when the budget is used up at the pace of `burn`; null if it lasts"
    ) {
      $0.usedUp
    },
  ]
}

extension Rule {
  /// `/v1/runs`, `/v1/*,/v2/*`, `!=/health`; nil where it names none.
  fileprivate var routeText: String? {
    let texts = conditions.filter { $0.field == .route }.map { condition in
      String(condition.text.dropFirst(condition.isExcluding ? "route".count : "route=".count))
    }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }
}

/// Whose a part of the failures is.
struct BudgetPart: Described {
  var owner: Blame
  var failed: Int64
  var allowed: Double

  static let fields: Fields<BudgetPart> = [
    Field("whose", "who has to change something") { $0.owner },
    Field("failures", "how many failures are theirs") { $0.failed },
    Field("used", unit: "share", "how much of the budget they took") { part in
      part.allowed > 0 ? Double(part.failed) / part.allowed : nil
    },
  ]
}

/// A length as a rule has it: `5m`, `1h`, `3d`.
func lengthText(_ length: Int64) -> String {
  let units = [("d", Milliseconds.day), ("h", Milliseconds.hour)]
  for (name, unit) in units where length % unit == 0 { return "\(length / unit)\(name)" }
  return "\(length / Milliseconds.minute)m"
}
