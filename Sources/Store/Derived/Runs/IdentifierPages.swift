internal import Batches
internal import Files
internal import SQLite

/// The index of ids: which events carry an id, by the id's hash.
///
/// The ids of a run of batches are sorted by their hashes and cut into pages, each a row of
/// `identifier`: of eight pages, the one numbered 5 has the hashes that begin with the bits 101.
///
///     id       run's number << 20 | the first `id_bits` bits of the page's hashes
///     pairs    ┌──────────────┬─────────────────────────┬──────────────┬───
///              │ hash         │ event's place in its run│ hash         │ …
///              └──────────────┴─────────────────────────┴──────────────┴───
///                8 bytes        4 bytes                   all big-endian
///
/// A row for each id would take as much room as the event itself. As a page's key begins with its
/// run, new pages are written at the end of the table, and a look-up reads one page of each run that can
/// have the id, as its `Guide` says.
enum IdentifierPages {
  /// Bytes of a pair: the hash, and the event's place in its run.
  static let pairSize = 12
  /// About how many pairs a page has: half as many to as many.
  private static let pairsPerPage = 96
  /// A run has at most 2 to the power of this many pages; of a very large run they are larger.
  private static let mostBits = 20

  static let add = "INSERT INTO identifier VALUES(?, ?)"
  static let look = "SELECT pairs FROM identifier WHERE id = ?"
  static let runs = "SELECT batch, first_event, id_bits FROM run"
  /// A run's pages.
  private static let ofRun = "id >= ?1 << \(mostBits) AND id < (?1 + 1) << \(mostBits)"

  /// How many bits are needed to number the pages of so many pairs.
  static func bits(for pairs: Int) -> Int {
    min(mostBits, Int.bitWidth - (pairs / pairsPerPage).leadingZeroBitCount)
  }

  static func number(of hash: UInt64, _ bits: Int) -> Int64 {
    // Shifted by 64 it is 0: the only page.
    Int64(truncatingIfNeeded: hash >> (64 - bits))
  }

  static func key(_ run: Int64, _ number: Int64) -> Int64 { run << mostBits | number }

  /// Writes the ids of a run, which are sorted.
  static func write(_ identifiers: IdentifierList, of run: Int64, with insert: Statement) throws {
    let bits = bits(for: identifiers.count)
    try withUnsafeTemporaryAllocation(
      byteCount: identifiers.count * pairSize, alignment: 8
    ) { pairs in
      for (place, identifier) in identifiers[0..<identifiers.count].enumerated() {
        pairs.storeBytes(
          of: identifier.hash.bigEndian, toByteOffset: place * pairSize, as: UInt64.self)
        pairs.storeBytes(
          of: identifier.row.bigEndian, toByteOffset: place * pairSize + 8, as: UInt32.self)
      }
      var start = 0
      while start < identifiers.count {
        let number = number(of: identifiers[start].hash, bits)
        var end = start + 1
        while end < identifiers.count, self.number(of: identifiers[end].hash, bits) == number {
          end += 1
        }
        insert.bind(key(run, number), at: 1)
        insert.bind(
          blob: UnsafeRawBufferPointer(rebasing: pairs[start * pairSize..<end * pairSize]), at: 2)
        try insert.run()
        start = end
      }
    }
  }

  /// Hands over all ids of a run, in the order in which they are stored.
  static func read(
    of run: Int64, on connection: Connection, _ body: (Identifier) -> Void
  ) throws {
    let pages = try pages(of: run, on: connection)
    while try pages.step() { forEach(in: pages.blob(0), body) }
  }

  /// The pages of a run, in order.
  static func pages(of run: Int64, on connection: Connection) throws -> Statement {
    let pages = try connection.prepare("SELECT pairs FROM identifier WHERE \(ofRun) ORDER BY id")
    pages.bind(run, at: 1)
    return pages
  }

  /// The ids of a run that a condition holds for, in the order in which they are stored.
  static func list(
    of run: Int64, on connection: Connection, where isWanted: (Identifier) -> Bool = { _ in true }
  ) throws -> IdentifierList {
    var identifiers = IdentifierList()
    try read(of: run, on: connection) { if isWanted($0) { identifiers.append($0) } }
    return identifiers
  }

  static func remove(of run: Int64, on connection: Connection) throws {
    try connection.prepare("DELETE FROM identifier WHERE \(ofRun)").run(binding: [run])
  }

  /// Whether a run's pairs are sorted, each in the page of its hash.
  static func areInPlace(of run: Run, on connection: Connection) throws -> Bool {
    let bits = try connection.integer("SELECT id_bits FROM run WHERE batch = ?", run.batch) ?? -1
    let pages = try connection.prepare(
      "SELECT id, pairs FROM identifier WHERE \(ofRun) ORDER BY id")
    pages.bind(run.batch, at: 1)
    var last: UInt64 = 0
    var areInPlace = (0...Int64(mostBits)).contains(bits)
    while areInPlace, try pages.step() {
      let id = pages.integer(0)
      forEach(in: pages.blob(1)) { identifier in
        areInPlace =
          areInPlace && identifier.hash >= last
          && id == key(run.batch, number(of: identifier.hash, Int(bits)))
        last = identifier.hash
      }
    }
    return areInPlace
  }

  /// Of a row of `identifier`: it belongs to no run.
  static let isStray = "id >> \(mostBits) NOT IN (SELECT batch FROM run)"

  /// The events that carry an id, as far as hashes tell, in order.
  static func events(with hash: UInt64, on connection: Connection) throws -> [Int64] {
    try connection.atOneMoment {
      let page = try connection.prepare(look)
      var events: [Int64] = []
      for run in try IndexedRun.all(thatCanHave: hash, on: connection) {
        page.bind(key(run.batch, number(of: hash, run.bits)), at: 1)
        while try page.step() {
          for row in rows(of: hash, in: page.blob(0)) {
            events.append(run.firstEvent + Int64(row))
          }
        }
        page.reset()
      }
      return events
    }
  }

  /// The places of the events that a page has a hash for: they stand side by side.
  static func rows(of hash: UInt64, in pairs: UnsafeRawBufferPointer) -> [UInt32] {
    func hashed(_ pair: Int) -> UInt64 {
      UInt64(bigEndian: pairs.loadUnaligned(fromByteOffset: pair * pairSize, as: UInt64.self))
    }
    let count = pairs.count / pairSize
    var (first, end) = (0, count)
    while first < end {
      let middle = (first + end) / 2
      if hashed(middle) < hash { first = middle + 1 } else { end = middle }
    }
    var rows: [UInt32] = []
    while first < count, hashed(first) == hash {
      let row = pairs.loadUnaligned(fromByteOffset: first * pairSize + 8, as: UInt32.self)
      rows.append(UInt32(bigEndian: row))
      first += 1
    }
    return rows
  }

  /// Hands over the pairs of a page.
  static func forEach(in pairs: UnsafeRawBufferPointer, _ body: (Identifier) -> Void) {
    for offset in stride(from: 0, to: pairs.count - pairSize + 1, by: pairSize) {
      body(
        Identifier(
          hash: UInt64(bigEndian: pairs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
          row: UInt32(bigEndian: pairs.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))))
    }
  }
}
