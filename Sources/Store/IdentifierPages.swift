internal import Events
internal import SQLite

/// The index of ids: sorted pages of (hash, place) pairs, one run of pages a batch.
///
/// A row for each id would cost as much as the event itself, and random keys in one growing tree
/// far more; pages led by their batch are appended, and a look-up probes each batch once.
enum IdentifierPages {
  /// Bytes of a pair: the hash, and the event's place in its batch.
  static let pairSize = 12
  /// As many pairs as fit a cell of an index page without overflow.
  static let pairsPerPage = 80

  /// Writes a batch's ids, which are sorted.
  static func write(
    _ identifiers: IdentifierList, of batch: Int64, with insert: Statement
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
        insert.bind(batch, at: 1)
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

  static let add = "INSERT INTO identifier VALUES(?, ?, ?, ?)"

  /// All ids of a batch, in the order in which they are stored.
  static func read(of batch: Int64, on connection: Connection) throws -> IdentifierList {
    let pages = try connection.prepare(
      "SELECT pairs FROM identifier WHERE batch = ? ORDER BY first, page")
    pages.bind(batch, at: 1)
    var identifiers = IdentifierList()
    while try pages.step() { forEach(in: pages.blob(0)) { identifiers.append($0) } }
    return identifiers
  }

  /// Writes a batch's ids, which are sorted, in place of those that are there.
  static func replace(
    of batch: Int64, with identifiers: IdentifierList, on connection: Connection
  ) throws {
    try connection.prepare("DELETE FROM identifier WHERE batch = ?").run(binding: [batch])
    try write(identifiers, of: batch, with: try connection.prepare(add))
    try connection.prepare("UPDATE batch SET identifiers = ? WHERE id = ?").run(binding: [
      Int64(identifiers.count), batch,
    ])
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

  /// The pages of a batch in which a hash can be. Equal hashes may run over several: from the last
  /// page that begins before it.
  static let look = """
    SELECT pairs FROM identifier WHERE batch = ?1 AND first <= ?2
      AND first >= COALESCE((SELECT MAX(first) FROM identifier WHERE batch = ?1 AND first < ?2), ?2)
    """

  /// The events that carry an id, as far as hashes tell.
  static func events(with hash: UInt64, on connection: Connection) throws -> [Int64] {
    let batches = try connection.prepare("SELECT id, first_event FROM batch WHERE events > 0")
    let pages = try connection.prepare(look)
    var events: [Int64] = []
    while try batches.step() {
      pages.bind(batches.integer(0), at: 1)
      pages.bind(key(of: hash), at: 2)
      while try pages.step() {
        forEach(in: pages.blob(0)) { identifier in
          if identifier.hash == hash { events.append(batches.integer(1) + Int64(identifier.row)) }
        }
      }
      pages.reset()
    }
    return events
  }
}
