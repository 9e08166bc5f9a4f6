import Answers
import Queries
import Rendering
import Reports
import Store
import Testing

@Suite struct FreeQueryTests {
  static let log = """
    {"time":"2026-11-02T09:20:00.250Z","vendor":"zihin","status":502,"latency_ms":900.5,\
    "retry_after":12}
    {"time":"2026-11-02T09:21:00Z","vendor":"zof","status":429}
    {"time":"2026-11-09T09:21:00Z","vendor":"zof","status":500}
    """

  private func ask(_ sql: String, vendors: [String] = [], zone: String = "UTC") throws -> Answer {
    try ImportedLog(Self.log).question(zone: zone, vendors: vendors).query(title: "Query", sql: sql)
  }

  @Test func `times are shown as times, numbers as they are`() throws {
    try expect(
      shown(
        ask(
          """
          SELECT id, time_ms, vendor, latency_ms, retry_after_ms, request_id FROM events
            WHERE time_ms < :until_ms - 1 ORDER BY id
          """, zone: "Europe/Berlin")),
      """
      Query
      2026-11-02 10:21 to 2026-11-09 10:21 (Europe/Berlin)

      id  time_ms           vendor  latency_ms  retry_after_ms  request_id
      ──  ────────────────  ──────  ──────────  ──────────────  ──────────
       1  2026-11-02 10:20  zihin        900.5           12000  -
       2  2026-11-02 10:21  zof              -               -  -
      """)
  }

  @Test func `as data, rows are arrays under their columns`() throws {
    try expect(
      shown(ask("SELECT vendor, COUNT(*) AS n, NULL FROM events GROUP BY 1 ORDER BY 1"), as: .json),
      """
      {
        "columns": ["vendor", "n", "NULL"],
        "rows": [
          ["zihin", 1, null],
          ["zof", 2, null]
        ]
      }
      """)
    try expect(
      shown(ask("SELECT vendor, COUNT(*) AS n, NULL FROM events GROUP BY 1 ORDER BY 1"), as: .csv),
      """
      vendor,n,NULL
      zihin,1,
      zof,2,
      """)
  }

  @Test func `the range is printed where it is used`() throws {
    #expect(try ask("SELECT :since_ms").notes == ["2026-11-02 09:21 to 2026-11-09 09:21 (UTC)"])
    #expect(try ask("SELECT 1").notes == [])
  }

  @Test func `a vendor is given to the query, several cannot be`() throws {
    #expect(try ask("SELECT :vendor", vendors: ["zof"]).value["rows"] == [["zof"]])
    #expect(try ask("SELECT :vendor").value["rows"] == [[""]])
    #expect(
      refusal { try ask("SELECT :vendor", vendors: ["zof", "zihin"]) }
        == "the query asks for one vendor, and 2 were named")
    #expect(try ask("SELECT 1", vendors: ["zof", "zihin"]).value["rows"] == [[1]])
  }

  @Test(arguments: [
    ("SELECT :week", "the query asks for :week, which is not known"),
    ("SELECT ?", "a query's parameters have names: :since_ms, :until_ms and :vendor"),
    ("SELEC 1", "the query is no SQL that the store understands: near \"SELEC\": syntax error"),
    (
      "SELECT * FROM event_s",
      "the query is no SQL that the store understands: no such table: event_s"
    ),
    (
      "SELECT 1; DROP TABLE event",
      "the query is no SQL that the store understands: one statement at a time"
    ),
    ("DELETE FROM event", "the query may do nothing but read: not authorized"),
    ("PRAGMA user_version = 9", "the query may do nothing but read: not authorized"),
    ("", "the query is no SQL that the store understands: there is no statement"),
  ])
  func `a query that cannot be answered says why`(sql: String, message: String) {
    #expect(refusal { try ask(sql) } == message)
  }

  @Test(arguments: [
    ("SELECT MAX(i) FROM n", "the query took too long and was stopped"),
    ("SELECT COUNT(*) FROM n a, n b", "the query took too long and was stopped"),
    (
      "SELECT i, hex(zeroblob(4000000)) FROM n",
      "the query's answer is too large: it has more than 34 rows"
    ),
    (
      "SELECT length(zeroblob(11000000))",
      "the query asks for more memory than it may have: string or blob too big"
    ),
    (
      "SELECT 1 WHERE 'a' LIKE '\(String(repeating: "%a", count: 600))'",
      "the query is no SQL that the store understands: LIKE or GLOB pattern too complex"
    ),
  ])
  func `a query that would not end, or take too much, is stopped`(
    sql: String, message: String
  ) throws {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    let question = try ImportedLog(Self.log).question(zone: "UTC", vendors: [])
    // Time enough for what is stopped by its size.
    let seconds = message.contains("too long") ? 0.2 : 60
    #expect(
      refusal { try question.query(title: "", sql: endless + sql, seconds: seconds) } == message)
  }

  @Test func `what can be asked by name`() throws {
    let shown = tables(Question.queries()).split(separator: "\n")
    #expect(shown.first?.split(separator: " ").joined(separator: " ") == "name what it says")
    // Each by its name and summary, in the order of the names.
    #expect(
      shown.dropFirst(2).map { $0.split(separator: " ").joined(separator: " ") }
        == Query.all.map { "\($0.name) \($0.summary)" })
    #expect(Query.all.map(\.name).contains("top-messages"))
    #expect(Query.all.map(\.name) == Query.all.map(\.name).sorted())
    #expect(
      Question.queries().value["queries"]?.elements.allSatisfy {
        $0.names == "name title summary parameters columns sql file"
      } == true)
  }

  @Test func `its names in JSON`() throws {
    let answer = try ImportedLog("").question().query(title: "", sql: "SELECT 1")
    #expect(answer.value.names == "columns rows")
  }

  private func refusal(_ work: () throws -> Answer) -> String? {
    do {
      _ = try work()
      return nil
    } catch let error as StoreError {
      return error.message
    } catch let error as QuestionError {
      return error.message
    } catch {
      return "\(error)"
    }
  }
}
