import Batches
import Events
import SQLite
import Testing

@testable import Store

@Suite struct SchemaTests {
  @Test func `kinds and answerers have the numbers that the code gives them`() throws {
    let store = try Schema.pristine()
    func texts(_ table: String) throws -> [Int64: String] {
      let rows = try store.prepare("SELECT id, text FROM \(table)")
      var texts: [Int64: String] = [:]
      while try rows.step() { texts[rows.integer(0)] = rows.text(1) }
      return texts
    }
    let kinds = Kind.allCases.map { (Int64($0.rawValue), $0.name) }
    #expect(try texts("kind") == Dictionary(uniqueKeysWithValues: kinds))
    let answerers = AnsweredBy.allCases.map { (Int64($0.rawValue), $0.name) }
    #expect(try texts("answerer") == Dictionary(uniqueKeysWithValues: answerers))
  }

  @Test
  func `every lexicon and every derived table is in it, each column of a derived table known`()
    throws
  {
    let made = try SchemaShape(Schema.pristine())
    for lexicon in Lexicon.allCases {
      #expect(made.tables[lexicon.name]?.map(\.name) == ["id", "text"])
    }
    for table in Derived.all.flatMap({ $0.tables }) {
      let columns = try #require(made.tables[table.name], "\(table.name)")
      let named = table.columns.map(\.name)
      for column in named { #expect(columns.contains { $0.name == column }) }
      // Packed columns have no domain.
      let rest = columns.filter { !named.contains($0.name) && $0.nature.hasPrefix("INTEGER") }
      let isPaged = ["identifier", "id_edge", "id_mark"].contains(table.name)
      #expect(rest.map(\.name) == (isPaged ? ["id"] : []), "\(table.name)")
    }
  }

  @Test func `the table of events is made by the statement that a new store has`() throws {
    let sql = try Schema.pristine().text("SELECT sql FROM sqlite_schema WHERE name = 'event'")
    #expect(Schema.eventTable == sql)
  }

  @Test func `the views for one connection say what the stored ones say`() {
    #expect(Views.stored.map(\.name) == Views.names)
    #expect(!Views.cached.contains("SELECT text FROM"))
  }

  /// What a later version of errata will do with a store of format 1.
  @Test func `a store that was brought up to date equals a new one`() throws {
    let step = """
      ALTER TABLE source ADD COLUMN note TEXT;
      CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
      """
    let formats = [Schema.formats[0], step]
    let old = try Connection(path: "old", access: .memory)
    try Schema.migrate(old, formats: [formats[0]])
    let seed = try Setting.seed(old)
    try Schema.migrate(old, formats: formats)
    let new = try Connection(path: "new", access: .memory)
    try Schema.migrate(new, formats: formats)
    #expect(try SchemaShape(old).differences(from: SchemaShape(new)) == [])
    #expect(try SchemaShape(new).differences(from: SchemaShape(old)) == [])
    #expect(try Setting.seed(old) == seed)
    for connection in [old, new] {
      #expect(try connection.integer("PRAGMA user_version") == 2)
      #expect(try Setting.schema(connection) == Schema.digest(of: formats))
    }
  }

  @Test(arguments: [
    "DELETE FROM setting WHERE name = 'schema'",
    "UPDATE setting SET value = 1 WHERE name = 'schema'",
    "DELETE FROM setting WHERE name = 'schema'; PRAGMA user_version = 7",
  ])
  func `a store of an older build is refused, and left as it is`(sql: String) throws {
    let temporary = try TemporaryStore()
    try StoreLedger(temporary.store).close()
    try temporary.tamper(sql)
    for open in [{ _ = try StoreReader($0) }, { _ = try StoreLedger($0) }]
      as [(Store) throws -> Void]
    {
      let error = #expect(throws: StoreError.self) { try open(temporary.store) }
      #expect(error?.message.contains("older build") == true)
      #expect(error?.hint == .importAgain)
    }
  }

  @Test func `what refers to a row refers to one that is there`() throws {
    let temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let responses = [
      Response(time: 1, code: "a", route: "/a", method: "GET", requestID: "r"),
      Response(time: nil, vendor: nil, gateway: nil), Response(time: 2, kind: nil),
    ]
    _ = try ledger.commit(maker.batch(responses), to: newLog())
    ledger.close()
    #expect(
      try temporary.table("SELECT * FROM pragma_foreign_key_check") == "table  rowid  parent  fkid")
  }
}
