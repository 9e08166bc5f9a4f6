internal import Batches
internal import Checks
package import Events
package import Profiles
package import Questions

/// Which responses are asked about, by the words of a command line or of an address: values of fields,
/// with `*` for anything and `!` for all others.
package struct Selection {
  /// As the store calls them; empty for all.
  package private(set) var vendors: [String] = []
  /// The one gateway that is asked about; nil for all, or for those that `events` has.
  package private(set) var gateway: String?
  package private(set) var events = EventFilter()
  /// What is known, and of which the store has nothing.
  package private(set) var absent: [String] = []

  /// A name or pattern that neither a store nor a profile knows a gateway or a vendor by.
  package enum Unknown: Error {
    case gateway(String, known: [String])
    case vendorsLike(String)
  }

  package init() {}

  /// - Parameters:
  ///   - takesPatterns: whether vendors and gateways may be picked by more than their names.
  ///   - catalog: asked for only where the store does not know a name.
  /// - Throws: `Unknown`, `UnseenValue`, `KnownVendors.Unknown` or `RuleError` where that cannot be
  ///   asked.
  package init(
    _ values: [ResponseField: [String]], containing text: String? = nil,
    takesPatterns: Bool = true, in archive: any Archive,
    catalog: @escaping () throws -> Catalog
  ) throws {
    var values = values
    func isPattern(_ name: String) -> Bool {
      takesPatterns && (name.contains("*") || name.first == "!")
    }
    let vendors = values.removeValue(forKey: .vendor) ?? []
    try pick(vendors.filter { !isPattern($0) }, in: archive, catalog)
    try pick(like: vendors.filter { isPattern($0) && $0.first != "!" }, in: archive)
    values[.vendor] = vendors.filter { isPattern($0) && $0.first == "!" }
    if let gateways = values[.gateway], gateways.count == 1, !isPattern(gateways[0]) {
      try pick(gateway: gateways[0], in: archive, catalog)
      values[.gateway] = nil
    }
    events = try EventFilter(values.filter { !$0.value.isEmpty }, containing: text)
    absent += try events.absent(NamedValues(in: archive, catalog: catalog))
  }

  private mutating func pick(
    gateway name: String, in archive: any Archive, _ catalog: () throws -> Catalog
  ) throws {
    gateway = try archive.spellings(of: name, in: .gateway).first
    if gateway != nil { return }
    let catalog = try catalog()
    let all = catalog.gateways + [catalog.genericGateway]
    guard let profile = all.first(where: { $0.name == name.lowercased() }) else {
      throw Unknown.gateway(name, known: catalog.gateways.map(\.name).sorted())
    }
    gateway = profile.name
    absent.append(profile.name)
  }

  private mutating func pick(
    _ names: [String], in archive: any Archive, _ catalog: () throws -> Catalog
  ) throws {
    let known = try KnownVendors(names, in: archive, catalog: catalog)
    vendors = known.names
    absent += known.absent
  }

  /// The vendors of the store that patterns stand for.
  private mutating func pick(like patterns: [String], in archive: any Archive) throws {
    let stored = patterns.isEmpty ? [] : try archive.texts(in: .vendor)
    for pattern in patterns {
      let condition = Condition.holds(pattern, of: .vendor)
      let met = stored.filter { condition.isMet(byText: $0) }
      if met.isEmpty { throw Unknown.vendorsLike(pattern) }
      vendors += met.filter { !vendors.contains($0) }
    }
  }
}
