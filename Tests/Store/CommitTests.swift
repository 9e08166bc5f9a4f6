import Batches
import Foundation
import SQLite
import Testing

@testable import Store

@Suite struct CommitTests {
  let temporary: TemporaryStore
  let ledger: StoreLedger

  init() throws {
    temporary = try TemporaryStore()
    ledger = try StoreLedger(temporary.store)
  }

  private let ledgerRows = """
    SELECT s.path, s.consumed, b."offset", b.length, b.lines, b.events, b.successes, b.undated,
      b.first_event FROM source s LEFT JOIN batch b ON b.source = s.id
    """

  @Test func `batches follow one another, and events are numbered through`() throws {
    var maker = BatchMaker()
    let source = try ledger.commit(
      maker.batch([Response(time: 0), Response(), Response(kind: nil)]), to: newLog())
    _ = try ledger.commit(
      maker.batch(at: 300, [Response(), Response()]), to: .known(source: source))
    #expect(
      try temporary.table(ledgerRows) == """
        path   consumed  offset  length  lines  events  successes  undated  first_event
        a.log  500       0       300     3      2       1          1        1
        a.log  500       300     200     2      2       0          2        3
        """)
    #expect(
      try temporary.table("SELECT id, batch, \"offset\" FROM event") == """
        id  batch  offset
        1   1      0
        2   1      100
        3   2      300
        4   2      400
        """)
  }

  @Test func `a batch that fails leaves nothing of itself`() throws {
    var maker = BatchMaker()
    let source = try ledger.commit(maker.batch([Response(code: "first")]), to: newLog())
    let before = try dump()
    let batch = maker.batch(at: 100, [Response(time: 0, code: "second", identifiers: [7])])
    batch.marks.append(batch.marks[0])  // the same proof twice: refused, as the last thing stored
    #expect(throws: StoreError.self) { try ledger.commit(batch, to: .known(source: source)) }
    #expect(try dump() == before)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `a store held by another program is said to be so`() throws {
    var maker = BatchMaker()
    let other = try Connection(path: temporary.path, access: .write)
    try other.execute("BEGIN IMMEDIATE")
    let before = try dump()
    let error = #expect(throws: StoreError.self) {
      try ledger.commit(maker.batch([Response()]), to: newLog())
    }
    #expect(
      error?.message
        == "the store \(temporary.path) is held by another program: database is locked")
    try other.execute("ROLLBACK")
    #expect(try dump() == before)
    var again = BatchMaker()
    _ = try ledger.commit(again.batch([Response()]), to: newLog())
  }

  @Test func `who continues a source from a place that has moved has lost the race`() throws {
    var maker = BatchMaker()
    let source = try ledger.commit(maker.batch([Response()]), to: newLog())
    let before = try dump()
    for place in [Int64(0), 50, 200] {
      #expect(throws: LostRace.self) {
        try ledger.commit(maker.batch(at: place, [Response()]), to: .known(source: source))
      }
    }
    #expect(throws: LostRace.self) {
      try ledger.commit(maker.batch(at: 100, [Response()]), to: .known(source: 99))
    }
    #expect(try dump() == before)
  }

  @Test func `two that meet the same new log at once: the second has lost the race`() throws {
    let other = try StoreLedger(temporary.store)
    #expect(try ledger.headLengths() == [])
    #expect(try other.headLengths() == [])
    var maker = BatchMaker()
    _ = try ledger.commit(maker.batch([Response()]), to: newLog())
    var others = BatchMaker()
    #expect(throws: LostRace.self) { try other.commit(others.batch([Response()]), to: newLog()) }
    #expect(try other.headLengths() == [100])
    var again = BatchMaker()  // what was taken back is learnt anew
    _ = try other.commit(again.batch([Response()]), to: newLog())
  }

  @Test func `a log is known by its head, and a branch by what it shares`() throws {
    var maker = BatchMaker()
    let parent = try ledger.commit(maker.batch([Response(), Response()]), to: newLog())
    #expect(try ledger.headLengths() == [100])
    let child = try ledger.commit(
      maker.batch(at: 100, [Response()]),
      to: .new(head: proof(of: 100), parent: parent, fork: 100, path: "b.log"))
    let lineages = try ledger.lineages(head: proof(of: 100))
    #expect(lineages.map(\.source) == [parent, child])
    #expect(lineages.map { $0.marks.map(\.offset) } == [[200], [200]])
    #expect(try ledger.lineages(head: proof(of: 100, log: 2)).isEmpty)
    #expect(try ledger.lineages(head: proof(of: 99)).isEmpty)
    #expect(try ledger.tally(of: parent, upTo: 200).events == 2)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `a text is stored once, however many readers meet it`() throws {
    var one = BatchMaker()
    var other = BatchMaker()
    let source = try ledger.commit(
      one.batch([Response(code: "a"), Response(code: "b"), Response(code: "a")]), to: newLog())
    _ = try ledger.commit(
      other.batch(at: 300, [Response(code: "c"), Response(code: "b")]), to: .known(source: source))
    _ = try ledger.commit(
      one.batch(at: 500, [Response(code: "c"), Response(code: "a")]), to: .known(source: source))
    try expectCodes()
  }

  @Test func `a later import goes on with the texts of the last one`() throws {
    var maker = BatchMaker()
    let source = try ledger.commit(
      maker.batch([Response(code: "a"), Response(code: "b"), Response(code: "a")]), to: newLog())
    let later = try StoreLedger(temporary.store)
    var another = BatchMaker()
    _ = try later.commit(
      another.batch(at: 300, [Response(code: "c"), Response(code: "b")]),
      to: .known(source: source))
    _ = try later.commit(
      another.batch(at: 500, [Response(code: "c"), Response(code: "a")]),
      to: .known(source: source))
    try expectCodes()
  }

  /// The codes of events a, b, a, c, b, c, a.
  private func expectCodes() throws {
    #expect(
      try temporary.table("SELECT id, text FROM code") == """
        id  text
        1   a
        2   b
        3   c
        """)
    #expect(
      try temporary.table("SELECT id, vendor, code FROM events") == """
        id  vendor  code
        1   zof     a
        2   zof     b
        3   zof     a
        4   zof     c
        5   zof     b
        6   zof     c
        7   zof     a
        """)
    #expect(
      try temporary.table("SELECT code, SUM(responses) AS responses FROM traffic GROUP BY 1") == """
        code  responses
        a     3
        b     2
        c     2
        """)
  }

  @Test func `texts of a batch that failed are stored by the next one that has them`() throws {
    var maker = BatchMaker()
    let source = try ledger.commit(maker.batch([Response(code: "a")]), to: newLog())
    let batch = maker.batch(at: 100, [Response(code: "b"), Response(code: "a")])
    batch.marks.append(batch.marks[0])  // the same proof twice: refused
    #expect(throws: StoreError.self) { try ledger.commit(batch, to: .known(source: source)) }
    var another = BatchMaker()
    _ = try ledger.commit(
      another.batch(at: 100, [Response(code: "c"), Response(code: "b"), Response(code: "a")]),
      to: .known(source: source))
    #expect(
      try temporary.table("SELECT id, code FROM events") == """
        id  code
        1   a
        2   c
        3   b
        4   a
        """)
  }

  /// Everything that a commit writes.
  private func dump() throws -> String {
    try ["source", "batch", "event", "identifier", "mark", "code", "vendor", "minute", "quarter"]
      .map { try "\($0)\n" + temporary.table("SELECT * FROM \($0)") }.joined(separator: "\n")
  }
}
