internal import Analysis
internal import Checks
internal import Events
internal import Times

/// How an error budget stands at a time: of a vendor, or of all together.
struct BudgetState {
  /// How fast it is used up by one alert's windows.
  struct Burn {
    let alert: BurnAlert
    let long: Outcomes
    let short: Outcomes
    /// Nil where too little is known, as `recently` is of no requests.
    let rate: Double?
    let recently: Double?
    /// When the budget is used up at the pace of the long window; nil if it lasts.
    let usedUp: Int64?

    var isCrossed: Bool {
      guard let rate, let recently, short.failed >= BurnWindows.leastFailures else { return false }
      return rate > alert.limit && recently > alert.limit
    }
  }

  let rule: Rule
  let budget: Budget
  /// Nil of what has none, and of all together.
  let vendor: String?
  let isTotal: Bool
  /// What is known of the budget's time, which ends at `range.until`.
  let range: TimeRange
  /// Whether that is less than all of it.
  let isPart: Bool
  let outcomes: Outcomes
  /// Whose the failures are, the most first.
  let owners: [(owner: Blame, failed: Int64)]
  let burns: [Burn]
  /// Why it cannot be judged; nil where it can.
  let obstacle: String?

  private var errorBudget: ErrorBudget { ErrorBudget(share: budget.share.value) }

  /// How many may fail.
  var allowed: Double { errorBudget.allowed(of: outcomes.requests) }

  /// The share of it that is left; less than nothing where more failed than may.
  var left: Double? { obstacle == nil ? errorBudget.left(of: outcomes) : nil }

  /// Whether its burn rates may be higher and less be left: of a route, as the requests are all of the
  /// vendor's.
  var isBound: Bool { rule.isOfRoute }

  func burn(_ speed: BurnAlert.Speed) -> Burn? { burns.first { $0.alert.speed == speed } }

  /// When it is used up, at the pace of the slow window.
  var usedUp: Int64? { burn(.slow)?.usedUp }

  /// What is told of it at this time.
  var alerts: [Budget.Alert] {
    var alerts: [Budget.Alert] = []
    if burns.contains(where: { $0.alert.speed == .fast && $0.isCrossed }) { alerts.append(.fast) }
    if burns.contains(where: { $0.alert.speed == .slow && $0.isCrossed }) { alerts.append(.slow) }
    if let left, left <= 0, isLongEnough { alerts.append(.usedUp) }
    return alerts
  }

  /// Whether enough of its time is known for it to count as used up.
  private var isLongEnough: Bool {
    range.until >= BurnWindows.judged(budget.window.length, from: range.since)
  }

  /// Of a vendor that a rule names and that there are no requests to.
  init(nothingOf vendor: String?, _ rule: Rule, _ budget: Budget, _ range: TimeRange, isPart: Bool)
  {
    self.rule = rule
    self.budget = budget
    self.vendor = vendor
    isTotal = rule.grouping.isEmpty
    self.range = range
    self.isPart = isPart
    (outcomes, owners, burns) = (Outcomes(), [], [])
    obstacle = "there are no requests in that time"
  }

  /// - Parameter known: from when on anything is known.
  init(
    _ subject: BudgetTally.Subject, named vendor: String?, _ rule: Rule, _ budget: Budget,
    end: Int64, known: Int64
  ) {
    let window = budget.window.length
    let errorBudget = ErrorBudget(share: budget.share.value)
    func outcomes(of length: Int64) -> Outcomes {
      subject.samples.reduce(into: Outcomes()) { sum, sample in
        guard sample.minute >= end - length, sample.minute < end else { return }
        sum.add(Outcomes(failed: sample.counted, requests: sample.requests))
      }
    }
    let all = outcomes(of: window)
    self.rule = rule
    self.budget = budget
    self.vendor = vendor
    isTotal = rule.grouping.isEmpty
    range = TimeRange(since: min(end, max(known, end - window)), until: end)
    isPart = known > end - window
    self.outcomes = all
    owners = BudgetState.owners(subject.owners, of: all.failed, isKnown: !rule.isOfCode)
    if !subject.hasSuccesses, all.requests > 0 {
      obstacle = "the log has no successes to divide by in that time"
    } else if all.requests < budget.minimum {
      obstacle = "there are fewer than \(budget.minimum) requests in that time"
    } else {
      obstacle = nil
    }
    let isJudged = obstacle == nil
    let history = subject.samples.filter { $0.minute >= end - window && $0.minute < end }
      .map {
        OutcomeStretch(
          time: $0.minute, Outcomes(failed: $0.counted, requests: $0.requests))
      }
    burns = BurnAlert.all(for: window).map { alert in
      let (long, short) = (outcomes(of: alert.long), outcomes(of: alert.short))
      let isKnown =
        isJudged && long.requests >= budget.minimum
        && end >= BurnWindows.judged(alert.long, from: known)
      return Burn(
        alert: alert, long: long, short: short, rate: isKnown ? errorBudget.burn(long) : nil,
        recently: errorBudget.burn(short),
        usedUp: isKnown
          ? errorBudget.usedUp(
            history, now: end, window: window, pace: long,
            over: min(alert.long, end - max(known, end - alert.long))) : nil)
    }
  }

  /// Those of failures that are not counted by who answered are nobody's that is known.
  private static func owners(
    _ owners: [(owner: Blame, failed: Int64)], of failed: Int64, isKnown: Bool
  ) -> [(owner: Blame, failed: Int64)] {
    guard isKnown else { return [] }
    var owners = owners
    let rest = failed - owners.reduce(0) { $0.addingClamped($1.failed) }
    if rest > 0 {
      if let place = owners.firstIndex(where: { $0.owner == .unknown }) {
        owners[place].failed += rest
      } else {
        owners.append((.unknown, rest))
      }
    }
    return owners.sorted { ($1.failed, $0.owner.rawValue) < ($0.failed, $1.owner.rawValue) }
  }
}

extension Rule {
  fileprivate var isOfCode: Bool { conditions.contains { $0.field == .code } }
}
