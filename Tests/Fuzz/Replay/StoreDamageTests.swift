import Store
import Testing

/// Numbers that no one can have stored, in each column of each table in turn.
@Suite(.serialized) struct StoreDamageTests {
  private static let tables = (try? storeSample.get().tables) ?? []

  @Test func `there is something in every table`() throws {
    let sample = try storeSample.get()
    let empty = sample.tables.filter { $0.rows == 0 }.map(\.name)
    #expect(empty == ["reject_run"])
    try sample.damaged(by: []) { questions in
      #expect((try? Verification(questions.store).problems) == [])
    }
  }

  @Test(arguments: tables.map(\.name))
  func `no number in a table traps`(name: String) throws {
    let sample = try storeSample.get()
    let table = try #require(sample.tables.first { $0.name == name })
    for column in table.columns where column.type == "INTEGER" {
      for (place, value) in StoreDamage.extremes.enumerated() {
        let damage = StoreDamage.integer(
          StoreDamage.Place(table: table, column: column.name, row: table.rows / 2), value)
        try sample.damaged(by: [damage]) { questions in
          questions.askAll()
          questions.work(UInt8(1 + place))
        }
      }
    }
  }
}
