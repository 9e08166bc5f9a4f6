internal import Events
internal import SQLite

/// Proof, from the store alone, that nothing was lost or doubled.
package struct Verification: Sendable {
  package var sources: Int64 = 0
  package var lines: Int64 = 0
  package var problems: [String] = []
  /// Whether an import kept secrets as they are.
  package var isUnredacted = false
  package var isSound: Bool { problems.isEmpty }
  /// The SQLite that ran.
  package let library = Connection.version

  /// Checks the file itself, then the ledger, then everything counted against the ledger.
  package init(_ store: Store) throws {
    let connection = try store.openForReading()
    do {
      try checkFile(connection)
      sources = try connection.integer("SELECT COUNT(*) FROM source") ?? 0
      lines = try connection.integer("SELECT COALESCE(SUM(lines), 0) FROM batch") ?? 0
      isUnredacted = try Setting.isUnredacted(connection)
      try checkLedger(connection)
      try checkEvents(connection)
      try checkCounts(connection)
    } catch let error as SQLiteError where error.isCorrupt {
      problems.append("SQLite says: \(error.message)")
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path)
    }
  }

  private mutating func checkFile(_ connection: Connection) throws {
    let statement = try connection.prepare("PRAGMA integrity_check(20)")
    while try statement.step() {
      if let word = statement.text(0), word != "ok" { problems.append("SQLite says: \(word)") }
    }
  }

  /// The ranges of a source follow one another without gap or overlap, from its fork to its end.
  private mutating func checkLedger(_ connection: Connection) throws {
    let ranges = try connection.prepare(
      """
      SELECT s.id, s.path, s.fork, s.consumed, b."offset", b.length, b.id FROM source s
        LEFT JOIN batch b ON b.source = s.id ORDER BY s.id, b."offset"
      """)
    var source: Int64 = -1
    var path = ""
    var end: Int64 = 0
    var consumed: Int64 = 0
    func finish(_ problems: inout [String]) {
      if source >= 0, end != consumed {
        problems.append("\(path): the ledger ends at byte \(end), the source at \(consumed)")
      }
    }
    while try ranges.step() {
      if ranges.integer(0) != source {
        finish(&problems)
        source = ranges.integer(0)
        path = ranges.text(1) ?? ""
        end = ranges.integer(2)
        consumed = ranges.integer(3)
      }
      if ranges.isNull(4) { continue }
      let start = ranges.integer(4)
      if start > end { problems.append("\(path): bytes \(end) to \(start) are in no batch") }
      if start < end { problems.append("\(path): bytes \(start) to \(end) are in two batches") }
      end = start + ranges.integer(5)
    }
    finish(&problems)
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM batch b
        WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.id = b.source) HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) batches belong to no source" }
  }

  /// Every batch has just the events and rejects it says, each inside its range.
  private mutating func checkEvents(_ connection: Connection) throws {
    try find(
      """
      SELECT id, lines, events + successes + skipped + rejects + blank FROM batch
        WHERE lines > events + successes + skipped + rejects + blank
      """, on: connection
    ) { "batch \($0): \($1) lines were read, \($2) are accounted for" }
    try find(
      """
      SELECT b.id, b.events, COUNT(e.id) FROM batch b LEFT JOIN event e
        ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
        GROUP BY b.id HAVING COUNT(e.id) <> b.events
      """, on: connection
    ) { "batch \($0): \($1) events were stored, \($2) are there" }
    try find(
      """
      SELECT b.id, COUNT(*), 0 FROM event e JOIN batch b ON b.id = e.batch
        WHERE e."offset" < b."offset" OR e."offset" + e.length > b."offset" + b.length
        GROUP BY b.id
      """, on: connection
    ) { batch, count, _ in "batch \(batch): \(count) events stand outside its bytes" }
    try find(
      """
      SELECT b.id, b.rejects_kept, COUNT(r.id) FROM batch b LEFT JOIN reject r ON r.batch = b.id
        GROUP BY b.id HAVING COUNT(r.id) <> b.rejects_kept
      """, on: connection
    ) { "batch \($0): \($1) rejects were kept, \($2) are there" }
  }

  /// What is in the store, and what is counted there, adds up to what the ledger says.
  private mutating func checkCounts(_ connection: Connection) throws {
    let all = """
      (SELECT time_ms, vendor, status, code, kind, responses FROM quarter
        UNION ALL SELECT -1, vendor, status, code, kind, responses FROM undated)
      """
    let totals = [
      ("SUM(events)", "COUNT(*) FROM event", "events, the store"),
      ("SUM(rejects_kept)", "COUNT(*) FROM reject", "rejects, the store"),
      ("SUM(events)", "SUM(responses) FROM \(all) WHERE kind > 0", "errors, the traffic counts"),
      (
        "SUM(successes)", "SUM(responses) FROM \(all) WHERE kind = 0",
        "successes, the traffic counts"
      ),
      ("SUM(events - undated)", "SUM(errors) FROM minute", "dated events, the minutes count"),
    ]
    for (told, counted, words) in totals {
      try find(
        """
        SELECT 0, COALESCE((SELECT \(told) FROM batch), 0) AS told,
          COALESCE((SELECT \(counted)), 0) AS counted WHERE told <> counted
        """, on: connection
      ) { "the ledger has \($1) \(words) \($2)" }
    }
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
    for grain in Grain.allCases.dropFirst() {
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
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM (
        SELECT 1 FROM (
          SELECT COALESCE(time_ms - time_ms % 900000, -1) AS quarter, COALESCE(vendor, 0) AS vendor,
            COALESCE(status, 0) AS status, COALESCE(code, 0) AS code, kind, 1 AS responses FROM event
          UNION ALL
          SELECT time_ms, vendor, status, code, kind, -responses FROM \(all) WHERE kind > 0)
        GROUP BY quarter, vendor, status, code, kind HAVING SUM(responses) <> 0)
      HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) of the counts of traffic are not those of the events" }
  }

  private mutating func find(
    _ sql: String, on connection: Connection, _ say: (Int64, Int64, Int64) -> String
  ) throws {
    let statement = try connection.prepare(sql)
    while try statement.step() {
      problems.append(say(statement.integer(0), statement.integer(1), statement.integer(2)))
    }
  }
}
