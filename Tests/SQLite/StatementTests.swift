import SQLite
import Testing

@Suite struct StatementTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private var connection: Connection { scratch.connection }

  @Test func `values come back as they were bound`() throws {
    let statement = try connection.prepare("SELECT :number, :text, :empty, :none, 1.5, x'0102'")
    statement.bind(Int64.min, to: ":number")
    statement.bind("naïve", to: ":text")
    statement.bind("", to: ":empty")
    statement.bind(nil as Int64?, to: ":none")
    statement.bind("ignored", to: ":stranger")
    #expect(try statement.step())
    #expect(statement.integer(0) == .min)
    #expect(statement.text(1) == "naïve")
    #expect(statement.text(2) == "")
    #expect(statement.text(3) == nil)
    #expect(statement.number(4) == 1.5)
    #expect(Array(statement.blob(5)) == [1, 2])
    #expect((0..<6).map(statement.type) == [.integer, .text, .text, .null, .number, .blob])
    #expect(try !statement.step())
  }

  @Test func `a statement says what it takes and gives`() throws {
    let statement = try connection.prepare("SELECT 1 AS one, :a AS two WHERE :b > 0 AND :a > 0")
    #expect(statement.columns == ["one", "two"])
    #expect(statement.parameters == [":a", ":b"])
  }

  @Test(arguments: ["SELECT 1", "SELECT 1;", "SELECT 1 ; -- done", "-- first\nSELECT 1;\n\n ;"])
  func `one statement is one, whatever blanks and comments follow it`(sql: String) throws {
    #expect(try connection.integer(sql) == 1)
  }

  @Test(arguments: [
    ("SELECT 1; SELECT 2", "one statement at a time"),
    ("", "there is no statement"),
    ("-- nothing", "there is no statement"),
    ("SELEC 1", "near \"SELEC\": syntax error"),
    ("SELECT \"text\"", "no such column: text"),
  ])
  func `what is no statement is refused`(sql: String, message: String) throws {
    let error = #expect(throws: SQLiteError.self) { _ = try connection.prepare(sql) }
    #expect(error?.message == message)
    #expect(error?.sql == sql)
  }

  @Test func `a transaction is whole or nothing`() throws {
    try connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY)")
    try connection.transaction { try connection.execute("INSERT INTO t VALUES(1)") }
    #expect(throws: SQLiteError.self) {
      try connection.transaction {
        try connection.execute("INSERT INTO t VALUES(2)")
        try connection.execute("INSERT INTO t VALUES(1)")
      }
    }
    #expect(connection.isIdle)
    #expect(try connection.integer("SELECT COUNT(*) FROM t") == 1)
  }

  @Test func `a transaction that was rolled back from inside is an error`() throws {
    try connection.execute("CREATE TABLE t(a)")
    #expect(throws: SQLiteError.self) {
      try connection.transaction {
        try connection.execute("INSERT INTO t VALUES(1)")
        try connection.execute("ROLLBACK")
      }
    }
    #expect(connection.isIdle)
  }
}
