import Batches
import Files
import Foundation
import Questions
import SQLite
import Testing

@testable import Store

@Suite struct PruningTests {
  let temporary: TemporaryStore
  let noon = at("2026-11-02T12:00:00Z")

  /// A log of two batches around noon, with an undated event and a reject.
  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let first = maker.batch([
      Response(
        time: noon - 3_600_000, code: "old", route: "/old", method: "PATCH", identifiers: [1, 2]),
      Response(time: noon - 60_000, vendor: "gone", code: "late", identifiers: [2, 3]),
      Response(time: noon - 60_000, kind: nil), Response(time: nil, identifiers: [4]),
    ])
    let source = try ledger.commit(first, to: newLog())
    let second = maker.batch(at: 400, [Response(time: noon, code: "new", identifiers: [5])])
    second.length += 100
    second.tally.lines += 1
    second.tally.rejects += 1
    second.rejects = [Reject(offset: 500, length: 99, reason: "json_syntax", excerpt: "{")]
    second.marks = [proof(of: 600)]
    _ = try ledger.commit(second, to: .known(source: source))
    ledger.close()
  }

  private var problems: [String] { get throws { try Verification(temporary.store).problems } }

  private func events(with id: UInt64) throws -> [Int64] {
    try IdentifierPages.events(
      with: id, on: Connection(path: temporary.path, access: .read))
  }

  @Test func `old events go with their ids, counts stay, and all is proven`() throws {
    let counts =
      "SELECT * FROM minute UNION ALL SELECT 0, 0, 0, SUM(responses), 0, 0, 0, 0 FROM quarter"
    let before = try temporary.table(counts)
    let preview = try Pruning(preview: temporary.store, before: noon, counts: false)
    #expect((preview.events, preview.rejects, preview.isEmpty) == (2, 0, false))
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 4)
    let pruning = try Pruning(temporary.store, before: noon, counts: false)
    #expect((pruning.events, pruning.rejects, pruning.counts) == (2, 0, nil))
    #expect(try problems == [])
    #expect(try temporary.table(counts) == before)
    #expect(
      try temporary.table("SELECT e.id, e.batch, v.code FROM events v JOIN event e ON e.id = v.id")
        == """
        id  batch  code
        3   1      -
        4   2      new
        """)
    for id in [UInt64(1), 2, 3] { #expect(try events(with: id).isEmpty) }
    #expect(try events(with: 4) == [3])
    #expect(try events(with: 5) == [4])
    let again = try Pruning(temporary.store, before: noon, counts: false)
    #expect(again.isEmpty)
    #expect(try StoreReader(temporary.store).pruned.events.all == noon)
  }

  @Test func `counts go by whole quarters of an hour, where that is wanted`() throws {
    let pruning = try Pruning(temporary.store, before: noon + 60_000, counts: true)
    #expect(pruning.events == 3)
    #expect(pruning.counts == Pruning.Counts(errors: 2, successes: 1))
    #expect(try problems == [])
    #expect(try temporary.integer("SELECT MIN(time_ms) FROM minute") == noon)
    #expect(try temporary.integer("SELECT MIN(time_ms) FROM quarter") == noon)
    #expect(try StoreReader(temporary.store).pruned.counts.all == noon + 60_000)
  }

  @Test(arguments: [false, true])
  func `what is of one vendor goes, and all else stays and is proven`(counts: Bool) throws {
    let others = "SELECT COUNT(*) FROM events WHERE vendor = 'zof'"
    let traffic = "SELECT time_ms, status, code, responses FROM traffic WHERE vendor = 'zof'"
    let (events, counted) = try (temporary.integer(others), temporary.table(traffic))
    let before = noon + 900_000
    let preview = try Pruning(
      preview: temporary.store, before: before, vendors: ["gone"], counts: counts)
    let pruning = try Pruning(temporary.store, before: before, vendors: ["gone"], counts: counts)
    #expect((preview.events, pruning.events, pruning.rejects) == (1, 1, 0))
    #expect(pruning.counts == (counts ? Pruning.Counts(errors: 1, successes: 0) : nil))
    #expect(try problems == [])
    #expect(try temporary.integer("SELECT COUNT(*) FROM events WHERE vendor = 'gone'") == 0)
    #expect(try temporary.integer(others) == events)
    #expect(try temporary.table(traffic) == counted)
    #expect(try temporary.integer("SELECT COUNT(*) FROM reject") == 1)
    // An id that two events share finds the one that is left.
    #expect(try self.events(with: 2) == [1])
    let reader = try StoreReader(temporary.store)
    #expect(reader.pruned.events.of(["zof"]).latest == nil)
    #expect(reader.pruned.events.of(["gone"]).latest == before)
    #expect(reader.pruned.events.of([]).vendors == ["gone": before])
    #expect(reader.pruned.counts.of([]).latest == (counts ? before : nil))
    #expect(try reader.hadVendor("Gone") == counts)
    #expect(try Repair(temporary.store).done == [])
    #expect(try problems == [])
    // What is missing of another vendor is found out.
    try temporary.tamper("UPDATE quarter SET responses = responses + 1 WHERE kind > 0")
    #expect(try !problems.isEmpty)
    // Later all that is as old goes.
    _ = try Pruning(temporary.store, before: before, counts: false)
    #expect(try StoreReader(temporary.store).pruned.events.of(["zof"]).latest == before)
  }

  @Test func `a vendor that is pruned need not be there`() throws {
    let pruning = try Pruning(temporary.store, before: noon, vendors: ["acme"], counts: true)
    #expect(pruning.isEmpty)
    #expect(try problems == [])
  }

  @Test func `a count without an event is no pruned one of another vendor`() throws {
    _ = try Pruning(temporary.store, before: noon, vendors: ["gone"], counts: false)
    try temporary.tamper("DELETE FROM event WHERE id = 1; UPDATE batch SET pruned = pruned + 1")
    #expect(try problems.contains { $0.contains("counts of traffic are not those of the events") })
  }

  @Test func `what has no time is as old as its import`() throws {
    let pruning = try Pruning(temporary.store, before: WallClock.now + 1000, counts: true)
    #expect((pruning.events, pruning.rejects) == (4, 1))
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 0)
    #expect(try temporary.integer("SELECT COUNT(*) FROM identifier") == 0)
    #expect(try problems == [])
    // Rejects that were pruned are not read again.
    #expect(try StoreLedger(temporary.store).rejectedSources().isEmpty)
  }

  @Test func `texts that nothing has any more go, and who remembers them is told`() throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch(
        at: 600, [Response(time: noon - 1, code: "new", method: "OLD"), Response(code: "new")]),
      to: .known(source: 1))
    _ = try Pruning(temporary.store, before: noon, counts: false)
    #expect(try temporary.integer("SELECT COUNT(*) FROM method") == 0)
    #expect(try temporary.integer("SELECT COUNT(*) FROM code") == 3, "the counts have them")
    #expect(try temporary.integer("SELECT COUNT(*) FROM route") == 1, "the counts have it")
    let lost = maker.batch(at: 800, [Response(code: "new", method: "OLD")])
    #expect(throws: LostRace.self) { try ledger.commit(lost, to: .known(source: 1)) }
    // With texts that are still there, all goes on.
    _ = try ledger.commit(
      maker.batch(at: 800, [Response(time: noon, code: "new")]), to: .known(source: 1))
    // Who meets what is gone anew stores it anew.
    var another = BatchMaker()
    _ = try ledger.commit(
      another.batch(at: 900, [Response(time: noon, code: "new", method: "OLD")]),
      to: .known(source: 1))
    #expect(
      try temporary.table("SELECT vendor, code, method FROM events WHERE \"offset\" >= 800") == """
        vendor  code  method
        zof     new   -
        zof     new   OLD
        """)
    _ = try Pruning(temporary.store, before: noon, counts: true)
    #expect(try temporary.integer("SELECT COUNT(*) FROM code") == 1)
    #expect(try temporary.integer("SELECT COUNT(*) FROM route") == 0)
    #expect(try temporary.integer("SELECT COUNT(*) FROM vendor WHERE text = 'gone'") == 0)
  }

  @Test func `a number means one event for ever`() throws {
    _ = try Pruning(temporary.store, before: WallClock.now + 1000, counts: false)
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(maker.batch(at: 600, [Response(time: noon)]), to: .known(source: 1))
    #expect(try temporary.integer("SELECT id FROM event") == 5)
    #expect(try problems == [])
  }

  @Test func `old events that come later are as good as any`() throws {
    _ = try Pruning(temporary.store, before: noon, counts: true)
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch(at: 600, [Response(time: noon - 3_600_000, code: "old")]),
      to: .known(source: 1))
    #expect(try problems == [])
  }

  @Test func `what is deleted cannot be read from the file`() throws {
    try temporary.tamper("UPDATE method SET text = 'very-private-method'")
    _ = try Pruning(temporary.store, before: noon, counts: false)
    let bytes = try Data(contentsOf: URL(filePath: temporary.path))
    #expect(bytes.range(of: Data("very-private-method".utf8)) == nil)
  }

  @Test func `an event lost after pruning is found out`() throws {
    _ = try Pruning(temporary.store, before: noon, counts: false)
    try temporary.tamper("DELETE FROM event WHERE id = 4")
    #expect(
      try problems.prefix(2) == [
        "batch 2: 1 events were stored, 0 are there", "the ledger has 2 events, the store 1",
      ])
  }
}
