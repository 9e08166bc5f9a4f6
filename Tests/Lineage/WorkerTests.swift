import Batches
import Files
import Foundation
import Ingest
import Profiles
import SQLite
import Store
import Testing

/// One log, read by one thread and by several, in real stores.
@Suite struct WorkerTests {
  let world: World

  init() throws {
    world = try World()
    try world.append(WorkerTests.text, to: "a.log")
  }

  /// Records of all sorts among empty objects, five batches in all. The same few texts come in each.
  private static let text: String = (0..<4000).map { number in
    let time = "2026-11-20T10:\(10 + number / 100):\(10 + number % 50)Z"
    let id = "id-\(number)"
    let error =
      #"{"time":"\#(time)","vendor":"zihin","status":\#([429, 500, 404][number % 3]),"#
      + #""path":"/bots/\#(number % 7)/runs","consumer":"key_\#(number % 40)","request_id":"\#(id)","#
      + #""body":{"status":"error","error":"E\#(number % 11)","message":"Number \#(number % 90) is out"}}"#
    let record =
      switch number % 10 {
      case 1: #"{"time":"\#(time)","vendor":"zihin","status":200,"path":"/bots"}"#
      case 2: "no log of anything"
      case 3: "[\(error),\(error.replacingOccurrences(of: id, with: id + "-b"))]"
      case 4:
        "2026-11-20T10:00:00.1Z stdout P \(error.prefix(60))\n"
          + "2026-11-20T10:00:00.2Z stdout F \(error.dropFirst(60))"
      case 5: #"{"level":"info","msg":"started"}"#
      case 6: error.replacingOccurrences(of: "\"time\":\"\(time)\",", with: "")
      default: error
      }
    return record + "\n" + String(repeating: "{}\n", count: 29)
  }.joined()

  /// Imports the log into a store; `dying` as `World` has it.
  @discardableResult
  private func importing(
    into store: Store, workers: Int, dying: (commit: Int, after: Bool)? = nil
  ) throws -> Importer.Summary {
    let ledger = try StoreLedger(store)
    defer { ledger.close() }
    var options = Importer.Options()
    options.workers = workers
    let importer = try Importer(
      ledger: dying.map { MortalLedger(ledger, dyingAt: $0.commit, after: $0.after) } ?? ledger,
      catalog: Catalog(), options: options, progress: { _ in true })
    do {
      try importer.run(Input.list([world.path("a.log")], excluding: []).inputs)
    } catch is Killed {}
    return importer.summary
  }

  /// Every row of every table, but for clocks and what is seeded for each store.
  private func dump(_ store: Store) throws -> [String] {
    let connection = try Connection(path: store.path, access: .read)
    let tables =
      Lexicon.allCases.map(\.name)
      + ["source", "event", "mark", "minute", "quarter", "undated", "reject", "reject_run"]
    let batches = """
      SELECT id, source, "offset", length, lines, events, successes, skipped, rejects, blank, undated,
        rejects_kept, first_event, first_time_ms, last_time_ms, identifiers, digest FROM batch
      """
    return try (tables.map { "SELECT * FROM \($0)" } + [batches]).flatMap { sql in
      let rows = try connection.prepare(sql)
      var lines: [String] = []
      while try rows.step() {
        lines.append(rows.columns.indices.map { rows.text($0) ?? "-" }.joined(separator: "|"))
      }
      return lines
    }
  }

  private func verify(_ store: Store) throws {
    #expect(
      try Verification(
        store, hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } }
      ).problems == [])
  }

  @Test(arguments: [2, 3])
  func `a store is the same row for row, however many workers read`(workers: Int) throws {
    let alone = Store(path: world.folder + "/alone.db")
    let one = try importing(into: alone, workers: 1)
    let all = try importing(into: world.store, workers: workers)
    #expect(try dump(world.store) == dump(alone))
    #expect(all.tally == one.tally)
    #expect(all.sightings == one.sightings)
    #expect(one.tally.lines == 4000 * 30 + 400)
    #expect(one.tally.events > 2000)
    #expect(one.tally.successes > 0 && one.tally.skipped > 0 && one.tally.rejects > 0)
    try verify(world.store)
    let connection = try Connection(path: alone.path, access: .read)
    #expect(try connection.integer("SELECT COUNT(*) FROM batch") == 5)
    for lexicon in Lexicon.allCases {
      let doubled = try connection.integer(
        "SELECT COUNT(*) - COUNT(DISTINCT text) FROM \(lexicon.name)")
      #expect(doubled == 0, "\(lexicon.name)")
    }
  }

  @Test(arguments: 1...5, [false, true])
  func `whenever it is killed, a beginning is stored, and then the rest`(
    commit: Int, after: Bool
  ) throws {
    let alone = Store(path: world.folder + "/alone.db")
    try importing(into: alone, workers: 1)
    try importing(into: world.store, workers: 3, dying: (commit, after))
    try verify(world.store)
    let connection = try Connection(path: world.store.path, access: .read)
    let stored = try connection.integer("SELECT COUNT(*) FROM batch") ?? 0
    #expect(stored == Int64(after ? commit : commit - 1))
    #expect(
      try connection.integer("SELECT COALESCE(MAX(\"offset\" + length), 0) FROM batch")
        == connection.integer("SELECT COALESCE(SUM(length), 0) FROM batch"))
    try importing(into: world.store, workers: 3)
    #expect(try dump(world.store) == dump(alone))
  }
}
