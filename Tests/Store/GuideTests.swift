import Batches
import Files
import Questions
import SQLite
import Testing

@testable import Store

@Suite struct GuidePageTests {
  private static let lists: [[UInt32]] = [
    [], [0], [254, 255, 256, 1000], [7, 7, 8], [5000], (0..<300).map { $0 * 61 },
  ]

  private static let guide = Guide(
    firstRun: 3, lastRun: 900, runs: lists.count, idBits: 2, markBits: 20)

  private var page: [UInt8] {
    var page = GuidePage()
    for marks in Self.lists { page.append(marks) }
    return page.bytes(for: 5, of: Self.guide)
  }

  @Test func `a page says which runs have a mark, and no other`() throws {
    try page.withUnsafeBytes { bytes in
      let stored = try #require(GuidePage.Stored(bytes, id: 5, of: Self.guide))
      for mark: UInt32 in Array(0...400) + [999, 1000, 1001, 61 * 299, 4999, 5000, .max] {
        let expected = Self.lists.indices.filter { Self.lists[$0].contains(mark) }
        #expect(stored.places(of: mark) == expected)
      }
      for (place, marks) in Self.lists.enumerated() {
        #expect(stored.has(allOf: marks, in: place))
        #expect(!stored.has(allOf: (marks + [61 * 299 + 1]).sorted(), in: place))
      }
    }
  }

  @Test func `a mark takes a byte and a little`() {
    var page = GuidePage()
    var random = SystemRandomNumberGenerator()
    for _ in 0..<64 {
      page.append((0..<64).map { _ in UInt32.random(in: 0..<4096, using: &random) }.sorted())
    }
    #expect(page.bytes(for: 1, of: Self.guide).count < 64 * 64 * 11 / 10)
  }

  @Test func `a page that is not what was written says nothing`() {
    let sound = page
    func isRead(_ bytes: [UInt8], id: Int64 = 5, of guide: Guide = Self.guide) -> Bool {
      bytes.withUnsafeBytes { GuidePage.Stored($0, id: id, of: guide) != nil }
    }
    #expect(isRead(sound))
    #expect(!isRead(sound, id: 6))
    for change in [\Guide.runs, \.idBits, \.markBits] {
      var guide = Self.guide
      guide[keyPath: change] -= 1
      #expect(!isRead(sound, of: guide))
    }
    for place in sound.indices {
      var bytes = sound
      bytes[place] ^= 0x10
      #expect(!isRead(bytes))
      #expect(!isRead(Array(sound.prefix(place))))
    }
  }
}

@Suite struct GuideTests {
  let temporary: TemporaryStore

  init() throws { temporary = try TemporaryStore() }

  private static func hash(_ number: Int) -> UInt64 { UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15 }

  private func events(with hash: UInt64) throws -> [Int64] {
    try StoreReader(temporary.store).events(with: "") { _, _ in hash }
  }

