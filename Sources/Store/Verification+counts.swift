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
    let all = Verification.traffic
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

  /// All traffic, by the quarter of an hour; what has no time at -1.
  private static let traffic = """
    (SELECT time_ms, vendor, status, code, kind, responses FROM quarter
      UNION ALL SELECT -1, vendor, status, code, kind, responses FROM undated)
    """

  mutating func checkMinutes(_ connection: Connection) throws {
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM (
        SELECT 1 FROM (
          SELECT time_ms / 900000 AS quarter, vendor, successes, errors, rate_limited, plan_limited,
            server_errors FROM minute
          UNION ALL
          SELECT time_ms / 900000, vendor, -responses * (kind = 0), -responses * (kind > 0),
            -responses * (kind = \(Kind.rateLimit.rawValue)),
            -responses * (kind = \(Kind.planLimit.rawValue)),
            -responses * (kind > 0 AND status >= 500) FROM quarter)
        GROUP BY quarter, vendor
        HAVING SUM(successes) <> 0 OR SUM(errors) <> 0 OR SUM(rate_limited) <> 0
          OR SUM(plan_limited) <> 0 OR SUM(server_errors) <> 0)
      HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) of the counts of minutes are not those of traffic" }
  }

  mutating func checkServerErrors(_ connection: Connection) throws {
    let different = try ServerErrorHours(ofMinutes: .always, on: connection)
      .differences(on: connection)
    if different > 0 {
      problems.append(
        "\(different) of the counts of server errors by hour are not those of minutes")
    }
  }

  mutating func checkSums(by grain: Grain, _ connection: Connection) throws {
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM (
        SELECT 1 FROM (
          SELECT time_ms, vendor, status, code, kind, responses FROM \(grain.table)
          UNION ALL
          SELECT time_ms - time_ms % \(grain.length), vendor, status, code, kind, -responses
            FROM quarter)
        GROUP BY time_ms, vendor, status, code, kind HAVING SUM(responses) <> 0)
      HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in
      "\(count) of the counts of traffic by \(grain.table) are not those by quarter"
    }
  }

  mutating func checkTraffic(_ connection: Connection) throws {
    // Counts stay when events are pruned.
    let pruned = try PrunedTimes(connection).sql("vendor")
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM (
        SELECT 1 FROM (
          SELECT COALESCE(time_ms - time_ms % 900000, -1) AS quarter, COALESCE(vendor, 0) AS vendor,
            COALESCE(status, 0) AS status, COALESCE(code, 0) AS code, kind, 1 AS responses FROM event
          UNION ALL
          SELECT time_ms, vendor, status, code, kind, -responses FROM \(Verification.traffic) WHERE kind > 0)
        GROUP BY quarter, vendor, status, code, kind
        HAVING SUM(responses) > 0 OR (SUM(responses) < 0 AND quarter >= \(pruned)))
      HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) of the counts of traffic are not those of the events" }
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
