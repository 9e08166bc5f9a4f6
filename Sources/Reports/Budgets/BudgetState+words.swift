internal import Analysis
internal import Answers
internal import Checks
internal import Events
internal import Times

// Error budgets as people read them.
extension BudgetState {
  /// `zihin`, `all together`.
  var subject: String { isTotal ? "all together" : vendor ?? "no vendor" }

  /// `99.5% per 30d route=/v1/runs`
  var name: String { rule.budgetName }

  /// What is left: `12.3 %`, `none, 1.7× used`; nil where it is not judged.
  var leftText: String? {
    left.map { left in
      let most = isBound && left > 0 ? "at most " : ""
      if left > 0 { return most + percent(left) }
      return left == 0 ? "none" : "none, \(isBound ? "at least " : "")\(times(1 - left)) used"
    }
  }

  func rateText(_ speed: BurnAlert.Speed) -> String? {
    burn(speed)?.rate.map { (isBound ? "≥ " : "") + times($0) }
  }

  /// Whose move it is: `the vendor's`, `the vendor's 61.2 %, ours 38.8 %`.
  var split: String? {
    guard let first = owners.first, outcomes.failed > 0 else { return nil }
    if first.failed == outcomes.failed { return first.owner.owner }
    return owners.map { part in
      let share = percent(part.failed, of: outcomes.failed) ?? grouped(part.failed)
      return "\(part.owner.owner) \(share)"
    }
    .joined(separator: ", ")
  }

  /// What a check tells of one of its alerts.
  ///
  /// - Parameters:
  ///   - worst: what was counted when it was worst.
  ///   - time: a time in the words of the answer's zone.
  func phrase(
    _ alert: Budget.Alert, _ worst: Outcomes, within window: Int64?, time: (Int64) -> String
  ) -> String {
    var words = rule.phrase(alert, worst, within: window)
    switch alert {
    case .fast, .slow:
      if let leftText { words += ", " + leftText + (left ?? 0 > 0 ? " left" : "") }
      if let end = pace(of: alert), end > range.until {
        words += ", used up by \(time(end)) at this pace"
      }
    case .usedUp: break
    }
    return words + (split.map { ", \($0)" } ?? "")
  }

  /// When it is used up at the pace that an alert tells of; nil if it lasts, or is not told now.
  private func pace(of alert: Budget.Alert) -> Int64? {
    burns.first { $0.alert.speed.rawValue == alert.rawValue && $0.isCrossed }?.usedUp
  }
}

extension Rule {
  /// An objective with what picks its failures, but for whose requests it is about.
  var budgetName: String {
    guard let budget else { return text }
    let others = conditions.filter { $0.field != .vendor }.map(\.text).sorted()
    let owners = budget.ownerTexts
    return ([budget.name] + others + owners).joined(separator: " ")
  }

  /// The same without what is known of the time around.
  func phrase(_ alert: Budget.Alert, _ worst: Outcomes, within window: Int64?) -> String {
    guard let budget else { return text }
    let errorBudget = ErrorBudget(share: budget.share.value)
    let rate = (isOfRoute ? "at least " : "") + times(errorBudget.burn(worst) ?? 0)
    let counts = "\(grouped(worst.failed)) of \(count(worst.requests, "request")) failed"
    let within = window.map { " within \(formatDuration($0))" } ?? ""
    switch alert {
    case .fast: return "budget \(budgetName) burns fast, \(rate) (\(counts)\(within))"
    case .slow: return "budget \(budgetName) burns, \(rate) (\(counts)\(within))"
    case .usedUp:
      let allowed = expectation(errorBudget.allowed(of: worst.requests))
      return "budget \(budgetName) is used up, \(rate) (\(counts) where \(allowed) may)"
    }
  }
}
