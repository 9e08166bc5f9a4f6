internal import Batches
internal import Checks
package import Events
package import Profiles
package import Questions

/// A value that a condition names.
package struct NamedValue: Sendable, Hashable {
  package let field: ResponseField
  /// With `*` for anything.
  package let name: String
}

/// What is known of values that conditions name: by a store, and by profiles.
package struct NamedValues {
  let archive: any Archive
  /// Asked for only where the store does not know a name.
  let catalog: () throws -> Catalog

  package init(in archive: any Archive, catalog: @escaping () throws -> Catalog) {
    self.archive = archive
    // Read once, however many names are unknown.
    var known: Catalog?
    self.catalog = {
      let catalog = try known ?? catalog()
      known = catalog
      return catalog
    }
  }

  /// Whether the store has a text of that name. What is no text is another matter.
  func isStored(_ value: NamedValue) throws -> Bool {
    guard let lexicon = value.field.lexicon else { return true }
    return try archive.has(value.name, in: lexicon)
  }

  /// Whether a value that the store does not have can be one all the same.
  func isKnown(_ value: NamedValue) throws -> Bool {
    let wanted = Condition.holds(value.name, of: value.field)
    switch value.field {
    case .vendor:
      // A rule is about slugs: a title or an alias would never be met.
      return try archive.hadVendor(value.name)
        || catalog().vendors.contains { wanted.isMet(byText: $0.name) }
    case .code:
      return try catalog().vendors.flatMap(\.documented).flatMap(\.codes).contains { code in
        // A profile's codes may be patterns, too.
        wanted.isMet(byText: code)
          || Condition.holds(code, of: .code).isMet(byText: value.name)
      }
    case .gateway:
      let catalog = try catalog()
      return (catalog.gateways + [catalog.genericGateway]).contains {
        wanted.isMet(byText: $0.name)
      }
    case .route, .consumer, .kind, .status, .answeredBy: return false
    }
  }

  /// The name of the vendor that a title or an alias stands for; nil of any other unknown value.
  package func meaning(of value: NamedValue) throws -> String? {
    value.field == .vendor ? try catalog().vendor(called: value.name)?.name : nil
  }

  /// Names that may be meant by an unknown value.
  package func likenesses(of value: NamedValue) throws -> [String] {
    guard let lexicon = value.field.lexicon else { return [] }
    let stored = try archive.likenesses(of: value.name, in: lexicon)
    return switch value.field {
    case .vendor: try stored + catalog().vendors.map(\.name)
    case .gateway: try stored + catalog().gateways.map(\.name)
    case .code: try stored + catalog().vendors.flatMap { $0.documented.flatMap(\.codes) }
    default: stored
    }
  }

  /// Whether an unknown value may be one whose events were pruned: their texts go with them.
  package func mayBePruned(_ value: NamedValue) -> Bool {
    let pruned = archive.pruned
    return switch value.field {
    case .consumer: pruned.events.latest != nil
    case .code, .route: pruned.counts.latest != nil
    default: false
    }
  }
}

extension RuleCheck {
  /// What is known of the values that rules name.
  package func values(catalog: @escaping () throws -> Catalog) -> NamedValues {
    NamedValues(in: question.archive, catalog: catalog)
  }

  /// The values of the rules that nothing is known of, each once: misspelt, or ahead of their time.
  package func unknownValues(_ values: NamedValues) throws -> [NamedValue] {
    var seen: Set<NamedValue> = []
    return try outcomes.flatMap(\.rule.conditions).flatMap(\.named).filter { value in
      try seen.insert(value).inserted && !values.isStored(value) && !values.isKnown(value)
    }
  }
}

extension Condition {
  /// The texts that it names.
  var named: [NamedValue] {
    patterns.compactMap { pattern in
      guard case .text(let name) = pattern, !name.isEmpty else { return nil }
      return NamedValue(field: field, name: name)
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
    case .kind, .status, .answeredBy: nil
    }
  }
}
