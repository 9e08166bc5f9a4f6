internal import Analysis
internal import Checks
internal import Events
internal import Times

/// What of the responses is a budget's: whose requests, and which of them failed.
struct BudgetFilter {
  let budget: Budget
  /// Whether who answered or on which route decides: then errors are counted by route.
  let readsRoutes: Bool
  /// Whether a code decides: who answered is not counted by it.
  let readsCodes: Bool
  private let filter: ResponseFilter
  /// Whether the rule names what counts.
  private let isNamed: Bool

  init(_ rule: Rule, _ budget: Budget, _ vocabulary: Vocabulary) {
    self.budget = budget
    filter = ResponseFilter(rule.conditions, vocabulary)
    isNamed = budget.namesFailures(rule.conditions)
    readsRoutes = !budget.owners.isEmpty || rule.isOfRoute
    readsCodes = rule.conditions.contains { $0.field == .code }
  }

  /// Whether a response is one of the requests that the objective is about.
  func asksAbout(_ response: ResponseCount) -> Bool {
    filter.passes(vendor: response.vendor, gateway: response.gateway)
  }

  /// Whether it failed, in the way that the rule counts.
  func isFailure(_ response: ResponseCount) -> Bool {
    guard let kind = response.kind,
      isNamed || Budget.isFailure(kind, status: response.status), filter.passes(response)
    else { return false }
    return budget.owners.isEmpty
      || budget.counts(Blame(kind, answeredBy: response.answeredBy))
  }

  /// What a response counts. A client that hung up left no request to answer, unless it is just that
  /// which counts.
  ///
  /// - Parameter isFailure: nil where that is counted elsewhere.
  func outcomes(_ response: ResponseCount, isFailure: Bool?) -> Outcomes {
    let failed = isFailure ?? false
    let isRequest = response.kind != .cancelled || failed
    return Outcomes(
      failed: failed ? response.count : 0, requests: isRequest ? response.count : 0)
  }
}

extension Rule {
  /// Whether it is about a route: of which requests are not known.
  var isOfRoute: Bool { conditions.contains { $0.field == .route } }

  /// The windows of its alerts.
  func burnWindows(_ budget: Budget, _ speed: BurnAlert.Speed) -> [BurnWindows] {
    BurnAlert.all(for: budget.window.length).filter { $0.speed == speed }.map { alert in
      BurnWindows(
        long: alert.long, short: alert.short, limit: budget.share.times(tenths: alert.tenths),
        minimum: budget.minimum)
    }
  }
}
