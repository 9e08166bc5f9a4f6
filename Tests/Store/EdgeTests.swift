import Batches
import Testing

@testable import Store

@Suite struct EdgeTests {
  let temporary: TemporaryStore

  init() throws { temporary = try TemporaryStore() }

  private func events(_ part: String, _ edge: IDEdge, limit: Int = 100) throws -> [Int64] {
    try StoreReader(temporary.store).events(withIDPart: part, at: edge, limit: limit).numbers
  }

  private static func id(_ number: Int) -> String {
    "req_" + String(UInt64(number &+ 1) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
      + String(1000 + number)
  }

  /// Stores so many batches of so many events, a second apart.
  private func store(_ batches: Int, of events: Int) throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    var origin = newLog()
    for batch in 0..<batches {
      let responses = (0..<events).map { place in
        Response(
          time: Int64((batch * events + place) * 1000), requestID: Self.id(batch * events + place),
          identifiers: [UInt64(batch * events + place)])
      }
      origin = .known(
        source: try ledger.commit(
          maker.batch(at: Int64(batch * events) * 100, responses), to: origin))
    }
    ledger.close()
  }

  @Test(arguments: [(1, 1), (1, 127), (1, 128), (1, 129), (3, 2000), (700, 1)])
  func `an id is found by its beginning and its end, in every run`(batches: Int, events: Int)
    throws
  {
    try store(batches, of: events)
    let count = batches * events
    for number in stride(from: 0, to: count, by: max(1, count / 50)) {
      let id = Self.id(number)
      #expect(
        try self.events(String(id.dropFirst(4).prefix(10)), .beginning) == [Int64(number) + 1])
      #expect(try self.events(String(id.prefix(14)), .beginning) == [Int64(number) + 1])
      #expect(try self.events(String(id.suffix(9)), .end) == [Int64(number) + 1])
      #expect(try self.events(String(id.suffix(9)), .beginning) == [])
    }
    #expect(try self.events("ffffffffffff", .beginning) == [])
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `an edge takes some nine bytes`() throws {
    try store(1, of: 20_000)
    let bytes = try temporary.integer("SELECT SUM(LENGTH(entries)) FROM id_edge")
    #expect(bytes == Int64(160_000))
    let pages = try #require(try temporary.integer("SELECT COUNT(*) FROM id_edge"))
    #expect(pages <= 256)
  }

  @Test func `ids that begin alike are all found, the newest first, as many as are wanted`() throws
  {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let responses = (0..<500).map { Response(requestID: "aaaaaaaa-\($0 + 100)") }
    _ = try ledger.commit(maker.batch(responses), to: newLog())
    ledger.close()
    let found = try StoreReader(temporary.store).events(
      withIDPart: "aaaaaaaa", at: .beginning, limit: 3)
    #expect(found.numbers == [500, 499, 498])
    #expect(found.hasMore)
    #expect(try events("aaaaaaaa-15", .beginning) == (51...60).reversed().map { $0 })
  }

  @Test func `an event that is pruned is found by no part of its id`() throws {
    try store(4, of: 100)
    _ = try Pruning(temporary.store, before: 150_000, counts: false)
    #expect(try events(String(Self.id(0).suffix(9)), .end) == [])
    #expect(try events(String(Self.id(149).suffix(9)), .end) == [])
    #expect(try events(String(Self.id(150).suffix(9)), .end) == [151])
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test(arguments: [
    "DELETE FROM id_edge", "UPDATE id_edge SET entries = x''",
    "UPDATE id_edge SET entries = ZEROBLOB(LENGTH(entries))",
    "UPDATE id_edge SET entries = x'ffffffffff'",
    "INSERT INTO id_edge VALUES(1 << 40, x'00000000')",
    "INSERT INTO id_edge VALUES(-5, x'00')",
  ])
  func `damage is found, answered without a trap, and repaired`(damage: String) throws {
    try store(20, of: 50)
    try temporary.tamper(damage)
    _ = try events(String(Self.id(7).suffix(9)), .end)
    #expect(!(try Verification(temporary.store).problems.isEmpty))
    _ = try Repair(temporary.store)
    #expect(try Verification(temporary.store).problems == [])
    #expect(try events(String(Self.id(7).suffix(9)), .end) == [8])
  }
}
