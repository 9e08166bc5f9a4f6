package import Batches
internal import Files
internal import SQLite
internal import Times

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

  package func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    guard let hash = edge.hash(of: part) else { return ([], false) }
    return try reading {
      try connection.atOneMoment { try events(withIDPart: part, at: edge, hash, limit: limit) }
    }
  }

  private func events(
    withIDPart part: String, at edge: IDEdge, _ hash: UInt32, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    let look = try connection.prepare(EdgePages.look)
    let id = try connection.prepare("SELECT request_id FROM event WHERE id = ?")
    var numbers: [Int64] = []
    var looked = 0
    for run in try Run.all(on: connection).reversed() {
      for place in try EdgePages(run)?.places(of: hash, with: look).reversed() ?? [] {
        if numbers.count >= limit || looked >= StoreReader.mostAlike { return (numbers, true) }
        looked += 1
        let number = run.firstEvent.addingClamped(Int64(place))
        id.bind(number, at: 1)
        if try id.step(), let text = id.text(0), edge.isEdge(part, of: text) {
          numbers.append(number)
        }
        id.reset()
      }
    }
    return (numbers, false)
  }

  /// So many events are looked at whose ids may begin or end alike.
  private static let mostAlike = 50_000

  package func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] {
    try reading {
      let last = try connection.integer("SELECT max(id) FROM event") ?? 0
      let query = try connection.prepare(
        "SELECT request_id, coalesce(vendor, 0) FROM event WHERE id >= ? ORDER BY id LIMIT 1")
      var ids: [(id: String, vendor: Int64)] = []
      let step = max(1, last / Int64(max(1, count)))
      for number in stride(from: last, to: 0, by: -Int64.Stride(step)) {
        query.bind(number, at: 1)
        if try query.step(), let id = query.text(0) { ids.append((id, query.integer(1))) }
        query.reset()
      }
      return ids
    }
  }

  package func identifierCount(ofEvent number: Int64) throws -> Int {
    try reading {
      guard let run = try IdentifierPages.run(ofEvent: number, on: connection) else { return 0 }
      return try IdentifierPages.count(of: run, on: connection)
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

  /// How many pairs an event has: they stand anywhere in its run.
  static func count(of run: Whereabouts, on connection: Connection) throws -> Int {
    let pages = try pages(of: run.batch, on: connection)
    let place = run.place.bigEndian
    var count = 0
    while try pages.step() {
      let pairs = pages.blob(0)
      for offset in stride(from: 8, to: pairs.count - 3, by: pairSize)
      where pairs.loadUnaligned(fromByteOffset: offset, as: UInt32.self) == place { count += 1 }
    }
    return count
  }

  /// Whether a pair stands in the page of its hash.
  static func has(_ hash: UInt64, in run: Whereabouts, on connection: Connection) throws -> Bool {
    let page = try connection.prepare(look)
    page.bind(key(run.batch, number(of: hash, run.bits)), at: 1)
    guard try page.step() else { return false }
    return rows(of: hash, in: page.blob(0)).contains(run.place)
  }
}
