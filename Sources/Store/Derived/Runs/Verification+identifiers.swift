internal import Batches
internal import Files
internal import SQLite

// The index of ids against the events.
extension Verification {
  /// Every batch has as many ids as were stored, in order, each of an event of its own; and the ids
  /// that events have as text are among them.
  mutating func checkIdentifiers(_ connection: Connection) throws {
    let seed = try connection.integer("SELECT value FROM setting WHERE name = 'id_seed'") ?? 0
    let known = hash.map { hash in { hash($0, UInt64(bitPattern: seed)) } }
    for run in try Run.all(on: connection) {
      let parts = try RunParts(of: run, on: connection)
      let pairs = try IdentifierPages.list(of: run.batch, on: connection)
      var wrong = Set<Int>()
      if let counts = parts.counts(of: pairs),
        try IdentifierPages.areInPlace(of: run, on: connection)
      {
        for (place, part) in parts.parts.enumerated()
        where part.identifiers.map({ $0 != counts[place] }) ?? false {
          wrong.insert(place)
        }
        if let known {
          for pair in try RequestIDs.missing(in: pairs, of: run, on: connection, hash: known) {
            if let part = parts.part(at: Int64(pair.row)) { wrong.insert(part) }
          }
        }
      } else {
        wrong = Set(parts.parts.indices)
      }
      batchesWithoutIdentifiers += wrong.sorted().map { parts.parts[$0].batch }
    }
    batchesWithoutIdentifiers += try batchesWithoutRun(connection)
    for batch in batchesWithoutIdentifiers {
      problems.append(
        "batch \(batch): some of its ids are missing or wrong: find may not find them")
    }
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM identifier WHERE \(IdentifierPages.isStray) HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) pages of ids belong to no batch" }
  }
}

extension Verification {
  /// The beginnings and ends of ids are those of the events.
  mutating func checkEdges(_ connection: Connection) throws {
    for run in try Run.all(on: connection) where try !EdgePages.areKept(of: run, on: connection) {
      problems.append(
        "\(run.batchesInWords): some ids that are cut off are missing or wrong: find may not find them"
      )
    }
    try find(
      "SELECT 0, COUNT(*), 0 FROM id_edge WHERE \(EdgePages.isStray) HAVING COUNT(*) > 0",
      on: connection
    ) { _, count, _ in "\(count) pages of beginnings and ends of ids belong to no batch" }
  }
}

/// The ids that events have as text.
enum RequestIDs {
  /// Those of a run that its sorted pairs do not have.
  static func missing(
    in pairs: IdentifierList, of run: Run, on connection: Connection,
    hash: (String) -> UInt64
  ) throws -> [Identifier] {
    // Longer ones are cut, and a NUL in one is replaced: their text is not what was hashed.
    let events = try connection.prepare(
      """
      SELECT id - ?1, request_id FROM event WHERE id >= ?1 AND id < ?2
        AND LENGTH(CAST(request_id AS BLOB)) < 256 AND INSTR(request_id, CHAR(65533)) = 0
      """)
    events.bind(run.eventNumbers.lowerBound, at: 1)
    events.bind(run.eventNumbers.upperBound, at: 2)
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
