internal import Analysis

/// How error budgets stand: those with least left first, and how many more there are.
struct BudgetList {
  var states: [BudgetState] = []
  /// How many are not among them, as there were too many.
  var others = 0

  mutating func add(_ list: BudgetList) {
    states += list.states
    others += list.others
  }

  /// Puts them in order and keeps so many.
  mutating func keep(_ most: Int) {
    states.sort { $0.order < $1.order }
    let more = max(0, states.count - most)
    others += more
    states.removeLast(more)
  }
}

extension BudgetState {
  /// Those with least left first, then what cannot be judged.
  fileprivate var order: BudgetOrder {
    BudgetOrder(left: left ?? .infinity, requests: -outcomes.requests, name: vendor ?? "")
  }
}

/// Where a budget stands among others.
private struct BudgetOrder: Comparable {
  var left: Double
  var requests: Int64
  var name: String

  static func < (one: BudgetOrder, other: BudgetOrder) -> Bool {
    (one.left, one.requests, one.name) < (other.left, other.requests, other.name)
  }
}
