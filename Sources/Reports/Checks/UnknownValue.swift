internal import Batches
internal import Checks
package import Events
package import Profiles
internal import Questions

/// A value that a rule names, and that neither the store nor a profile knows: misspelt, or ahead of
/// its time.
package struct UnknownValue: Sendable, Hashable {
  package let field: ResponseField
  /// With `*` for anything.
  package let name: String
}

extension RuleCheck {
  /// The values of the rules that nothing is known of, each once.
  ///
  /// - Parameter catalog: what is known of vendors; asked for only where the store does not know a
  ///   name.
  package func unknownValues(catalog: () throws -> Catalog) throws -> [UnknownValue] {
    var seen: Set<UnknownValue> = []
    var unknownValues: [UnknownValue] = []
    for condition in outcomes.flatMap(\.rule.conditions) {
      for case .text(let name) in condition.patterns where !name.isEmpty {
        let value = UnknownValue(field: condition.field, name: name)
        guard seen.insert(value).inserted, let lexicon = condition.field.lexicon,
          try !question.archive.has(name, in: lexicon), try !isKnown(value, catalog)
        else { continue }
        unknownValues.append(value)
      }
    }
    return unknownValues
  }

  /// Whether a value that the store does not have can be one all the same.
  private func isKnown(_ value: UnknownValue, _ catalog: () throws -> Catalog) throws -> Bool {
    let wanted = Condition.holds(value.name, of: value.field)
    switch value.field {
    case .vendor:
      // A rule is about slugs: a title or an alias would never be met.
      return try question.archive.hadVendor(value.name)
        || catalog().vendors.contains { wanted.isMet(byText: $0.name) }
    case .code:
      return try catalog().vendors.flatMap(\.documented).flatMap(\.codes).contains { code in
        // A profile's codes may be patterns, too.
        wanted.isMet(byText: code)
          || Condition.holds(code, of: .code).isMet(byText: value.name)
      }
    case .gateway: return try catalog().gateways.contains { wanted.isMet(byText: $0.name) }
    case .route, .consumer, .kind, .status: return false
    }
  }

  /// The name of the vendor that a title or an alias stands for; nil of any other unknown value.
  package func meaning(of value: UnknownValue, catalog: () throws -> Catalog) throws -> String? {
    value.field == .vendor ? try catalog().vendor(called: value.name)?.name : nil
  }

  /// Names that may be meant by an unknown value.
  package func likenesses(of value: UnknownValue, catalog: () throws -> Catalog) throws -> [String]
  {
    guard let lexicon = value.field.lexicon else { return [] }
    let stored = try question.archive.likenesses(of: value.name, in: lexicon)
    return switch value.field {
    case .vendor:
      try stored + catalog().vendors.map(\.name)
    case .gateway: try stored + catalog().gateways.map(\.name)
    case .code: try stored + catalog().vendors.flatMap { $0.documented.flatMap(\.codes) }
    default: stored
    }
  }

  /// Whether an unknown value may be one whose events were pruned: their texts go with them.
  package func mayBePruned(_ value: UnknownValue) -> Bool {
    let pruned = question.archive.pruned
    return switch value.field {
    case .consumer: pruned.events.latest != nil
    case .code, .route: pruned.counts.latest != nil
    default: false
    }
  }
}

extension ResponseField {
  /// Where the store has its texts; nil where it is no text.
  fileprivate var lexicon: Lexicon? {
    switch self {
    case .vendor: .vendor
    case .gateway: .gateway
    case .code: .code
    case .route: .route
    case .consumer: .consumer
    case .kind, .status: nil
    }
  }
}
