extension StoreReader {
  /// Up to when something was pruned.
  package struct Pruned: Sendable {
    /// Milliseconds since the epoch; nil when all events are there.
    package var events: Int64?
    /// Nil when all counts are there.
    package var counts: Int64?
  }

  func prunedUntil() throws -> Pruned {
    var pruned = Pruned()
    try rows(
      """
      SELECT (SELECT MAX(before_ms) FROM pruning WHERE events > 0),
        (SELECT MAX(before_ms) FROM pruning WHERE counts > 0)
      """
    ) { row in
      pruned = Pruned(events: row.optionalInteger(0), counts: row.optionalInteger(1))
    }
    return pruned
  }
}