  /// Stores so many batches of so many events, each with two ids of its own and one that all have.
  private func store(_ batches: Int, of count: Int, log: UInt64 = 1) throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    var origin = newLog(log)
    for batch in 0..<batches {
      let responses = (0..<count).map { place in
        let number = batch * count + place
        return Response(
          time: Int64(number * 1000),
          identifiers: [Self.hash(2 * number), Self.hash(2 * number + 1), 7])
      }
      origin = .known(
        source: try ledger.commit(
          maker.batch(at: Int64(batch * count) * 100, responses), to: origin))
    }
    ledger.close()
  }

  private func writing<Result>(_ work: (Connection) throws -> Result) throws -> Result {
    let writer = try StoreWriter(temporary.store, for: .importing)
    defer { writer.rest() }
    return try writer.write { try work(writer.connection) }
  }

  /// Makes guides of all runs that are there, of so many runs each.
  private func makeGuides(ofRuns most: Int) throws {
    try writing { connection in
      let writer = try GuideWriter(connection)
      var runs = try Run.all(on: connection)[...]
      while !runs.isEmpty {
        try writer.write(Array(runs.prefix(most)))
        runs = runs.dropFirst(most)
      }
    }
  }

  /// Which runs are looked at for an id.
  private func candidates(of hash: UInt64) throws -> [IndexedRun] {
    try IndexedRun.all(thatCanHave: hash, on: StoreReader(temporary.store).connection)
  }

  /// Every id leads to its event, and ids that nobody has to none.
  private func expectAllFound(_ count: Int, except lost: Range<Int> = 0..<0) throws {
    let reader = try StoreReader(temporary.store)
    for number in stride(from: 0, to: count, by: max(1, count / 500)) {
      let expected = lost.contains(number) ? [] : [Int64(number) + 1]
      for id in [2 * number, 2 * number + 1] {
        let found = try reader.events(with: "") { _, _ in Self.hash(id) }
        guard found == expected else {
          Issue.record("event \(number + 1): \(found)")
          return
        }
      }
    }
    let shared = (1...Int64(count)).filter { !lost.contains(Int($0) - 1) }
    #expect(try events(with: 7) == shared)
    #expect(try events(with: Self.hash(2 * count)) == [])
  }

  @Test(arguments: [(200, 1, 64), (110, 1, 3), (23, 30, 4), (2, 3000, 1), (12, 700, 7)])
  func `every id leads to the same events with guides as without`(
    batches: Int, count: Int, most: Int
  ) throws {
    try store(batches, of: count)
    try expectAllFound(batches * count)
    try makeGuides(ofRuns: most)
    try expectAllFound(batches * count)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `of many runs those that have an id are looked at, and hardly another`() throws {
    try store(110, of: 1)
    let runs = try #require(try temporary.integer("SELECT COUNT(*) FROM run"))
    #expect(runs > 10)
    #expect(try candidates(of: Self.hash(1)).count == Int(runs))
    try makeGuides(ofRuns: 8)
    var looked = 0
    for number in 0..<110 {
      let runs = try candidates(of: Self.hash(2 * number))
      #expect(runs.contains { $0.firstEvent <= number + 1 })
      looked += runs.count
    }
    #expect(looked < 110 * 2)
    var strangers = 0
    for number in 2000..<2500 { strangers += try candidates(of: Self.hash(number)).count }
    #expect(strangers < 500)
  }

  @Test func `runs get a guide once nothing merges them any more`() throws {
    try store(5, of: Int(MergePlan.full))
    try store(3, of: 2, log: 2)
    let guides = try writing { connection in
      let writer = try GuideWriter(connection, most: 2)
      #expect(try writer.grow())
      #expect(try writer.grow())
      #expect(!(try writer.grow()))
      return try Guide.all(on: connection)
    }
    #expect(guides.map(\.runs) == [2, 2])
    // Whoever begins later goes on where there is none.
    try writing { connection in
      try Guide.remove(of: guides[0].lastRun, on: connection)
      let writer = try GuideWriter(connection, most: 2)
      #expect(try writer.grow())
      #expect(!(try writer.grow()))
    }
    #expect(try writing { try Guide.all(on: $0) } == guides)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `what is taken back with a transaction comes again`() throws {
    try store(2, of: Int(MergePlan.full))
    try writing { connection in
      let writer = try GuideWriter(connection, most: 2)
      try connection.execute("SAVEPOINT attempt")
      #expect(try writer.grow())
      try connection.execute("ROLLBACK TO attempt")
      #expect(try Guide.all(on: connection) == [])
      #expect(try writer.grow())
      #expect(try Guide.all(on: connection).count == 1)
    }
  }

  @Test func `pruned events are not found, what is left is`() throws {
    try store(110, of: 1)
    try makeGuides(ofRuns: 4)
    _ = try Pruning(temporary.store, before: 30_000, counts: false)
    #expect(try temporary.integer("SELECT COUNT(*) FROM id_guide") != 0)
    try expectAllFound(110, except: 0..<30)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `ids that are stored later are found, too`() throws {
    try store(110, of: 1)
    try makeGuides(ofRuns: 4)
    let guides = try #require(try temporary.integer("SELECT COUNT(*) FROM id_guide"))
    var identifiers = IdentifierList()
    identifiers.append(Identifier(hash: 12345, row: 0))
    let ledger = try StoreLedger(temporary.store)
    try ledger.replaceIdentifiers(of: 30, with: identifiers)
    ledger.close()
    #expect(try events(with: 12345) == [30])
    #expect(try events(with: Self.hash(2 * 29)) == [])
    #expect(try events(with: Self.hash(2 * 28)) == [29])
    #expect(try temporary.integer("SELECT COUNT(*) FROM id_guide") == guides - 1)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test(arguments: [
    "DELETE FROM id_guide", "DELETE FROM id_mark",
    "DELETE FROM id_mark WHERE id IN (SELECT id FROM id_mark ORDER BY id LIMIT 2)",
    "UPDATE id_mark SET marks = x''", "UPDATE id_mark SET marks = ZEROBLOB(LENGTH(marks))",
    "UPDATE id_mark SET marks = CAST(x'00' || SUBSTR(marks, 2) AS BLOB)",
    "UPDATE id_mark SET marks = CAST(SUBSTR(marks, 1, LENGTH(marks) - 1) || x'2a' AS BLOB)",
    "UPDATE id_mark SET marks = (SELECT marks FROM id_mark ORDER BY id LIMIT 1)",
    "UPDATE id_guide SET runs = runs + 1", "UPDATE id_guide SET runs = 68719476736",
    "UPDATE id_guide SET id_bits = id_bits + 1", "UPDATE id_guide SET mark_bits = mark_bits - 1",
    "UPDATE id_guide SET mark_bits = 0", "UPDATE id_guide SET id_bits = 20, mark_bits = 20",
    "UPDATE id_guide SET last_run = last_run + 1", "UPDATE id_guide SET last_run = 100",
    "INSERT INTO id_mark VALUES(1 << 40, x'00000000')", "INSERT INTO id_mark VALUES(-5, x'00')",
    "DROP TABLE id_guide", "DROP TABLE id_mark",
  ])
  func `damage of guides leaves out no id, is found, and is repaired`(damage: String) throws {
    try store(110, of: 1)
    try makeGuides(ofRuns: 4)
    try temporary.tamper(damage)
    if !damage.hasPrefix("DROP") { try expectAllFound(110) }
    if damage != "DELETE FROM id_guide" {
      #expect(!(try Verification(temporary.store).problems.isEmpty))
    }
    _ = try Repair(temporary.store)
    #expect(try Verification(temporary.store).problems == [])
    try expectAllFound(110)
  }

  @Test func `a look-up sees one moment of a store that is written meanwhile`() throws {
    try store(7, of: 1)
    let reader = try StoreReader(temporary.store)
    let count = "SELECT COUNT(*) FROM run"
    try reader.connection.atOneMoment {
      #expect(try reader.connection.integer(count) == 7)
      try store(1, of: 1, log: 2)
      #expect(try temporary.integer(count) != 7)
      #expect(try reader.connection.integer(count) == 7)
    }
    #expect(try reader.connection.integer(count) != 7)
  }
}
