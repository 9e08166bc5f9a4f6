internal import Analysis
internal import Answers
internal import Checks
internal import Times

// Error budgets as a report has them.
extension Question {
  /// Those that can be told as a table, the others in words; nil where no objective is given.
  func budgetSection(_ budgets: BudgetList) -> Section? {
    if budgets.states.isEmpty { return nil }
    let told = budgets.states.filter { $0.obstacle == nil }
    var section = Section(heading: "Error budgets", blocks: [])
    if !told.isEmpty { section.blocks.append(.table(budgetTable(told))) }
    if budgets.others > 0 {
      section.blocks.append(.paragraph("and \(grouped(Int64(budgets.others))) more"))
    }
    let remarks = budgetRemarks(told) + budgets.states.compactMap(\.untold)
    if !remarks.isEmpty { section.blocks.append(.bullets(remarks)) }
    return section
  }

  private func budgetTable(_ states: [BudgetState]) -> Table {
    Table(
      columns: [
        "vendor", "objective", Column("failed", .trailing), Column("left", .trailing),
        Column("burns fast", .trailing), Column("slowly", .trailing), "used up", "whose",
      ],
      rows: states.map { state in
        let isUsedUp = (state.left ?? 1) <= 0
        return [
          Cell(.text(state.subject)), Cell(.text(state.name)),
          Cell(.integer(state.outcomes.failed)),
          Cell(
            Value(state.left), shown: state.leftText, tone: isUsedUp ? .bad : .neutral),
          rate(.fast, of: state), rate(.slow, of: state),
          isUsedUp ? "already" : state.usedUp.map { time($0) } ?? nil, Cell(state.split),
        ]
      }, keys: ["vendor", "objective", "left"])
  }

  /// `14.6× in 1 h`.
  private func rate(_ speed: BurnAlert.Speed, of state: BudgetState) -> Cell {
    guard let burn = state.burn(speed), let text = state.rateText(speed) else { return nil }
    let isTold = state.burns.contains { $0.alert.speed == speed && $0.isCrossed }
    return Cell(
      Value(burn.rate), shown: "\(text) in \(formatDuration(burn.alert.long))",
      tone: isTold ? .bad : .neutral)
  }

  private func budgetRemarks(_ states: [BudgetState]) -> [String] {
    var remarks: [String] = []
    if let first = states.filter(\.isPart).map(\.range.since).min() {
      remarks.append(
        "Not all of that time is in the log: what is left is told of the requests since "
          + "\(formatLocal(first, zone: zone, style: .weekday)).")
    }
    if states.contains(where: \.isBound) {
      remarks.append(
        "Successes are not known by route: failures of a route are divided by all requests of its "
          + "vendor, so that it burns at least as fast as is told.")
    }
    return remarks
  }
}

extension BudgetState {
  /// Why nothing can be told of it, as a sentence; nil where something can.
  var untold: String? {
    obstacle.map { "The error budget of \(subject), \(name), cannot be told: \($0)." }
  }
}
