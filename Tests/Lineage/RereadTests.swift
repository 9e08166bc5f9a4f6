import Files
import Foundation
import Ingest
import Profiles
import SQLite
import Store
import Testing

/// A store that is taught something comes to be as if it had known it from the start.
@Suite struct RereadTests {
  private let plain: Catalog
  private let taught: Catalog
  let world: World

  init() throws {
    world = try World()
    plain = try Catalog()
    taught = try Catalog([
      ProfileFile(
        name: "edge.json",
        text: Array(
          #"""
          {"name":"edge","title":"Edge","signature":["pop"],
            "text":["<$at> $pop $answer $verb $path $request_id"],
            "fields":{"time":["at"],"status":["answer"],"host":["to"],"body":["^fault"]}}
          """#.utf8)),
      ProfileFile(
        name: "ghost.json",
        text: Array(
          #"""
          {"name":"ghost","title":"Ghost","signature":["ghost"],
            "words":{"status":{"404":"200","500":"204"}}}
          """#.utf8)),
      ProfileFile(
        name: "acme.json",
        text: Array(
          #"""
          {"name":"acme","title":"Acme","hosts":["*.acme.test"],
            "body":{"code":["fault.id"],"message":["fault.text"]},
            "errors":[{"code":"A-7","kind":"plan_limit"}]}
          """#.utf8)),
    ])
  }

  /// Lines of every sort: `isLosing` with such as are no events any more once all is taught.
  private func lines(_ numbers: Range<Int>, isLosing: Bool = false) -> String {
    let statuses = [200, 204, 403, 404, 429, 500, 503]
    return numbers.map { number in
      let status = statuses[number % statuses.count]
      let time = "2026-11-\(10 + number / 2000)T\(10 + number / 200 % 10):0\(number % 7):00Z"
      let id = "req-\(100_000 + number)"
      let answer = #""path":"/v1/\#(number % 20)","request_id":"\#(id)""#
      let fault = #""fault":{"id":"A-\#(number % 3 + 6)","text":"No \#(number % 5)"}"#
      switch number % (isLosing ? 9 : 8) {
      case 0, 1:
        return
          #"{"time":"\#(time)","pop":"FRA","answer":\#(status),"to":"a.acme.test",\#(answer),\#(fault)}"#
      case 2, 3:
        return
          #"{"time":"\#(time)","status":\#(status),"host":"a.acme.test",\#(answer),"body":{\#(fault)}}"#
      case 4: return "<\(time)> FRA \(status) GET /text/\(number % 20) \(id)"
      case 5: return #"{"broken": \#(number)"#
      case 6:
        return #"[{"time":"\#(time)","status":429,"path":"/a"},{"level":"info"},"#
          + #"{"at":"\#(time)","pop":"X","answer":\#(status),"request_id":"\#(id)"}]"#
      case 7: return #"{"status":\#(status),"path":"/undated","request_id":"\#(id)"}"#
      default: return #"{"time":"\#(time)","ghost":1,"status":\#(status),\#(answer)}"#
      }
    }.joined(separator: "\n") + "\n"
  }

  private func importing(
    _ names: String..., with catalog: Catalog, into store: Store? = nil
  ) throws {
    let ledger = try StoreLedger(store ?? world.store)
    defer { ledger.close() }
    let importer = Importer(
      ledger: ledger, catalog: catalog, options: .init(), progress: { _ in true })
    try importer.run(Input.list(names.map { world.path($0) }, excluding: []).inputs)
    #expect(importer.summary.failures.isEmpty)
  }

  /// Reads again; what may be new afterwards is returned.
  @discardableResult
  private func rereading(
    _ names: String..., with catalog: Catalog, batches: Int = .max
  ) throws -> (summary: Rereader.Summary, rest: [Input]) {
    let ledger = try StoreLedger(world.store)
    defer { ledger.close() }
    var left = batches
    let reread = Rereader(ledger: ledger, catalog: catalog, options: .init()) { _ in
      left -= 1
      return left > 0
    }
    let rest = try reread.run(Input.list(names.map { world.path($0) }, excluding: []).inputs)
    return (reread.summary, rest)
  }

  /// All that a store tells, numbers aside, and how many events each id finds.
  private func dump(_ store: Store) throws -> [String] {
    let connection = try Connection(path: store.path, access: .read)
    var lines: [String] = []
    for sql in [
      """
      SELECT time_ms, vendor, status, code, kind, message, request_id, method, route, path,
        answered_by, gateway, details, source, "offset", length, part FROM events
        ORDER BY 14, 15, 17
      """,
      "SELECT * FROM minutes ORDER BY 1, 2, 8",
      "SELECT * FROM traffic ORDER BY 1, 2, 3, 4, 5, 7",
      "SELECT reason, \"offset\", length, excerpt FROM reject ORDER BY 2, 1",
      """
      SELECT SUM(lines), SUM(events), SUM(successes), SUM(skipped), SUM(rejects), SUM(blank),
        SUM(undated), SUM(identifiers), MIN(first_time_ms), MAX(last_time_ms) FROM batch
      """,
    ] {
      let rows = try connection.prepare(sql)
      while try rows.step() {
        lines.append(rows.columns.indices.map { rows.text($0) ?? "-" }.joined(separator: "|"))
      }
    }
    return lines
  }

  private func verify() throws {
    #expect(
      try Verification(
        world.store, hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } }
      ).problems == [])
  }

  private func expectSame(_ names: String, losing: Bool = false) throws {
    let fresh = Store(path: world.folder + "/fresh.db")
    try importing(names, with: taught, into: fresh)
    #expect(try dump(world.store) == dump(fresh))
    try verify()
  }

  @Test(arguments: [false, true])
  func `what was stored before is as if it had been taught from the start`(isLosing: Bool) throws {
    try world.append(lines(0..<27_000, isLosing: isLosing), to: "a.log")
    try importing("a.log", with: plain)
    let before = try dump(world.store)
    let (summary, rest) = try rereading("a.log", with: taught)
    #expect(summary.gained > 0)
    #expect((summary.lost > 0) == isLosing)
    #expect(rest.count == 1)
    try expectSame("a.log")
    // And back again.
    try rereading("a.log", with: plain)
    #expect(try dump(world.store) == before)
    try verify()
  }

  @Test func `an event keeps its number where all of its batch are events still`() throws {
    try world.append(lines(0..<800), to: "a.log")
    try importing("a.log", with: plain)
    let sql = "SELECT id || ' ' || \"offset\" || ' ' || part FROM event ORDER BY id"
    func numbers() throws -> [String] {
      let rows = try Connection(path: world.store.path, access: .read).prepare(sql)
      var numbers: [String] = []
      while try rows.step() { numbers.append(rows.text(0) ?? "") }
      return numbers
    }
    let before = try numbers()
    try rereading("a.log", with: taught)
    let after = try numbers()
    #expect(Array(after.prefix(before.count)) == before)
    #expect(after.count > before.count)
  }

  @Test func `a number is never given twice, even if its event is none any more`() throws {
    try world.append(lines(0..<900, isLosing: true), to: "a.log")
    try importing("a.log", with: plain)
    let connection = try Connection(path: world.store.path, access: .read)
    let last = try connection.integer("SELECT MAX(id) FROM event") ?? 0
    try rereading("a.log", with: taught)
    #expect(try connection.integer("SELECT MIN(id) FROM event") ?? 0 > last)
    try world.append(lines(2000..<2100), to: "b.log")
    let highest = try connection.integer("SELECT MAX(id) FROM event") ?? 0
    try importing("b.log", with: taught)
    #expect(try connection.integer("SELECT COUNT(*) FROM event WHERE id > ?", highest) ?? 0 > 0)
    try verify()
  }

  @Test(arguments: Container.allCases)
  func `a compressed copy serves as well`(container: Container) throws {
    try world.append(lines(0..<900), to: "a.log")
    try importing("a.log", with: plain)
    try world.append(lines(0..<900), to: "copy")
    try world.compress("copy", as: container)
    let (summary, _) = try rereading("copy" + container.suffix, with: taught)
    #expect(summary.gained > 0)
    try expectSame("a.log")
  }

  @Test func `stopped between two batches it is sound, and finishes when it is run again`() throws {
    try world.append(lines(0..<60_000), to: "a.log")
    try importing("a.log", with: plain)
    let (summary, rest) = try rereading("a.log", with: taught, batches: 1)
    #expect(summary.gained > 0)
    #expect(rest.isEmpty)
    try verify()
    try rereading("a.log", with: taught)
    try expectSame("a.log")
  }

  @Test func `failing in its last step it leaves all as it was`() throws {
    try world.append(lines(0..<900), to: "a.log")
    try importing("a.log", with: plain)
    let connection = try Connection(path: world.store.path, access: .write)
    try connection.execute(
      "CREATE TABLE kept AS SELECT * FROM day; DELETE FROM day WHERE kind = 0")
    let before = try dump(world.store)
    #expect(throws: StoreError.self) { try rereading("a.log", with: taught) }
    #expect(try dump(world.store) == before)
    try connection.execute("DELETE FROM day; INSERT INTO day SELECT * FROM kept; DROP TABLE kept")
    try verify()
    try rereading("a.log", with: taught)
    try expectSame("a.log")
  }

  @Test func `a batch of which something was pruned stays as it is`() throws {
    try world.append(lines(0..<900), to: "a.log")
    try importing("a.log", with: plain)
    _ = try Pruning(world.store, before: 1_794_312_000_000, counts: false)
    let before = try dump(world.store)
    let (summary, _) = try rereading("a.log", with: taught)
    #expect(summary.pruned == 1)
    #expect(summary.gained + summary.replaced + summary.lost == 0)
    #expect(try dump(world.store) == before)
    try verify()
  }

  @Test func `a log that has changed is not read over what was stored of it`() throws {
    try world.append(lines(0..<900), to: "a.log")
    try importing("a.log", with: plain)
    let before = try dump(world.store)
    world.remove("a.log")
    try world.append(lines(0..<400) + "changed\n" + lines(400..<900), to: "a.log")
    let (summary, rest) = try rereading("a.log", with: taught)
    #expect(summary.failures.map(\.error.message).first?.contains("has changed") == true)
    #expect(rest.isEmpty)
    #expect(try dump(world.store) == before)
  }

  @Test func `a log not stored yet is left to the import`() throws {
    try world.append(lines(0..<100), to: "a.log")
    let (summary, rest) = try rereading("a.log", with: taught)
    #expect(rest.map(\.path) == [world.path("a.log")])
    #expect(summary.replaced == 0)
  }

  @Test func `what was rejected and read again later is replaced with the rest`() throws {
    try world.append(lines(0..<900), to: "a.log")
    try importing("a.log", with: plain)
    let ledger = try StoreLedger(world.store)
    try RejectRetry(ledger: ledger, catalog: taught, options: .init()).run { _ in true }
    ledger.close()
    try rereading("a.log", with: taught)
    try expectSame("a.log")
  }

  @Test func `a line taken without its newline is not counted twice`() throws {
    try world.append(lines(0..<90) + #"{"status":500,"path":"/last"}"#, to: "a.log")
    try importing("a.log", with: plain)
    try world.append("\n" + lines(100..<190), to: "a.log")
    try importing("a.log", with: plain)
    try rereading("a.log", with: taught)
    try expectSame("a.log")
  }
}
