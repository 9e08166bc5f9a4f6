package import Events
package import Times

/// What is watched, of which responses, and what is told apart.
package struct Rule: Sendable, Hashable {
  package enum Trigger: Sendable, Hashable {
    /// Every window of the length that ends with a minute is judged.
    case measure(Measure, Threshold, per: Every)
    /// All bounds hold of it.
    case sighting(Sighting, [SizeBound])
    /// It is used too fast, or used up.
    case budget(Budget)
  }

  /// A bound on how large a sighting is.
  package struct SizeBound: Sendable, Hashable {
    package var quantity: Quantity
    package var bound: Bound
  }

  package var trigger: Trigger
  /// All must be met.
  package var conditions: [Condition]
  /// What subjects are told apart by; empty where all are one. Sightings have their own.
  package var grouping: [ResponseField]
  /// What incidents are watched; empty: all.
  package var incidents: [IncidentSort]

  package init(
    _ trigger: Trigger, conditions: [Condition] = [], grouping: [ResponseField] = [.vendor],
    incidents: [IncidentSort] = []
  ) {
    self.incidents = incidents
    self.trigger = trigger
    self.conditions = conditions
    self.grouping = grouping
  }

  /// What is watched where no rule is given.
  package static let usual: [Rule] = [
    Rule(.sighting(.spike, [])), Rule(.sighting(.burst, [])), Rule(.sighting(.limitHit, [])),
    Rule(.sighting(.newCode, [])),
  ]

  /// The names of what its subjects have values of.
  package var subject: [String] {
    switch trigger {
    case .measure: grouping.map(\.rawValue)
    case .sighting(let sighting, _): sighting.subject
    case .budget: grouping.map(\.rawValue) + ["alert"]
    }
  }

  /// The objective that it is about; nil of other rules.
  package var budget: Budget? { if case .budget(let budget) = trigger { budget } else { nil } }

  /// Whether it is crossed by too little: then what is missing must be looked for, too.
  package var isSilence: Bool {
    guard case .measure(_, let threshold, _) = trigger else { return false }
    return !threshold.bound.comparison.isUpward
  }

  /// One way to write it, whatever way it was written: a rule is known by it.
  package var text: String {
    let filters = conditions.map(\.text).sorted()
    switch trigger {
    case .measure(let measure, let threshold, let window):
      var words = [measure.rawValue, threshold.bound.text, "per", window.text]
      if let until = threshold.until { words += ["until", until.text] }
      if measure.isRate, threshold.minimum != Threshold.usualMinimum {
        words.append("min=\(threshold.minimum)")
      }
      words += filters
      if grouping.isEmpty {
        words.append("total")
      } else if grouping != [.vendor] {
        words.append("by=" + grouping.map(\.rawValue).joined(separator: ","))
      }
      return words.joined(separator: " ")
    case .sighting(let sighting, let bounds):
      let sizes = bounds.map { "\($0.quantity.rawValue) \($0.bound.text)" }
      let sorts =
        incidents.isEmpty ? [] : ["what=" + incidents.map(\.rawValue).joined(separator: ",")]
      return ([sighting.rawValue] + sizes + sorts + filters).joined(separator: " ")
    case .budget(let budget):
      var words = ["budget", budget.name]
      if budget.minimum != Threshold.usualMinimum { words.append("min=\(budget.minimum)") }
      words += filters + budget.ownerTexts
      return (words + (grouping.isEmpty ? ["total"] : [])).joined(separator: " ")
    }
  }
}
