internal import Events
internal import SQLite

/// The index of ids: sorted pages of (hash, place) pairs, a run of pages for each run of batches.
///
/// A row for each id would cost as much as the event itself, and random keys in one growing tree
/// far more; pages led by their run are appended, and a look-up probes each run once.
enum IdentifierPages {
  /// Bytes of a pair: the hash, and the event's place in its run.
  static let pairSize = 12
  /// As many pairs as fit a cell of an index page without overflow.
  static let pairsPerPage = 80

  static let add = "INSERT INTO identifier VALUES(?, ?, ?, ?)"

  /// Writes the ids of a run, which are sorted.
  static func write(
    _ identifiers: IdentifierList, of run: Int64, with insert: Statement
  ) throws {
    try withUnsafeTemporaryAllocation(byteCount: pairSize * pairsPerPage, alignment: 8) { page in
      var start = 0
      var number: Int64 = 0
      while start < identifiers.count {
        let end = min(start + pairsPerPage, identifiers.count)
        for (place, identifier) in identifiers[start..<end].enumerated() {
          page.storeBytes(
            of: identifier.hash.bigEndian, toByteOffset: place * pairSize, as: UInt64.self)
          page.storeBytes(
            of: identifier.row.bigEndian, toByteOffset: place * pairSize + 8, as: UInt32.self)
        }
        insert.bind(run, at: 1)
        insert.bind(key(of: identifiers[start].hash), at: 2)
        insert.bind(number, at: 3)
        insert.bind(
          blob: UnsafeRawBufferPointer(rebasing: page[..<((end - start) * pairSize)]), at: 4)
        try insert.run()
        start = end
        number += 1
      }
    }
  }

  /// Hands over all ids of a run, in the order in which they are stored.
  static func read(
    of run: Int64, on connection: Connection, _ body: (Identifier) -> Void
  ) throws {
    let pages = try connection.prepare(
      "SELECT pairs FROM identifier WHERE run = ? ORDER BY first, page")
    pages.bind(run, at: 1)
    while try pages.step() { forEach(in: pages.blob(0), body) }
  }

  /// The ids of a run that a condition holds for, in the order in which they are stored.
  static func list(
    of run: Int64, on connection: Connection, where isWanted: (Identifier) -> Bool = { _ in true }
  ) throws -> IdentifierList {
    var identifiers = IdentifierList()
    try read(of: run, on: connection) { if isWanted($0) { identifiers.append($0) } }
    return identifiers
  }

  private static func forEach(in pairs: UnsafeRawBufferPointer, _ body: (Identifier) -> Void) {
    for offset in stride(from: 0, to: pairs.count - pairSize + 1, by: pairSize) {
      body(
        Identifier(
          hash: UInt64(bigEndian: pairs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
          row: UInt32(bigEndian: pairs.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))))
    }
  }

  /// Hashes as signed integers in the same order.
  private static func key(of hash: UInt64) -> Int64 { Int64(bitPattern: hash ^ (1 << 63)) }

  static let runs = "SELECT batch, first_event FROM run"
  /// The pages of a run that begin with a hash or before it, the last one first.
  static let look = """
    SELECT first, pairs FROM identifier WHERE run = ? AND first <= ? ORDER BY first DESC, page DESC
    """

  /// The events that carry an id, as far as hashes tell, in order.
  static func events(with hash: UInt64, on connection: Connection) throws -> [Int64] {
    let runs = try connection.prepare(runs)
    let pages = try connection.prepare(look)
    let wanted = key(of: hash)
    var events: [Int64] = []
    while try runs.step() {
      let firstEvent = runs.integer(1)
      pages.bind(runs.integer(0), at: 1)
      pages.bind(wanted, at: 2)
      while try pages.step() {
        forEach(in: pages.blob(1)) { identifier in
          if identifier.hash == hash { events.append(firstEvent + Int64(identifier.row)) }
        }
        // Equal hashes may run over several pages.
        if pages.integer(0) < wanted { break }
      }
      pages.reset()
    }
    return events.sorted()
  }
}
