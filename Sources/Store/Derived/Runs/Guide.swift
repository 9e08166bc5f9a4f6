internal import Batches
internal import Files
internal import SQLite

/// What is known of the ids of runs that follow one another, so that a look-up has not to look at
/// every one: a page of the guide says which of them can have an id. It never leaves one out that
/// has it; ids that were pruned stay in it.
struct Guide: Equatable {
  var firstRun: Int64
  var lastRun: Int64
  var runs: Int
  /// Bits that number its pages.
  var idBits: Int
  /// Bits of a mark.
  var markBits: Int

  /// So many runs have a guide in common.
  static let most = 64
  /// About so many marks are on a page: half as many to as many.
  fileprivate static let marksPerPage: Int64 = 4096
  fileprivate static let mostBits = 20
  /// A guide's pages.
  fileprivate static let ofGuide = "id >= ?1 << \(mostBits) AND id < (?1 + 1) << \(mostBits)"

  static let add = "INSERT INTO id_guide VALUES(?, ?, ?, ?, ?)"
  static let addPage = "INSERT INTO id_mark VALUES(?, ?)"
  static let look = "SELECT marks FROM id_mark WHERE id = ?"
  static let columns = "SELECT run, last_run, runs, id_bits, mark_bits FROM id_guide"
  /// Of a row of `id_mark`: it belongs to no guide.
  static let isStray = "id >> \(mostBits) NOT IN (SELECT run FROM id_guide)"

  /// How many bits a number has.
  fileprivate static func bits(_ number: Int64) -> Int {
    Int64.bitWidth - number.leadingZeroBitCount
  }

  func key(_ page: UInt64) -> Int64 {
    firstRun << Int64(Guide.mostBits) | Int64(truncatingIfNeeded: page)
  }

  /// The page of a hash. Shifted by 64 it is 0: the only page.
  func page(of hash: UInt64) -> UInt64 { hash >> UInt64(64 - idBits) }

  func mark(of hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (hash << UInt64(idBits)) >> UInt64(64 - markBits))
  }

  /// The runs that can have an id, by their places; nil where that cannot be told.
  func places(of hash: UInt64, with look: Statement) throws -> [Int]? {
    let key = key(page(of: hash))
    look.bind(key, at: 1)
    defer { look.reset() }
    guard try look.step(), let page = GuidePage.Stored(look.blob(0), id: key, of: self) else {
      return nil
    }
    return page.places(of: mark(of: hash))
  }
}

extension Guide {
  /// One of some runs, which have so many ids.
  init(of runs: [Run], identifiers: Int64) {
    firstRun = runs.first?.batch ?? 0
    lastRun = runs.last?.batch ?? 0
    self.runs = runs.count
    idBits = min(Guide.mostBits, Guide.bits(identifiers / Guide.marksPerPage))
    let each = (identifiers / Int64(max(1, runs.count))) >> Int64(idBits)
    markBits = min(Guide.mostBits, 32 - idBits, Guide.bits(each) + GuidePage.distanceBits)
  }

  /// From the columns run, last_run, runs, id_bits, mark_bits.
  init(_ statement: Statement) throws {
    firstRun = try statement.integer(0, .number)
    lastRun = try statement.integer(1, .number)
    runs = Int(try statement.integer(2, .count))
    idBits = Int(try statement.integer(3, .bits))
    markBits = Int(try statement.integer(4, .bits))
  }

  static func all(on connection: Connection) throws -> [Guide] {
    let statement = try connection.prepare("\(columns) ORDER BY run")
    var guides: [Guide] = []
    while try statement.step() { guides.append(try Guide(statement)) }
    return guides
  }

  /// Takes the guide of a run away, and whatever else overlaps it.
  static func remove(of run: Int64, on connection: Connection) throws {
    let guides = try connection.prepare("\(columns) WHERE run <= ?1 AND last_run >= ?1")
    guides.bind(run, at: 1)
    var found: [Int64] = []
    while try guides.step() { found.append(guides.integer(0)) }
    for guide in found { try remove(beginningWith: guide, on: connection) }
  }

  static func remove(beginningWith run: Int64, on connection: Connection) throws {
    try connection.prepare("DELETE FROM id_mark WHERE \(ofGuide)").run(binding: [run])
    try connection.prepare("DELETE FROM id_guide WHERE run = ?").run(binding: [run])
  }
}
