import Batches
import Events
import Files
import Foundation
import Ingest
import Profiles
import SQLite
import Store
import Testing

/// A header is kept with its log, and lines far below are read under it.
@Suite struct HeaderTests {
  let world: World

  init() throws { world = try World() }

  private static let fields =
    "#Version: 1.0\n#Fields: date time cs-method cs-uri-stem sc-status cs(X-Request-ID)\n"

  /// Two batches and more.
  private func rows(_ numbers: Range<Int>) -> String {
    numbers.map { "2026-11-20 10:00:00 GET /x 503 request-r\($0)\n" }.joined()
  }

  private func expect(_ numbers: Range<Int>) throws {
    #expect(try world.ids == numbers.map { "r\($0)" }.sorted())
    #expect(try world.integer("SELECT COUNT(*) FROM header") == 1)
    #expect(try world.integer("SELECT SUM(rejects) FROM batch") == 0)
    #expect(
      try Verification(
        world.store, hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } }
      ).problems == [])
  }

  @Test func `imports that are resumed, followed, killed and renamed read on under it`() throws {
    try world.append(Self.fields + rows(0..<30_000), to: "a.log")
    try world.importing(dying: (commit: 2, after: false))
    try world.importing()
    try expect(0..<30_000)
    try world.append(rows(30_000..<30_010), to: "a.log")
    try world.following()
    try world.append(rows(30_010..<30_020), to: "a.log")
    try world.following()
    world.restart()
    try world.append(rows(30_020..<30_030), to: "a.log")
    world.rename("a.log", to: "a.log.1")
    try world.importing()
    try expect(0..<30_030)
  }

  @Test func `lines far below are read again under it, and found`() throws {
    try world.append(Self.fields + rows(0..<30_000), to: "a.log")
    try world.importing()
    world.restart()
    let ledger = try StoreLedger(world.store)
    let catalog = try Catalog()
    let reread = Rereader(ledger: ledger, catalog: catalog, options: .init()) { _ in true }
    _ = try reread.run(Input.list([world.path("a.log")], excluding: []).inputs)
    #expect(reread.summary.replaced == 30_000)
    #expect(reread.summary.lost == 0)
    ledger.close()
    try expect(0..<30_000)
    let reader = try StoreReader(world.store)
    let event = try #require(try reader.event(29_999))
    let recall = LineRecall(catalog, seed: reader.seed, origins: reader)
    let search = recall.search(for: event) { _ in true }
    guard case .read(let line) = search else {
      Issue.record("\(search)")
      return
    }
    #expect(line.event.agrees(with: event))
    #expect(line.identifiers.map(\.text) == ["request-r29998"])
  }

  @Test func `rejects below it are read again under it`() throws {
    try world.append(
      Self.fields + rows(0..<30_000) + "2026-11-20 10:00:00 EDGE:503:request-y:/y 1 2\n",
      to: "a.log")
    try world.importing()
    world.restart()
    #expect(try world.integer("SELECT SUM(rejects) FROM batch") == 1)
    let taught = try Catalog([
      ProfileFile(
        name: "edge.json",
        text: Array(
          #"""
          {"name":"edge","title":"Edge",
            "text":["$date $clock EDGE:$status:$request_id:$path $a $b"]}
          """#.utf8))
    ])
    let ledger = try StoreLedger(world.store)
    let retry = RejectRetry(ledger: ledger, catalog: taught, options: .init())
    try retry.run { _ in true }
    ledger.close()
    #expect(retry.summary.tally.events == 1)
    #expect(retry.summary.tally.rejects == 0)
  }
}
