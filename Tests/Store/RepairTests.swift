import Files
import Foundation
import SQLite
import Testing

@testable import Store

@Suite struct RepairTests {
  let temporary: TemporaryStore
  let hash = { (id: String, seed: UInt64) in UInt64(id.utf8.count) &+ seed }

  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let responses = ["a", "bb", "ccc"].enumerated().map { place, id in
      Response(
        time: Int64(place) * 900_000, code: "c", requestID: id,
        identifiers: [hash(id, ledger.seed), UInt64(1000 + place)])
    }
    _ = try ledger.commit(
      maker.batch(responses + [Response(time: 0, kind: nil), Response()]), to: newLog())
    ledger.close()
  }

  private func verify() throws -> Verification { try Verification(temporary.store, hash: hash) }

  @Test(arguments: [
    "UPDATE minute SET errors = 7", "DELETE FROM minute WHERE time_ms = 900000",
    "UPDATE quarter SET responses = 9 WHERE kind > 0", "DELETE FROM quarter WHERE kind > 0",
    "UPDATE undated SET responses = 9", "DROP VIEW traffic",
    "DROP VIEW minutes; CREATE VIEW minutes AS SELECT 1",
  ])
  func `what is derived is made anew`(damage: String) throws {
    #expect(try verify().problems == [])
    let before = try dump()
    try temporary.tamper(damage)
    #expect(try !verify().isSound)
    _ = try Repair(temporary.store)
    #expect(try verify().problems == [])
    #expect(try dump() == before)
  }

  @Test func `a sound store is left as it is`() throws {
    let before = try dump()
    #expect(try Repair(temporary.store).done == [])
    #expect(try dump() == before)
  }

  @Test func `successes are in no event, and stay what they are`() throws {
    try temporary.tamper("UPDATE quarter SET responses = 5 WHERE kind = 0")
    _ = try Repair(temporary.store)
    #expect(try !verify().isSound)
    #expect(try temporary.integer("SELECT responses FROM quarter WHERE kind = 0") == 5)
  }

  @Test func `counts are not taken from events of which some are missing`() throws {
    try temporary.tamper("DELETE FROM event WHERE id = 1")
    let before = try dump()
    #expect(
      try Repair(temporary.store).done == [
        "counts were left as they are: the events that are there are not all there were"
      ])
    #expect(try dump() == before)
  }

  @Test func `counts of before the pruning are left as they are`() throws {
    _ = try Pruning(temporary.store, before: 900_000, counts: false)
    let before = try dump()
    #expect(try Repair(temporary.store).done == [])
    #expect(try dump() == before)
    #expect(try verify().problems == [])
  }

  @Test(arguments: [
    "DELETE FROM identifier", "UPDATE identifier SET pairs = SUBSTR(pairs, 1, 36)",
    "UPDATE identifier SET pairs = CAST(SUBSTR(pairs, 13) || SUBSTR(pairs, 1, 12) AS BLOB)",
    "UPDATE identifier SET pairs = ZEROBLOB(LENGTH(pairs))",
  ])
  func `ids that events have as text are found again`(damage: String) throws {
    try temporary.tamper(damage)
    var found = try verify()
    #expect(found.batchesWithoutIdentifiers == [1])
    var repair = try Repair(temporary.store)
    try repair.refillIdentifiers(of: [1], in: temporary.store, hash: hash)
    found = try verify()
    #expect(found.problems == [])
    let reader = try StoreReader(temporary.store)
    #expect(try reader.events(with: "bb", hash: hash) == [2])
  }

  private func dump() throws -> String {
    let tables = ["minute", "quarter", "undated", "event", "batch"].map {
      "SELECT * FROM \($0) ORDER BY 1, 2, 3, 4, 5"
    }
    let routes = RouteGrain.allCases.map {
      "SELECT time_ms, vendor, page, HEX(errors) FROM \($0.name)"
    }
    return try (tables + routes).map { try temporary.table($0) }.joined(separator: "\n")
  }
}
