/// How a value stands to a limit.
package enum Comparison: String, Sendable, CaseIterable {
  case above = ">"
  case atLeast = ">="
  case below = "<"
  case atMost = "<="

  package func holds(_ value: Double, _ limit: Double) -> Bool {
    switch self {
    case .above: value > limit
    case .atLeast: value >= limit
    case .below: value < limit
    case .atMost: value <= limit
    }
  }

  /// Whether it looks for too much, not for too little.
  package var isUpward: Bool { self == .above || self == .atLeast }
}

/// A comparison with a number.
package struct Bound: Sendable, Hashable {
  package var comparison: Comparison
  package var amount: Amount

  package func holds(_ value: Double) -> Bool { comparison.holds(value, amount.value) }

  package var text: String { "\(comparison.rawValue) \(amount.text)" }
}

/// A bound with a second one, easier to meet, behind which it counts as over: so that a value which
/// wavers about the first is news once.
package struct Threshold: Sendable, Hashable {
  /// Where a value stands.
  package enum Level: Sendable {
    /// Beyond the threshold.
    case crossed
    /// No more beyond it, but not clearly on the right side either.
    case near
    case clear
  }

  package var bound: Bound
  /// What a value must meet for it to be over; nil: four fifths of the limit or less, or five
  /// fourths or more where there is too little.
  package var until: Bound?
  /// How many requests a rate needs to be judged.
  package var minimum: Int64

  /// So that one error of two is no alarm.
  package static let usualMinimum: Int64 = 20

  package init(_ bound: Bound, until: Bound? = nil, minimum: Int64 = usualMinimum) {
    self.bound = bound
    self.until = until
    self.minimum = minimum
  }

  package func level(of value: Double) -> Level {
    if bound.holds(value) { return .crossed }
    return isOver(value) ? .clear : .near
  }

  private func isOver(_ value: Double) -> Bool {
    if let until { return until.holds(value) }
    let (limit, isShare) = (bound.amount.value, bound.amount.isShare)
    // A count has no fractions: of a limit of 1 there is nothing between it and what is over.
    if bound.comparison.isUpward {
      return value <= (isShare ? limit * 0.8 : (limit * 0.8).rounded(.up))
    }
    return value >= (isShare ? limit * 1.25 : (limit * 1.25).rounded(.down))
  }
}
