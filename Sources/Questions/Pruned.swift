/// Up to when something was pruned.
package struct Pruned: Sendable {
  package var events = PrunedUntil()
  package var counts = PrunedUntil()

  package init() {}
}

/// Up to when something of one sort was pruned, in milliseconds since the epoch.
package struct PrunedUntil: Sendable {
  /// Of every vendor; nil where it is all there.
  package var all: Int64?
  /// Of single vendors, where that is later.
  package var vendors: [String: Int64]

  package init(all: Int64? = nil, vendors: [String: Int64] = [:]) {
    self.all = all
    self.vendors = vendors
  }

  /// What matters to a question about some vendors, or about all where there are none.
  package func of(_ vendors: [String]) -> PrunedUntil {
    if vendors.isEmpty { return self }
    return PrunedUntil(all: all, vendors: self.vendors.filter { vendors.contains($0.key) })
  }

  /// What matters to a question about times from one on.
  package func after(_ time: Int64) -> PrunedUntil {
    PrunedUntil(
      all: all.flatMap { $0 > time ? $0 : nil }, vendors: vendors.filter { $0.value > time })
  }

  /// The latest; nil where nothing is missing.
  package var latest: Int64? { ([all].compactMap(\.self) + vendors.values).max() }
}
