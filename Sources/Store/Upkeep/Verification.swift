internal import Files
internal import SQLite

/// Proof, from the store alone, that nothing was lost or doubled.
package struct Verification {
  package var sources: Int64 = 0
  package var lines: Int64 = 0
  package var problems: [String] = []
  /// Whether an import kept secrets as they are.
  package var isUnredacted = false
  /// Batches whose index of ids is not what it should be.
  package var batchesWithoutIdentifiers: [Int64] = []
  /// Logs that were gone before they were read to their end, as far as is known.
  package var gaps: [(path: String, offset: Int64, size: Int64?)] = []
  package var isSound: Bool { problems.isEmpty }
  /// Whether it could not be gone through to the end.
  package private(set) var isCutShort = false
  /// The SQLite that ran.
  package let library = Connection.version
  /// The hash of an id by a seed, where it is to be checked that every request id is found.
  let hash: ((String, UInt64) -> UInt64)?

  /// Checks the file itself, then the ledger, then everything counted against the ledger.
  ///
  package init(_ store: Store, hash: ((String, UInt64) -> UInt64)? = nil) throws {
    self.hash = hash
    let connection = try store.openForReading()
    do {
      // All questions see the same state, also while someone writes.
      try connection.execute("BEGIN")
      try checkFile(connection)
      try checkSchema(connection)
      try checkViews(connection)
      try checkValues(connection)
      sources = try connection.integer("SELECT COUNT(*) FROM source") ?? 0
      isUnredacted = try Setting.isUnredacted(connection)
      try readGaps(connection)
      try attempt {
        $0.lines = try connection.integer("SELECT SUM(lines) FROM batch", in: .total) ?? 0
      }
      try attempt { try $0.checkLedger(connection) }
      try attempt { try $0.checkProofs(connection) }
      try attempt { try $0.checkEvents(connection) }
      try attempt { try $0.checkDigests(connection) }
      try attempt { try $0.checkTotals(connection) }
      try attempt { try $0.checkSuccesses(connection) }
      for table in try Derived.tables(on: connection) {
        try attempt { try table.check(&$0) }
      }
    } catch let error as SQLiteError where error.isCorrupt {
      problems.append("SQLite says: \(error.message)")
      isCutShort = true
    } catch let error as SQLiteError where error.isMistake || error.isMismatch {
      // What cannot be asked has its reason among the problems already, as a rule.
      if problems.isEmpty { problems.append("the store was changed: \(error.message)") }
      isCutShort = true
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: .reading)
    }
  }

  /// Goes on where something cannot be checked, as what is read for it is no number that can be.
  private mutating func attempt(_ check: (inout Verification) throws -> Void) throws {
    do {
      try check(&self)
    } catch let error as SQLiteError where error.isImpossible || error.isOverflow {
      let problem = "not all could be checked: \(error.message)"
      if !problems.contains(problem) { problems.append(problem) }
    }
  }

  private mutating func readGaps(_ connection: Connection) throws {
    let statement = try connection.prepare(
      "SELECT place, \"offset\", size FROM gap ORDER BY noticed_ms, source")
    while try statement.step() {
      gaps.append(
        (
          statement.text(0) ?? "", statement.integer(1),
          statement.isNull(2) ? nil : statement.integer(2)
        ))
    }
  }

  private mutating func checkFile(_ connection: Connection) throws {
    let statement = try connection.prepare("PRAGMA integrity_check(20)")
    while try statement.step() {
      if let word = statement.text(0), word != "ok" { problems.append("SQLite says: \(word)") }
    }
  }

  private mutating func checkSchema(_ connection: Connection) throws {
    problems += try SchemaShape(connection).differences(from: SchemaShape(Schema.pristine()))
  }

  private mutating func checkViews(_ connection: Connection) throws {
    for name in Views.names {
      let sql = try connection.text(
        "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = '\(name)'")
      if let sql, Views.stored.contains(where: { $0.name == name && $0.sql == sql + ";" }) {
        continue
      }
      problems.append("the view \(name) is missing, or is not what errata made it")
    }
  }

  mutating func find(
    _ sql: String, on connection: Connection, _ say: (Int64, Int64, Int64) -> String
  ) throws {
    let statement = try connection.prepare(sql)
    while try statement.step() {
      problems.append(say(statement.integer(0), statement.integer(1), statement.integer(2)))
    }
  }
}
