import Files
import Glibc
import Questions
import SQLite
import Testing

@testable import Store

/// A store that another program has changed is told as that.
@Suite struct ChangedStoreTests {
  let temporary: TemporaryStore

  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch([Response(time: 0, code: "c", requestID: "a"), Response(time: 1, kind: nil)]),
      to: newLog())
    ledger.close()
  }

  private var problems: [String] {
    get throws { try Verification(temporary.store).problems }
  }

  @Test(arguments: [
    ("ALTER TABLE minute ADD COLUMN note TEXT", "a column that errata did not make: note"),
    ("DROP TABLE quota", "the table quota is missing"),
    ("DROP TABLE gap", "the table gap is missing"),
    ("DROP TABLE minute", "the table minute is missing"),
    ("ALTER TABLE pruning DROP COLUMN rejects", "the table pruning has no column rejects"),
    ("DROP INDEX source_by_head", "the index source_by_head is missing"),
    (
      "DROP INDEX source_by_head; CREATE INDEX source_by_head ON source(head_length)",
      "the index source_by_head is not what errata made it"
    ),
    (
      "CREATE UNIQUE INDEX mine ON event(time_ms)",
      "the index mine, which errata did not make, keeps rows out of event"
    ),
    (
      "DROP TABLE gap; CREATE TABLE gap(source TEXT PRIMARY KEY, place, \"offset\", size, noticed_ms)",
      "the column source of the table gap is not what errata made it"
    ),
  ])
  func `verify says what is not as it was made`(change: String, words: String) throws {
    #expect(try problems == [])
    try temporary.tamper(change)
    #expect(try problems.contains { $0.contains(words) })
  }

  @Test(arguments: [
    "CREATE INDEX mine ON event(vendor)", "CREATE TABLE mine(a)", "CREATE VIEW mine AS SELECT 1",
    "CREATE TRIGGER mine AFTER INSERT ON batch BEGIN DELETE FROM event; END",
  ])
  func `what someone added for himself is no problem, and does nothing`(change: String) throws {
    try temporary.tamper(change)
    #expect(try problems == [])
    var maker = BatchMaker()
    _ = try StoreLedger(temporary.store).commit(maker.batch([Response(time: 5)]), to: newLog(2))
    #expect(try problems == [])
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 2)
  }

  @Test(arguments: [
    "DROP TABLE hour", "DROP TABLE day", "DROP TABLE run", "DROP TABLE identifier",
    "DROP TABLE limited", "DROP TABLE failure_hour", "DROP TABLE route_hour",
    "DROP TABLE route_day", "DROP INDEX reject_by_batch", "DROP INDEX batch_by_range",
  ])
  func `what is derived is made anew when it is missing`(change: String) throws {
    try temporary.tamper(change)
    #expect(try !Verification(temporary.store).isSound)
    #expect(try Repair(temporary.store).done.count >= 1)
    #expect(try problems == [])
  }

  @Test func `a query that the store would understand is not to blame`() throws {
    try temporary.tamper("DROP TABLE quota; DROP TABLE minute")
    let reader = try StoreReader(temporary.store)
    let error = try #require(throws: StoreError.self) {
      try reader.describe("SELECT * FROM minutes", of: .user)
    }
    #expect(error.message.contains("was changed by another program: no such table: minute"))
    let mistake = try #require(throws: StoreError.self) {
      try reader.describe("SELECT nope FROM minutes", of: .user)
    }
    #expect(mistake.message.contains("the query is no SQL that the store understands"))
    #expect(
      mistake.hint == .seeViews("batches, events, minutes and traffic", unknown: "minute"))
  }

  @Test(arguments: [
    (Doing.pruning, "what was removed before is gone"),
    (.shrinking, "what was to go is gone"),
    (.repairing, "was not repaired"),
    (.remembering, "nothing is remembered"),
    (.importing, "what was in flight was not stored"),
  ])
  func `a full disk is told in the words of what was being done`(
    doing: Doing, outcome: String
  ) {
    for error in [
      SQLiteError(code: 13, message: "m"),
      SQLiteError(code: 10 | 19 << 8, message: "m", reason: 28),
    ] {
      let told = StoreError(error, path: "a.db", while: doing)
      #expect(told.message.hasPrefix("the disk is full; "))
      #expect(told.message.contains(outcome))
      #expect(told.hint == .freeRoom(doing))
    }
  }

  @Test(arguments: [1, 17, 19, 20] as [Int32])
  func `SQL of ours that fails is never called a query`(code: Int32) {
    let error = SQLiteError(code: code, message: "m", sql: "SELECT 1")
    for doing in [Doing.reading, .importing, .pruning, .repairing, .remembering] {
      let told = StoreError(error, path: "a.db", while: doing)
      #expect(told.message == "the store a.db was changed by another program: m")
    }
  }

  @Test func `a store that is named by a link is locked where it stands`() throws {
    let link = temporary.folder + "/link.db"
    symlink("errata.db", link)
    let store = Store(path: link)
    #expect(store.files == temporary.store.files)
    var maker = BatchMaker()
    _ = try StoreLedger(store).commit(maker.batch([Response(time: 5)]), to: newLog(2))
    #expect(access(link + ".lock", F_OK) != 0)
    #expect(try problems == [])
  }
}
