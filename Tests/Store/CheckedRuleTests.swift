import Batches
import Files
import Questions
import SQLite
import Testing

@testable import Store

@Suite struct CheckedRuleTests {
  private let rule = CheckedRule(
    rule: "spike", judged: 60_000, batch: 7,
    crossings: [
      CheckedRule.Crossing(
        subject: #"["zof"]"#, since: 1000, last: 2000, near: 3000, counted: 4, requests: 5,
        told: 6000, over: 7000),
      CheckedRule.Crossing(
        subject: "[null]", isUnknown: true, since: 2000, last: 2000, near: 2000, told: 6000),
    ])

  @Test func `what is written is read, by job and rule`() throws {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    try CheckWriter(temporary.store, job: "mail").write([rule], now: 1)
    let reader = try StoreReader(temporary.store)
    #expect(try reader.checkedRule("spike", job: "mail") == rule)
    #expect(try reader.checkedRule("spike", job: "") == nil)
    #expect(try reader.checkedRule("burst", job: "mail") == nil)
  }

  @Test func `what is written again takes the place of what was there`() throws {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    let writer = try CheckWriter(temporary.store, job: "")
    try writer.write([rule], now: 1)
    var later = rule
    later.judged = 120_000
    later.crossings = []
    try writer.write([later, CheckedRule(rule: "burst", judged: 1, batch: 1)], now: 2)
    let reader = try StoreReader(temporary.store)
    #expect(try reader.checkedRule("spike", job: "") == later)
    #expect(
      try temporary.table("SELECT job, rule, judged_ms, checked_ms FROM checked_rule") == """
        job  rule   judged_ms  checked_ms
             spike  120000     2
             burst  1          2
        """)
    #expect(try temporary.integer("SELECT COUNT(*) FROM crossing") == 0)
  }

  @Test func `only what has changed of it is written`() throws {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    let writer = try CheckWriter(temporary.store, job: "")
    try writer.write([rule], now: 1)
    var later = rule
    later.crossings[0].over = nil
    try writer.write([later], now: 2)
    try writer.write([later], now: 3)
    #expect(
      try temporary.table("SELECT id, subject, over_ms FROM crossing") == """
        id  subject  over_ms
        2   [null]   -
        3   ["zof"]  -
        """)
  }

  @Test func `a check makes no store`() throws {
    let temporary = try TemporaryStore()
    #expect(throws: StoreError.self) { try CheckWriter(temporary.store, job: "") }
    #expect(!temporary.store.exists)
  }

  @Test func `the earliest time that has come is that of an event or of a success`() throws {
    let temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let reader = try StoreReader(temporary.store)
    #expect(try reader.newestBatch() == 0)
    #expect(try reader.earliestTime(after: 0) == nil)
    let source = try ledger.commit(
      maker.batch([Response(time: 960_500), Response(time: nil)]), to: newLog())
    let second = maker.batch(at: 200, [Response(time: 70_000, kind: nil), Response(time: 80_000)])
    _ = try ledger.commit(second, to: .known(source: source))
    #expect(try reader.newestBatch() == 2)
    #expect(try reader.earliestTime(after: 0) == 60_000)
    #expect(try reader.earliestTime(after: 1) == 60_000)
    #expect(try reader.earliestTime(after: 2) == nil)
    #expect(try reader.earliestTime(after: .max) == nil)
  }
}
