internal import Batches
internal import Files
internal import SQLite

// The ids of an event, of which the store has the hashes.
extension StoreReader {
  package func events(
    with id: String, hash: (_ id: String, _ seed: UInt64) -> UInt64
  ) throws -> [Int64] {
    try reading { try IdentifierPages.events(with: hash(id, seed), on: connection) }
  }

  package func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    try reading {
      guard let run = try IdentifierPages.run(ofEvent: number, on: connection) else { return false }
      return try hashes.allSatisfy { try IdentifierPages.has($0, in: run, on: connection) }
    }
  }

  package func identifierCount(ofEvent number: Int64) throws -> Int {
    try reading {
      guard let run = try IdentifierPages.run(ofEvent: number, on: connection) else { return 0 }
      var count = 0
      try IdentifierPages.read(of: run.batch, on: connection) { identifier in
        if identifier.row == run.place { count += 1 }
      }
      return count
    }
  }
}

extension IdentifierPages {
  /// An event's run, and its place there.
  struct Whereabouts {
    var batch: Int64
    var bits: Int
    var place: UInt32
  }

  /// Nil where none is known.
  static func run(ofEvent number: Int64, on connection: Connection) throws -> Whereabouts? {
    let runs = try connection.prepare(
      """
      SELECT batch, first_event, id_bits FROM run WHERE first_event <= ?1
        ORDER BY first_event DESC LIMIT 1
      """)
    runs.bind(number, at: 1)
    guard try runs.step() else { return nil }
    let (distance, isTooFar) = number.subtractingReportingOverflow(runs.integer(1))
    guard !isTooFar, let place = UInt32(exactly: distance) else { return nil }
    return Whereabouts(batch: runs.integer(0), bits: Int(clamping: runs.integer(2)), place: place)
  }

  /// Whether a pair stands in the page of its hash.
  static func has(_ hash: UInt64, in run: Whereabouts, on connection: Connection) throws -> Bool {
    let page = try connection.prepare(look)
    page.bind(key(run.batch, number(of: hash, run.bits)), at: 1)
    guard try page.step() else { return false }
    var isThere = false
    forEach(in: page.blob(0)) { pair in
      isThere = isThere || pair.hash == hash && pair.row == run.place
    }
    return isThere
  }
}
