internal import Events
internal import Files
internal import SQLite

// What is counted against the ledger, and against what is stored.
extension Verification {
  /// What is in the store, and what is counted there, adds up to what the ledger says.
  mutating func checkTotals(_ connection: Connection) throws {
    // Counts stay when events are pruned; when counts are, what they came to is noted.
    func gone(_ column: String) -> String {
      "(SELECT COALESCE(SUM(\(column)), 0) FROM pruning)"
    }
    let all = TrafficTables.all
    let totals = [
      ("SUM(events - pruned)", "COUNT(*) FROM event", "events, the store"),
      ("SUM(rejects_kept)", "COUNT(*) FROM reject", "rejects, the store"),
      (
        "SUM(events) - \(gone("counted_errors"))", "SUM(responses) FROM \(all) WHERE kind > 0",
        "errors, the traffic counts"
      ),
      (
        "SUM(successes) - \(gone("counted_successes"))",
        "SUM(responses) FROM \(all) WHERE kind = 0",
        "successes, the traffic counts"
      ),
      (
        "SUM(events - undated) - \(gone("counted_errors"))", "SUM(errors) FROM minute",
        "dated events, the minutes count"
      ),
    ]
    for (told, counted, words) in totals {
      try find(
        """
        SELECT 0, COALESCE((SELECT \(told) FROM batch), 0) AS told,
          COALESCE((SELECT \(counted)), 0) AS counted WHERE told <> counted
        """, on: connection
      ) { "the ledger has \($1) \(words) \($2)" }
    }
  }

  /// What is kept of a batch's successes is as many as it has.
  mutating func checkSuccesses(_ connection: Connection) throws {
    let kept = try connection.prepare(
      """
      SELECT s.batch, b.successes, s.counts FROM success s LEFT JOIN batch b ON b.id = s.batch
        ORDER BY s.batch
      """)
    while try kept.step() {
      let successes = Successes(kept.blob(2))
      let count = successes?.traffic.reduce(0) { $0 &+ $1.count }
      if kept.isNull(1) || count != kept.integer(1) {
        problems.append(
          "batch \(kept.integer(0)): what is kept of its successes is not what it has")
      }
    }
  }
}
