internal import Batches
internal import Files
internal import Glibc
internal import SQLite
internal import Times

/// Taking what is old out of a store: events with their ids, rejects, and counts where that is
/// wanted, of all vendors or of some. The ledger stays, so what was pruned is still known and still
/// proven.
///
/// What has no time, undated events and rejects, is as old as its import. Rejects are of no vendor.
package struct Pruning: Sendable {
  package let before: Int64
  /// As the store has their names; empty: all.
  package let vendors: [String]
  private(set) var share = PrunedShare.all
  package internal(set) var events: Int64 = 0
  package private(set) var rejects: Int64 = 0
  /// Nil where counts stay.
  package private(set) var counts: Counts?
  /// Texts that nothing uses any more: messages, routes, consumers and so on.
  package private(set) var words: Int64 = 0
  /// The size of the store before and after, in bytes.
  package private(set) var bytes: (before: Int64, after: Int64) = (0, 0)
  /// Bytes inside the store that the next imports will use.
  package private(set) var free: Int64 = 0
  /// Why the file could not be made smaller, where that was tried in vain.
  package private(set) var failure: StoreError?

  /// Responses that no count is kept of any more.
  package struct Counts: Sendable, Equatable {
    package var errors: Int64
    package var successes: Int64
  }

  package var isEmpty: Bool {
    events == 0 && rejects == 0 && counts.map { $0.errors + $0.successes == 0 } ?? true
  }

  /// What pruning would take away.
  package init(preview store: Store, before: Int64, vendors: [String] = [], counts: Bool) throws {
    self.before = before
    self.vendors = vendors
    let connection = try store.openForReading()
    do {
      try look(connection, counts: counts)
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: .reading)
    }
    bytes = (store.size, store.size)
  }

  /// Prunes, a run of batches a transaction: whenever it is interrupted, the store is sound.
  package init(
    _ store: Store, before: Int64, vendors: [String] = [], counts: Bool,
    onWait: @escaping () -> Void = {}
  ) throws {
    self.before = before
    self.vendors = vendors
    // Made by importing, never by pruning.
    _ = try store.openForReading()
    let writer = try StoreWriter(store, for: .pruning, onWait: onWait)
    bytes.before = store.size
    do {
      try prune(store, writer, counts: counts)
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: .pruning)
    }
    makeSmaller(writer)
    writer.rest()
    bytes.after = store.size
  }

  private mutating func prune(_ store: Store, _ writer: StoreWriter, counts: Bool) throws {
    let wanted = try writer.alone {
      // What is deleted is overwritten.
      try writer.connection.execute("PRAGMA secure_delete = ON")
      return try Pruning(preview: store, before: before, vendors: vendors, counts: counts)
    }
    share = wanted.share
    self.counts = wanted.counts
    if wanted.isEmpty { return }
    let number = try writer.write { try note(writer.connection) }
    try removeEvents(writer, number: number)
    if vendors.isEmpty {
      try writer.write { try removeRejects(writer.connection, number: number) }
    }
    let derived = try Derived.tables(on: writer.connection)
    if counts {
      try writer.write { try removeCounts(writer.connection, derived, number: number) }
    }
    try writer.write {
      for table in derived { try table.removeTraces(before: before, of: share) }
      try writer.connection.execute(
        "DELETE FROM restart WHERE source NOT IN (SELECT source FROM batch WHERE events > pruned)")
      try removeWords(writer.connection, derived)
      try CheckWriter.forget(before: before, of: vendors, on: writer.connection)
    }
  }

  private mutating func look(_ connection: Connection, counts: Bool) throws {
    share = try PrunedShare(of: vendors, on: connection)
    events =
      try connection.integer(
        """
        SELECT COUNT(*) FROM batch b JOIN event e
          ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
          WHERE \(Pruning.hasOldEvents) AND \(isOld)
        """, in: .total, before) ?? 0
    if vendors.isEmpty {
      rejects =
        try connection.integer(
          "SELECT SUM(rejects_kept) FROM batch WHERE committed_ms < ?1", in: .total, before) ?? 0
    }
    if counts { self.counts = try countsToGo(connection) }
  }

  static let hasOldEvents = """
    b.events > b.pruned
      AND (b.first_time_ms < ?1 OR (b.undated > 0 AND b.committed_ms < ?1))
    """

  /// What says that it is from before all time is damaged, not old.
  var isOld: String {
    """
    ((e.time_ms >= 0 AND e.time_ms < ?1) OR (e.time_ms IS NULL AND b.committed_ms < ?1))
      AND \(share.isMeant)
    """
  }

  /// Counts are kept by quarters of an hour: only whole ones go.
  private var countsBefore: Int64 { before.rounded(downTo: 15 * Milliseconds.minute) }

  private func countsToGo(_ connection: Connection) throws -> Counts {
    let (errors, successes) = try TrafficTables.counts(
      before: countsBefore, of: share, on: connection)
    return Counts(errors: errors, successes: successes)
  }

  /// First of all it is noted that events may be missing from now on.
  private func note(_ connection: Connection) throws -> Int64 {
    try connection.prepare("INSERT INTO pruning VALUES(NULL, ?, ?, 0, 0, 0, 0, 0)").run(binding: [
      before, WallClock.now,
    ])
    let number = try connection.insertedRow()
    let name = try connection.prepare("INSERT OR IGNORE INTO pruned_vendor VALUES(?, ?)")
    for vendor in vendors {
      name.bind(number, at: 1)
      name.bind(vendor, at: 2)
      try name.run()
    }
    return number
  }

  private mutating func removeRejects(_ connection: Connection, number: Int64) throws {
    let old = "(SELECT id FROM batch WHERE committed_ms < ?1)"
    try connection.prepare("DELETE FROM reject WHERE batch IN \(old)").run(binding: [before])
    rejects = Int64(connection.changes)
    try connection.prepare("DELETE FROM reject_run WHERE batch IN \(old)").run(binding: [before])
    try connection.prepare("UPDATE batch SET rejects_kept = 0 WHERE committed_ms < ?1").run(
      binding: [before])
    try connection.prepare("UPDATE pruning SET rejects = ? WHERE id = ?").run(binding: [
      rejects, number,
    ])
  }

  private mutating func removeCounts(
    _ connection: Connection, _ derived: [any DerivedTable], number: Int64
  ) throws {
    let gone = try countsToGo(connection)
    for table in derived { try table.removeCounts(before: countsBefore, of: share) }
    try connection.prepare(
      "UPDATE pruning SET counts = 1, counted_errors = ?, counted_successes = ? WHERE id = ?"
    ).run(binding: [gone.errors, gone.successes, number])
    counts = gone
  }

  /// Texts that only pruned events had go as well: a message can say as much as an event.
  private mutating func removeWords(
    _ connection: Connection, _ derived: [any DerivedTable]
  ) throws {
    try connection.execute("CREATE TEMP TABLE used(id INTEGER PRIMARY KEY)")
    let use = try connection.prepare("INSERT OR IGNORE INTO used VALUES(?)")
    for lexicon in Lexicon.allCases {
      try connection.execute("DELETE FROM used")
      for table in derived {
        for row in try table.rows(of: lexicon) { try use.run(binding: [row]) }
      }
      for table in StoredTable.all {
        for column in table.references(to: lexicon.name) {
          try connection.execute(
            "INSERT OR IGNORE INTO used SELECT \(column) FROM \(table.name) WHERE \(column) > 0")
        }
      }
      let isUnused = "id NOT IN (SELECT id FROM used)"
      if lexicon == .vendor {
        try connection.execute(
          "INSERT OR IGNORE INTO former_vendor SELECT text FROM vendor WHERE \(isUnused)")
      }
      try connection.execute("DELETE FROM \(lexicon.name) WHERE \(isUnused)")
      words += Int64(connection.changes)
    }
    try connection.execute("DROP TABLE used")
    if words > 0 {
      try connection.execute("UPDATE setting SET value = value + 1 WHERE name = 'words'")
    }
  }

  /// Writes the file anew without its free pages, where they are a quarter of it or more: that
  /// costs as much room again while it lasts, and keeps other writers waiting. An earlier prune may
  /// have had no room for that.
  private mutating func makeSmaller(_ writer: StoreWriter) {
    let connection = writer.connection
    do {
      try writer.alone(for: .shrinking) {
        let pages = try connection.integer("PRAGMA page_count") ?? 0
        let empty = try connection.integer("PRAGMA freelist_count") ?? 0
        if empty * 4 >= pages { try connection.execute("VACUUM") }
        free =
          (try connection.integer("PRAGMA freelist_count") ?? 0)
          * (try connection.integer("PRAGMA page_size") ?? 0)
      }
    } catch let error as StoreError {
      failure = error
    } catch {
      failure = StoreError("\(error)")
    }
  }
}

extension Store {
  /// Bytes on disk; 0 when it is not there.
  package var size: Int64 {
    stat(path: path).map { Int64($0.st_size) } ?? 0
  }
}
