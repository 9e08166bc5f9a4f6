import Foundation
import Rendering
import Store
import Testing

/// Numbers that no one can have stored, in each column of each table in turn.
///
/// The normal tests give a column the lowest or the highest, and show what is answered in one format;
/// `make soak` gives it all of them, asks everything each time, and shows it in all.
@Suite(.serialized) struct StoreDamageTests {
  private static let tables = (try? storeSample.get().tables) ?? []
  private static let isSoak = ProcessInfo.processInfo.environment["ERRATA_SOAK"] != nil

  @Test func `there is something in every table`() throws {
    let sample = try storeSample.get()
    let empty = sample.tables.filter { $0.rows == 0 }.map(\.name)
    #expect(empty == ["details", "former_vendor", "pruned_vendor", "reject_run"])
    try sample.damaged(by: []) { questions in
      #expect((try? Verification(questions.store).problems) == [])
    }
  }

  @Test(arguments: tables.map(\.name))
  func `no number in a table traps`(name: String) throws {
    let sample = try storeSample.get()
    let table = try #require(sample.tables.first { $0.name == name })
    let columns = table.columns.filter { $0.type == "INTEGER" }.map(\.name)
    let all = StoreDamage.extremes
    for (place, column) in columns.enumerated() {
      // The lowest and the highest come first.
      for (turn, value) in Self.isSoak ? Array(all.enumerated()) : [(place % 2, all[place % 2])] {
        let damage = StoreDamage.integer(
          StoreDamage.Place(table: table, column: column, row: table.rows / 2), value)
        let format = Format.allCases[place % Format.allCases.count]
        try sample.damaged(by: [damage], formats: Self.isSoak ? Format.allCases : [format]) {
          $0.ask()
          $0.work(UInt8(1 + (place + turn) % 6))
          $0.ask([.proofs])
        }
      }
    }
  }
}
