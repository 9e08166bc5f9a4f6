import SQLite
import Testing

@Suite struct RestrictionTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1), (2)")
    scratch.connection.restrictToReading(seconds: 60)
  }

  @Test(arguments: [
    "SELECT SUM(a) FROM t",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT MAX(i) FROM n",
    "SELECT upper('a') || printf('%d', 1) IS NULL OR 3",
    "VALUES(3)",
  ])
  func `reading is allowed`(sql: String) throws {
    #expect(try scratch.connection.integer(sql) ?? 0 > 0)
  }

  @Test(arguments: [
    "INSERT INTO t VALUES(3)", "UPDATE t SET a = 0", "DELETE FROM t", "DROP TABLE t",
    "CREATE TABLE u(a)", "CREATE TEMP TABLE u(a)", "ATTACH ':memory:' AS other", "VACUUM",
    "VACUUM INTO '/tmp/errata-stolen.db'", "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema",
    "BEGIN", "SAVEPOINT s", "SELECT load_extension('x')", "ANALYZE",
  ])
  func `nothing else is`(sql: String) throws {
    #expect(throws: SQLiteError.self) {
      let statement = try scratch.connection.prepare(sql)
      _ = try statement.step()
    }
  }
}
