internal import SQLite

/// Proof, from the store alone, that nothing was lost or doubled.
package struct Verification: Sendable {
  package var sources: Int64 = 0
  package var lines: Int64 = 0
  package var problems: [String] = []
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
      try checkLedger(connection)
      try checkEvents(connection)
      try checkCounts(connection)
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
  }

  /// Every batch has just the events and rejects it says, each inside its range.
  private mutating func checkEvents(_ connection: Connection) throws {
    try find(
      """
      SELECT b.id, b.events, COUNT(e.id) FROM batch b LEFT JOIN event e
        ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
        GROUP BY b.id HAVING COUNT(e.id) <> b.events
      """, on: connection
    ) { "batch \($0): \($1) events were stored, \($2) are there" }
    try find(
      """
      SELECT 0, (SELECT COALESCE(SUM(events), 0) FROM batch) AS told,
        (SELECT COUNT(*) FROM event) AS counted WHERE told <> counted
      """, on: connection
    ) { "the ledger has \($1) events, the store \($2)" }
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

  /// The counts add up to what the ledger says.
  private mutating func checkCounts(_ connection: Connection) throws {
    try find(
      """
      SELECT 0, (SELECT COALESCE(SUM(events + successes), 0) FROM batch) AS told,
        (SELECT COALESCE(SUM(responses), 0) FROM quarter) AS counted WHERE told <> counted
      """, on: connection
    ) { "the ledger has \($1) responses, the traffic counts \($2)" }
    try find(
      """
      SELECT 0, (SELECT COALESCE(SUM(events - undated), 0) FROM batch) AS told,
        (SELECT COALESCE(SUM(errors), 0) FROM minute) AS counted WHERE told <> counted
      """, on: connection
    ) { "the ledger has \($1) dated events, the minutes count \($2)" }
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
