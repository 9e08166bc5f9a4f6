import Foundation
import Store
import Testing

/// Numbers that no one can have stored, in each column of each table in turn.
///
/// The normal tests give a column two of them, `make soak` all, and asks everything each time.
@Suite(.serialized) struct StoreDamageTests {
  private static let tables = (try? storeSample.get().tables) ?? []
  private static let isSoak = ProcessInfo.processInfo.environment["ERRATA_SOAK"] != nil

  @Test func `there is something in every table`() throws {
    let sample = try storeSample.get()
    let empty = sample.tables.filter { $0.rows == 0 }.map(\.name)
    #expect(empty == ["details", "reject_run"])
    try sample.damaged(by: []) { questions in
      #expect((try? Verification(questions.store).problems) == [])
    }
  }

  @Test(arguments: tables.map(\.name))
  func `no number in a table traps`(name: String) throws {
    let sample = try storeSample.get()
    let table = try #require(sample.tables.first { $0.name == name })
    let columns = table.columns.filter { $0.type == "INTEGER" }.map(\.name)
    for (place, column) in columns.enumerated() {
      let values = StoreDamage.extremes
      // The lowest and the highest come first.
      for turn in Self.isSoak ? values.indices : 0..<2 {
        let damage = StoreDamage.integer(
          StoreDamage.Place(table: table, column: column, row: table.rows / 2), values[turn])
        try sample.damaged(by: [damage]) { questions in
          if turn % 2 == 0 || Self.isSoak { questions.ask() }
          questions.work(UInt8(1 + (place + turn) % 6))
          if turn % 2 == 1 { questions.ask([.counts, .proofs]) }
        }
      }
    }
  }
}
