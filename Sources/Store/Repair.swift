internal import Events
internal import SQLite

/// Making anew what can be made anew of a store: indexes, views, counts and the index of ids.
package struct Repair: Sendable {
  /// What was done, in words.
  package private(set) var done: [String] = []

  /// Does all that the store alone allows, in one transaction.
  ///
  /// Counts of errors are those of the events again where no event was pruned; successes are in no
  /// event, so their counts stay as they are.
  package init(_ store: Store, onWait: @escaping () -> Void = {}) throws {
    _ = try store.openForReading()
    let writer = try StoreWriter(store, onWait: onWait)
    try writer.write {
      try writer.connection.execute("REINDEX")
      try remakeViews(writer.connection)
      try recount(writer.connection)
    }
    writer.rest()
  }

  private mutating func remakeViews(_ connection: Connection) throws {
    let definitions = "SELECT GROUP_CONCAT(sql, ';') FROM sqlite_schema WHERE type = 'view'"
    let before = try connection.text(definitions)
    for name in Views.names { try connection.execute("DROP VIEW IF EXISTS \(name)") }
    try connection.execute(Views.stored)
    if try connection.text(definitions) != before { done.append("the views were made anew") }
  }

  private mutating func recount(_ connection: Connection) throws {
    let missing = try connection.integer(
      "SELECT (SELECT SUM(events - pruned) FROM batch) - (SELECT COUNT(*) FROM event)")
    guard missing ?? 0 == 0 else {
      done.append("counts were left as they are: the events that are there are not all there were")
      return
    }
    let start = try connection.integer("SELECT MAX(before_ms) FROM pruning")
    let quarter = 15 * Milliseconds.minute
    // The quarter in which pruning stopped has lost some of its events.
    let since = start.map { ($0 + quarter - 1).rounded(downTo: quarter) } ?? .min
    var changed = try recountMinutes(connection, since: since)
    changed += try recountQuarters(connection, since: since)
    for grain in Grain.allCases.dropFirst() {
      changed += try replace(
        connection, ["DELETE FROM \(grain.table)", grain.sum(where: "true")], table: grain.table,
        since: nil)
    }
    if start == nil { changed += try recountUndated(connection) }
    if changed > 0 { done.append("\(changed) counts of errors were made anew from the events") }
  }

  private func recountMinutes(_ connection: Connection, since: Int64) throws -> Int {
    let counted = """
      SELECT time_ms - time_ms % 60000 AS time_ms, COALESCE(vendor, 0) AS vendor,
        COUNT(*) AS errors, SUM(kind = \(Kind.rateLimit.rawValue)) AS rate_limited,
        SUM(kind = \(Kind.planLimit.rawValue)) AS plan_limited,
        SUM(COALESCE(status, 0) >= 500) AS server_errors
        FROM event WHERE time_ms >= ?1 GROUP BY 1, 2
      """
    return try replace(
      connection,
      [
        "UPDATE minute SET errors = 0, rate_limited = 0, plan_limited = 0, server_errors = 0 WHERE time_ms >= ?1",
        """
        INSERT INTO minute SELECT time_ms, vendor, 0, errors, rate_limited, plan_limited, server_errors
          FROM (\(counted)) WHERE true ON CONFLICT DO UPDATE SET errors = excluded.errors,
          rate_limited = excluded.rate_limited, plan_limited = excluded.plan_limited,
          server_errors = excluded.server_errors
        """,
        "DELETE FROM minute WHERE time_ms >= ?1 AND successes = 0 AND errors = 0",
      ], table: "minute", since: since)
  }

  private func recountQuarters(_ connection: Connection, since: Int64) throws -> Int {
    try replace(
      connection,
      [
        "DELETE FROM quarter WHERE time_ms >= ?1 AND kind > 0",
        """
        INSERT INTO quarter SELECT time_ms - time_ms % 900000, COALESCE(vendor, 0),
          COALESCE(status, 0), COALESCE(code, 0), kind, COUNT(*)
          FROM event WHERE time_ms >= ?1 GROUP BY 1, 2, 3, 4, 5
        """,
      ], table: "quarter", since: since)
  }

  private func recountUndated(_ connection: Connection) throws -> Int {
    try replace(
      connection,
      [
        "DELETE FROM undated WHERE kind > 0",
        """
        INSERT INTO undated SELECT COALESCE(vendor, 0), COALESCE(status, 0), COALESCE(code, 0), kind,
          COUNT(*) FROM event WHERE time_ms IS NULL GROUP BY 1, 2, 3, 4
        """,
      ], table: "undated", since: nil)
  }

  /// Runs statements that write a table anew; returns how many of its rows are not what they were.
  private func replace(
    _ connection: Connection, _ statements: [String], table: String, since: Int64?
  ) throws -> Int {
    try connection.execute("CREATE TEMP TABLE before_repair AS SELECT * FROM \(table)")
    for sql in statements {
      try connection.prepare(sql).run(binding: since.map { [$0] } ?? [])
    }
    let changed = try connection.integer(
      """
      SELECT (SELECT COUNT(*) FROM (SELECT * FROM \(table) EXCEPT SELECT * FROM before_repair))
        + (SELECT COUNT(*) FROM (SELECT * FROM before_repair EXCEPT SELECT * FROM \(table)))
      """)
    try connection.execute("DROP TABLE before_repair")
    return Int(changed ?? 0)
  }

  /// Fills the gaps of the index of ids from what the store has: the ids that are left there, and
  /// those that events have as text. Other ids of events without an entry are lost.
  package mutating func refillIdentifiers(
    of batches: [Int64], in store: Store, hash: (String, UInt64) -> UInt64
  ) throws {
    let writer = try StoreWriter(store)
    let seed = try writer.connection.integer("SELECT value FROM setting WHERE name = 'id_seed'")
    for batch in batches {
      try writer.write {
        let connection = writer.connection
        let events = try connection.integer("SELECT events FROM batch WHERE id = ?", batch) ?? 0
        var pairs = IdentifierList()
        let left = try IdentifierPages.read(of: batch, on: connection)
        for place in 0..<left.count where Int64(left[place].row) < events {
          pairs.append(left[place])
        }
        pairs.sort()
        let missing = try RequestIDs.missing(in: pairs, of: batch, on: connection) {
          hash($0, UInt64(bitPattern: seed ?? 0))
        }
        for pair in missing { pairs.append(pair) }
        pairs.sort()
        try IdentifierPages.replace(of: batch, with: pairs, on: connection)
      }
    }
    writer.rest()
  }
}
