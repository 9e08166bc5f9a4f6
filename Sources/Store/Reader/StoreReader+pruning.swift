extension StoreReader {
  /// Up to when something was pruned.
  package struct Pruned: Sendable {
    package var events = PrunedUntil()
    package var counts = PrunedUntil()
  }

  /// Up to when something of one sort was pruned, in milliseconds since the epoch.
  package struct PrunedUntil: Sendable {
    /// Of every vendor; nil where it is all there.
    package var all: Int64?
    /// Of single vendors, where that is later.
    package var vendors: [String: Int64] = [:]

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

  func readPruned() throws -> Pruned {
    var pruned = Pruned()
    try rows(
      """
      SELECT n.vendor, MAX(CASE WHEN p.events > 0 THEN p.before_ms END),
        MAX(CASE WHEN p.counts > 0 THEN p.before_ms END)
        FROM pruning p LEFT JOIN pruned_vendor n ON n.pruning = p.id GROUP BY n.vendor
      """
    ) { row in
      guard let vendor = row.text(0) else {
        pruned.events.all = try row.optional(1, .moment)
        pruned.counts.all = try row.optional(2, .moment)
        return
      }
      pruned.events.vendors[vendor] = try row.optional(1, .moment)
      pruned.counts.vendors[vendor] = try row.optional(2, .moment)
    }
    for field in [\Pruned.events, \Pruned.counts] {
      let all = pruned[keyPath: field].all ?? .min
      pruned[keyPath: field].vendors = pruned[keyPath: field].vendors.filter { $0.value > all }
    }
    return pruned
  }
}
