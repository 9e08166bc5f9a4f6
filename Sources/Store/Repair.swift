internal import Batches
internal import Events
internal import Files
internal import SQLite
internal import Times

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
    let writer = try StoreWriter(store, for: .repairing, onWait: onWait)
    try writer.write {
      let connection = writer.connection
      try attempt("the tables", on: connection) { try $0.remakeTables(connection) }
      try attempt("the indexes", on: connection) { _ in try connection.execute("REINDEX") }
      try attempt("the views", on: connection) { try $0.remakeViews(connection) }
      try attempt("the runs of batches", on: connection) { try $0.remakeRuns(connection) }
      try attempt("counts", on: connection) { try $0.recount(connection) }
    }
    writer.rest()
  }

  /// Indexes that are missing, and tables of which all is derived from others: those are filled below.
  private mutating func remakeTables(_ connection: Connection) throws {
    let made = try Schema.pristine()
    let there = try SchemaShape(connection)
    for (name, sql) in try SchemaShape(made).missing(in: there) {
      guard there.tables[name] == nil else { continue }
      try connection.execute(sql)
      done.append("\(name), which was missing, was made anew")
    }
  }

  /// Makes something anew; where the store does not allow it, that stays as it is.
  private mutating func attempt(
    _ what: String, on connection: Connection, _ work: (inout Repair) throws -> Void
  ) throws {
    func leave(_ reason: String) throws {
      try connection.execute("ROLLBACK TO attempt; RELEASE attempt")
      done.append("\(what) were left as they are: \(reason)")
    }
    var repaired = self
    try connection.execute("SAVEPOINT attempt")
    do {
      try work(&repaired)
      try connection.execute("RELEASE attempt")
      self = repaired
    } catch let error as SQLiteError where error.isDamage && !connection.isIdle {
      try leave(error.message)
    } catch let error as StoreError {
      try leave(error.message)
    }
  }

  private mutating func remakeViews(_ connection: Connection) throws {
    let definitions = "SELECT GROUP_CONCAT(sql, ';') FROM sqlite_schema WHERE type = 'view'"
    let before = try connection.text(definitions)
    for name in Views.names { try connection.execute("DROP VIEW IF EXISTS \(name)") }
    try connection.execute(Views.stored)
    if try connection.text(definitions) != before { done.append("the views were made anew") }
  }

  /// Runs that do not fit their batches go, and every batch without one begins one; limits are
  /// those of the events, where these are all there. Ids are seen to later.
  private mutating func remakeRuns(_ connection: Connection) throws {
    let strays = try removeStrays(connection)
    try connection.execute("DELETE FROM run WHERE \(Run.isUnfit)")
    let unfit = connection.changes
    _ = try removeStrays(connection)
    try connection.execute(
      """
      INSERT INTO run SELECT id, id, first_event, events, 0, NULL, NULL FROM batch
        WHERE events > 0 AND \(Run.isMissing)
      """)
    let made = max(unfit, connection.changes)
    if made > 0 { done.append("\(made) runs of batches were made anew") }
    let writer = try RunWriter(connection)
    var changed = strays
    for run in try Run.all(on: connection) {
      let limits = PackedLimits(try run.limitsOfEvents(on: connection))
      if try run.keeps(limits, on: connection) || !run.hasAllEvents(on: connection) { continue }
      try writer.replaceLimits(of: run, with: limits)
      changed += 1
    }
    if changed > 0 {
      done.append("what is kept of limits was made anew from the events, in \(changed) places")
    }
  }

  /// Takes away what belongs to no run, and returns how much of that were limits.
  private func removeStrays(_ connection: Connection) throws -> Int {
    try connection.execute("DELETE FROM identifier WHERE \(IdentifierPages.isStray)")
    try connection.execute("DELETE FROM limited WHERE run NOT IN (SELECT batch FROM run)")
    return connection.changes
  }

  private mutating func recount(_ connection: Connection) throws {
    let missing = try connection.integer(
      "SELECT (SELECT SUM(events - pruned) FROM batch) - (SELECT COUNT(*) FROM event)")
    guard missing ?? 0 == 0 else {
      done.append("counts were left as they are: the events that are there are not all there were")
      return
    }
    guard try StoredTable.event.impossible(on: connection).isEmpty else {
      done.append("counts were left as they are: some events hold what cannot be")
      return
    }
    let start = try connection.integer("SELECT MAX(before_ms) FROM pruning", in: .moment)
    let quarter = 15 * Milliseconds.minute
    // The quarter in which pruning stopped has lost some of its events.
    let since = start.map { ($0 + quarter - 1).rounded(downTo: quarter) } ?? .min
    var changed = 0
    func recount(_ what: String, _ work: () throws -> Int) throws {
      var found = 0
      try attempt("the counts \(what)", on: connection) { _ in found = try work() }
      changed += found
    }
    try recount("by minute") { try recountMinutes(connection, since: since) }
    try recount("by quarter of an hour") { try recountQuarters(connection, since: since) }
    for grain in Grain.allCases.dropFirst() {
      try recount("by \(grain.table)") {
        try replace(
          connection, ["DELETE FROM \(grain.table)", grain.sum(where: "true")],
          table: grain.table, since: nil)
      }
    }
    try recount("by route") {
      try recountRoutes(connection, since: start == nil ? nil : since)
    }
    if start == nil {
      try recount("of events without a time") { try recountUndated(connection) }
    }
    try recount("of server errors") { try recountServerErrors(connection) }
    if changed > 0 { done.append("\(changed) counts of errors were made anew from the events") }
  }

  private func recountServerErrors(_ connection: Connection) throws -> Int {
    let serverErrors = try ServerErrorHours(ofMinutes: .always, on: connection)
    let different = try serverErrors.differences(on: connection)
    if different > 0 {
      try connection.execute("DELETE FROM \(ServerErrorHours.table)")
      try serverErrors.write(on: connection)
    }
    return different
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

  private func recountRoutes(_ connection: Connection, since: Int64?) throws -> Int {
    let tables = RouteTable.allCases.map(\.name)
    for table in tables { try keep(table, on: connection) }
    try RouteTable.recount(since: since, on: connection)
    return try tables.reduce(0) { try $0 + changes(of: $1, on: connection) }
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
    try keep(table, on: connection)
    for sql in statements {
      try connection.prepare(sql).run(binding: since.map { [$0] } ?? [])
    }
    return try changes(of: table, on: connection)
  }

  /// Remembers what a table has.
  private func keep(_ table: String, on connection: Connection) throws {
    try connection.execute("CREATE TEMP TABLE \(table)_before AS SELECT * FROM \(table)")
  }

  /// How many rows of a table are not what they were when it was kept.
  private func changes(of table: String, on connection: Connection) throws -> Int {
    let (now, before) = ("SELECT * FROM \(table)", "SELECT * FROM \(table)_before")
    let changed = try connection.integer(
      """
      SELECT (SELECT COUNT(*) FROM (\(now) EXCEPT \(before)))
        + (SELECT COUNT(*) FROM (\(before) EXCEPT \(now)))
      """)
    try connection.execute("DROP TABLE \(table)_before")
    return Int(changed ?? 0)
  }

  /// Fills the gaps of the index of ids from what the store has: the ids that are left there, and
  /// those that events have as text. Other ids of events without an entry are lost.
  package mutating func refillIdentifiers(
    of batches: [Int64], in store: Store, hash: (String, UInt64) -> UInt64
  ) throws {
    let writer = try StoreWriter(store, for: .repairing)
    let seed = try writer.connection.integer("SELECT value FROM setting WHERE name = 'id_seed'")
    let runs = try RunWriter(writer.connection)
    var last: Int64 = 0
    for batch in batches.sorted() where batch > last {
      try writer.write {
        let connection = writer.connection
        guard let run = try Run.of(batch: batch, on: connection) else { return }
        last = run.lastBatch
        let parts = try RunParts(of: run, on: connection)
        var pairs = try IdentifierPages.list(of: run.batch, on: connection) {
          parts.part(at: Int64($0.row)) != nil
        }
        pairs.sort()
        let missing = try RequestIDs.missing(in: pairs, of: run, on: connection) {
          hash($0, UInt64(bitPattern: seed ?? 0))
        }
        for pair in missing { pairs.append(pair) }
        pairs.sort()
        try runs.replaceIdentifiers(of: run, with: pairs)
      }
    }
    writer.rest()
  }
}
