internal import Answers
internal import Analysis

// Error budgets among the sentences of a report.
extension Report {
  /// The budgets that want something to be done; else that which has least left.
  var budgetLines: [String] {
    let most = 3
    let urgent = budgets.states.filter { !$0.alerts.isEmpty || ($0.left ?? 1) <= 0 }
    var lines = urgent.prefix(most).map(words)
    if urgent.count > most {
      lines.append(
        "\(count(Int64(urgent.count - most), "more error budget")) used too fast, or used up.")
    }
    if urgent.isEmpty, let least = budgets.states.first, let left = least.leftText {
      let others = budgets.states.count + budgets.others - 1
      lines.append(
        "Error budget of \(least.subject), \(least.name): \(left) left"
          + (others > 0 ? ", and more of \(grouped(Int64(others))) others." : "."))
    }
    return lines + budgets.states.compactMap(\.untold).prefix(most)
  }

  private func words(_ state: BudgetState) -> String {
    let isLeft = (state.left ?? 0) > 0
    let parts = [
      state.leftText.map { isLeft ? "\($0) left" : $0 },
      state.rateText(.slow).map { "burns \($0)" },
      isLeft ? state.usedUp.map { "used up by \(clock($0)) at this pace" } : nil,
      state.split,
    ]
    return "Error budget of \(state.subject), \(state.name): "
      + parts.compactMap(\.self).joined(separator: ", ") + "."
  }
}
