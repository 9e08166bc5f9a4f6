import Events
import SQLite
import Testing

@testable import Store

@Suite struct WordCacheTests {
  @Test(arguments: ["events", "minutes", "traffic"])
  func `the views in front of the stored ones give the same`(view: String) throws {
    let temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let responses = [
      Response(time: 60_000, code: "a", route: "/r", requestID: "id"),
      Response(vendor: nil, kind: .timeout),
      Response(time: 1, vendor: "é", status: 200, kind: nil),
    ]
    _ = try ledger.commit(maker.batch(responses), to: newLog())
    let connection = try temporary.store.openForReading()
    let stored = try rows(of: view, on: connection)
    #expect(!stored.isEmpty)
    let words = try WordCache(connection)
    try words.makeViews()
    // Twice: read from its table, and from memory.
    for _ in 1...2 { #expect(try rows(of: view, on: connection) == stored) }
    withExtendedLifetime(words) {}
  }

  private func rows(of view: String, on connection: Connection) throws -> [[String?]] {
    let statement = try connection.prepare("SELECT * FROM \(view)")
    var rows: [[String?]] = []
    while try statement.step() { rows.append(statement.columns.indices.map(statement.text)) }
    return rows
  }
}
