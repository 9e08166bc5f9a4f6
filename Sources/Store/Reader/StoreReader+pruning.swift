internal import Questions

extension StoreReader {
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
