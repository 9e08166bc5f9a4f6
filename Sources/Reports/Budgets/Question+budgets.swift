internal import Analysis
internal import Checks
internal import Events
internal import Questions
internal import Times

// Error budgets, judged.
extension Question {
  /// The ends of the windows by which a budget is judged: those since the last time, up to the newest
  /// event, however old that is. What is used up stays so while nothing comes.
  func budgetEnds(at time: RuleCheck.Time, _ remembered: CheckedRule?) throws -> TimeRange {
    guard let newest else { return TimeRange(since: 0, until: 0) }
    let minute = Milliseconds.minute
    let end = newest.rounded(downTo: minute) + minute
    var ends: TimeRange
    switch time {
    case .range: ends = minutes
    case .clock(let now, let late):
      let horizon = Horizon(now: now, late: late)
      ends =
        try self.ends(since: remembered, horizon)
        ?? horizon.first(window: Milliseconds.day, newest: newest)
    }
    ends.until = min(ends.until, end)
    ends.since = min(ends.since, ends.until - minute)
    return ends
  }

  /// Judges an objective by all windows that end after `ends.since`, up to `ends.until`, and says how it
  /// stands then: in parts of the vendors where they are too many.
  func judge(
    _ rule: Rule, _ budget: Budget, ends: TimeRange, into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    guard !ends.isEmpty else { return judgement }
    let filter = BudgetFilter(rule, budget, vocabulary)
    for part in try inParts({ part in
      var own = none
      try budgetTally(rule, filter, ends: ends, part).eachSubject { subject in
        judge(subject, rule, budget, ends, into: &own)
      }
      own.budgets.keep(top.findings)
      return own
    }) {
      judgement.add(part)
    }
    judgement.budgets.add(
      BudgetList(states: try nothingKnown(rule, budget, ends, among: judgement.budgets.states)))
    judgement.budgets.keep(top.findings)
    if rule.isOfRoute, !judgement.budgets.states.isEmpty {
      judgement.note =
        "successes are not known by route, so all requests of the vendor are divided by: "
        + "it burns at least as fast as is said, and may be used up unseen"
    }
    return judgement
  }

  private func judge(
    _ subject: BudgetTally.Subject, _ rule: Rule, _ budget: Budget, _ ends: TimeRange,
    into judgement: inout Judgement
  ) {
    let vendor = subject.vendor.flatMap { vocabulary.vendors[$0] }
    let known = firstKnown(ofVendor: vendor)
    let state = BudgetState(
      subject, named: vendor, rule, budget, end: ends.until, known: known)
    judgement.budgets.states.append(state)
    let name = subject.vendor == nil ? [] : [vendor]
    guard subject.hasSuccesses else {
      if state.outcomes.failed > 0, let obstacle = state.obstacle {
        judgement.add(unknown: name + [nil], obstacle)
      }
      return
    }
    func add(_ runs: [BurnRun], _ alert: Budget.Alert) {
      let findings = runs.compactMap { run -> Judgement.Finding? in
        [run.run].observations.first.map { Judgement.Finding(observation: $0, window: run.window) }
      }
      judgement.add(findings, to: name + [alert.rawValue])
    }
    for (speed, alert) in [(BurnAlert.Speed.fast, Budget.Alert.fast), (.slow, .slow)] {
      add(
        burnRuns(
          of: subject.samples, rule.burnWindows(budget, speed), known: known, ends: ends), alert)
    }
    let window = budget.window.length
    let judged = TimeRange(
      since: max(ends.since, BurnWindows.judged(window, from: known) - Milliseconds.minute),
      until: ends.until)
    let runs = windowRuns(
      of: subject.samples, window: window, ends: judged, threshold: budget.usedUp, isRate: true)
    add(runs.map { BurnRun($0, window: window) }, .usedUp)
  }

  /// From when on anything is known of a vendor, or of all; in whole minutes.
  private func firstKnown(ofVendor vendor: String?) -> Int64 {
    let pruned = archive.pruned.counts
    let times = [extent?.since, pruned.all, vendor.flatMap { pruned.vendors[$0] }]
    return (times.compactMap(\.self).max() ?? 0).rounded(downTo: Milliseconds.minute)
  }

  /// The vendors that a rule names and that nothing came from.
  private func nothingKnown(
    _ rule: Rule, _ budget: Budget, _ ends: TimeRange, among states: [BudgetState]
  ) throws -> [BudgetState] {
    let vendors: [String?] =
      rule.grouping.isEmpty
      ? [nil] : try namedVendors(rule, ResponseFilter(rule.conditions, vocabulary)) ?? []
    let start = ends.until - budget.window.length
    return vendors.filter { vendor in !states.contains { $0.isTotal || $0.vendor == vendor } }
      .map { vendor in
        let known = firstKnown(ofVendor: vendor)
        return BudgetState(
          nothingOf: vendor, rule, budget,
          TimeRange(since: min(ends.until, max(known, start)), until: ends.until),
          isPart: known > start)
      }
  }

  /// How objectives stand at the end of a time, or with the newest event where that is earlier.
  func budgetList(_ rules: [Rule], at end: Int64) throws -> BudgetList {
    var list = BudgetList()
    guard let newest else { return list }
    let minute = Milliseconds.minute
    let end = min(end.addingClamped(minute - 1), newest + minute).rounded(downTo: minute)
    var seen: Set<String> = []
    for rule in rules where seen.insert(rule.text).inserted {
      guard let budget = rule.budget else { continue }
      let ends = TimeRange(since: end - minute, until: end)
      list.add(try judge(rule, budget, ends: ends, into: Judgement()).budgets)
    }
    return list
  }
}

extension Budget {
  /// How long an alert must be quiet until it is over: the pace at which its windows change.
  func memory(of subject: [String?]) -> Int64 {
    let alerts = BurnAlert.all(for: window.length)
    return switch Alert(ofSubject: subject) {
    case .fast, nil: alerts.first?.long ?? 0
    case .slow, .usedUp: alerts.last?.short ?? 0
    }
  }

  /// The lowest burn rate that an alert tells.
  func limit(of subject: [String?]) -> Double? {
    let limits = BurnAlert.all(for: window.length)
    return switch Alert(ofSubject: subject) {
    case .fast: limits.filter { $0.speed == .fast }.map(\.limit).min()
    case .slow: limits.filter { $0.speed == .slow }.map(\.limit).min()
    case .usedUp: 1
    case nil: nil
    }
  }
}

extension Budget.Alert {
  /// What a subject of a check is about.
  init?(ofSubject subject: [String?]) {
    guard let name = subject.last ?? nil else { return nil }
    self.init(rawValue: name)
  }
}
