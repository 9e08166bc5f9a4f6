internal import Events
internal import SQLite

// The index of ids against the events.
extension Verification {
  /// Every batch has as many ids as were stored, in order, each of an event of its own; and the ids
  /// that events have as text are among them.
  mutating func checkIdentifiers(
    _ connection: Connection, hash: ((String, UInt64) -> UInt64)?
  ) throws {
    let seed = try connection.integer("SELECT value FROM setting WHERE name = 'id_seed'") ?? 0
    let known = hash.map { hash in { hash($0, UInt64(bitPattern: seed)) } }
    let batches = try connection.prepare(
      "SELECT id, events, identifiers FROM batch WHERE events > 0 ORDER BY id")
    while try batches.step() {
      let id = batches.integer(0)
      let pairs = try IdentifierPages.read(of: id, on: connection)
      var isSound = batches.isNull(2) || batches.integer(2) == Int64(pairs.count)
      for place in 0..<pairs.count {
        if Int64(pairs[place].row) >= batches.integer(1) { isSound = false }
        if place > 0, pairs[place - 1].hash > pairs[place].hash { isSound = false }
      }
      if isSound, let known {
        isSound = try RequestIDs.missing(in: pairs, of: id, on: connection, hash: known).isEmpty
      }
      if !isSound {
        problems.append("batch \(id): some of its ids are missing or wrong: find may not find them")
        batchesWithoutIdentifiers.append(id)
      }
    }
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM identifier i
        WHERE NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = i.batch) HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) pages of ids belong to no batch" }
  }
}

/// The ids that events have as text.
enum RequestIDs {
  /// Those of a batch that its sorted pairs do not have.
  static func missing(
    in pairs: IdentifierList, of batch: Int64, on connection: Connection,
    hash: (String) -> UInt64
  ) throws -> [Identifier] {
    // Longer ones are cut, and a NUL in one is replaced: their text is not what was hashed.
    let events = try connection.prepare(
      """
      SELECT e.id - b.first_event, e.request_id FROM batch b
        JOIN event e ON e.id >= b.first_event AND e.id < b.first_event + b.events
        WHERE b.id = ? AND e.batch = b.id AND LENGTH(CAST(e.request_id AS BLOB)) < 256
          AND INSTR(e.request_id, CHAR(65533)) = 0
      """)
    events.bind(batch, at: 1)
    var missing: [Identifier] = []
    while try events.step() {
      guard let text = events.text(1) else { continue }
      let wanted = Identifier(
        hash: hash(text), row: UInt32(truncatingIfNeeded: events.integer(0)))
      if !pairs.contains(wanted) { missing.append(wanted) }
    }
    return missing
  }
}

extension IdentifierList {
  /// Whether a sorted list has a pair.
  fileprivate func contains(_ wanted: Identifier) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].hash < wanted.hash { low = middle + 1 } else { high = middle }
    }
    while low < count, self[low].hash == wanted.hash {
      if self[low].row == wanted.row { return true }
      low += 1
    }
    return false
  }
}
