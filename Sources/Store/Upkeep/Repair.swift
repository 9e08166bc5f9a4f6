internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// Making anew what can be made anew of a store: indexes, views, counts and the index of ids.
package struct Repair: Sendable {
  /// What was done, in words.
  package internal(set) var done: [String] = []
  /// Whether something was pruned, and the first quarter of an hour from which on all events are
  /// there.
  private(set) var isPruned = false
  private(set) var firstWhole = Int64.min
  /// Why counts cannot be made anew; nil where they can.
  private var obstacle: String?
  /// How many rows of counts are not what they were.
  private var changed = 0

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
      try remakeDerived(connection)
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
  mutating func attempt(
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
    // In whatever order they were made.
    let definitions =
      "SELECT GROUP_CONCAT(sql, ';') FROM "
      + "(SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY name)"
    let before = try connection.text(definitions)
    for name in Views.names { try connection.execute("DROP VIEW IF EXISTS \(name)") }
    for (_, sql) in Views.stored { try connection.execute(sql) }
    if try connection.text(definitions) != before { done.append("the views were made anew") }
  }

  /// Counts anew what events can be counted in, where they are all there and sound.
  private mutating func remakeDerived(_ connection: Connection) throws {
    let start = try connection.integer("SELECT MAX(before_ms) FROM pruning", in: .moment)
    isPruned = start != nil
    // The quarter in which pruning stopped has lost some of its events.
    firstWhole =
      start.map { ($0 + Grain.quarter.length - 1).rounded(downTo: Grain.quarter.length) } ?? .min
    let missing = try connection.integer(
      "SELECT (SELECT SUM(events - pruned) FROM batch) - (SELECT COUNT(*) FROM event)")
    if missing ?? 0 != 0 {
      obstacle = "the events that are there are not all there were"
    } else if try !StoredTable.event.impossible(on: connection).isEmpty {
      obstacle = "some events hold what cannot be"
    }
    for table in try Derived.tables(on: connection) { try table.repair(&self) }
    if let obstacle { done.append("counts were left as they are: \(obstacle)") }
    if changed > 0 { done.append("\(changed) counts of errors were made anew from the events") }
  }

  /// Makes tables of counts anew from the events; what differs is counted.
  mutating func recount(
    _ what: String, _ tables: [String], on connection: Connection, _ work: () throws -> Void
  ) throws {
    if obstacle != nil { return }
    try attempt("the counts \(what)", on: connection) { repair in
      for table in tables {
        try connection.execute("CREATE TEMP TABLE \(table)_before AS SELECT * FROM \(table)")
      }
      try work()
      for table in tables { repair.changed += try Repair.changes(of: table, on: connection) }
    }
  }

  /// How many rows of a table are not what they were before, which is forgotten then.
  private static func changes(of table: String, on connection: Connection) throws -> Int {
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
