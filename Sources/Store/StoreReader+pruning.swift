extension StoreReader {
  /// Up to when something was pruned.
  package struct Pruned: Sendable {
    /// Milliseconds since the epoch; nil when all events are there.
    package var events: Int64?
    /// Nil when all counts are there.
    package var counts: Int64?
    /// Up to when events were pruned before they were counted by route; nil when all were counted.
    package var routes: Int64?
  }

  func prunedUntil() throws -> Pruned {
    var pruned = Pruned()
    try rows(
      """
      SELECT (SELECT MAX(before_ms) FROM pruning WHERE events > 0),
        (SELECT MAX(before_ms) FROM pruning WHERE counts > 0),
        (SELECT value FROM setting WHERE name = 'routes_since')
      """
    ) { row in
      pruned = try Pruned(
        events: row.optional(0, .moment), counts: row.optional(1, .moment),
        routes: row.optional(2, .moment))
    }
    return pruned
  }
}
