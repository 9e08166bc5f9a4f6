internal import Times

/// Requests of some time, and how many of them failed.
package struct Outcomes: Sendable, Equatable {
  package var failed: Int64
  package var requests: Int64

  package init(failed: Int64 = 0, requests: Int64 = 0) {
    self.failed = failed
    self.requests = requests
  }

  package mutating func add(_ other: Outcomes) {
    failed = failed.addingClamped(other.failed)
    requests = requests.addingClamped(other.requests)
  }
}

/// A share of requests that may fail.
package struct ErrorBudget: Sendable, Equatable {
  /// More than 0, less than 1: what an objective leaves.
  package let share: Double

  package init(share: Double) {
    self.share = share
  }

  /// How many of so many requests may fail.
  package func allowed(of requests: Int64) -> Double { share * Double(requests) }

  /// How many times as many failed as may: 1 uses the budget up in just its time. Nil of no requests.
  package func burn(_ outcomes: Outcomes) -> Double? {
    guard outcomes.requests > 0 else { return nil }
    return Double(outcomes.failed) / Double(outcomes.requests) / share
  }

  /// What is left of it, as a share of it; less than nothing where more failed than may. Nil of no
  /// requests.
  package func left(of outcomes: Outcomes) -> Double? { burn(outcomes).map { 1 - $0 } }
}
