import Batches
import Files
import Foundation
import Ingest
import Profiles
import SQLite
import Store
import Testing

/// Hosts that whoever sends requests made up, in real stores.
@Suite struct StrangerTests {
  let world: World

  init() throws {
    world = try World()
  }

  private static func text(_ hosts: some Sequence<Int>) -> String {
    hosts.map {
      #"{"time":"2026-11-20T10:\#(10 + $0 % 50):00Z","status":\#($0 % 2 == 0 ? 200 : 503),"#
        + #""host":"h\#($0).example","path":"/x"}"# + "\n"
    }.joined()
  }

  private func importing(_ name: String, into ledger: StoreLedger, workers: Int = 3) throws
    -> Importer.Summary
  {
    var options = Importer.Options()
    options.workers = workers
    let importer = try Importer(
      ledger: ledger, catalog: Catalog(), options: options, progress: { _ in true })
    try importer.run(Input.list([world.path(name)], excluding: []).inputs)
    return importer.summary
  }

  private func vendors() throws -> [String: Int64] {
    let statement = try Connection(path: world.store.path, access: .read).prepare(
      "SELECT vendor, SUM(responses) FROM traffic GROUP BY 1")
    var vendors: [String: Int64] = [:]
    while try statement.step() { vendors[statement.text(0) ?? ""] = statement.integer(1) }
    return vendors
  }

  @Test func `two importers at once find room for the same hosts`() throws {
    let one = try StoreLedger(world.store)
    let other = try StoreLedger(world.store)
    defer {
      one.close()
      other.close()
    }
    try world.append(Self.text(0..<6000), to: "a.log")
    try world.append(Self.text(6000..<14_000), to: "b.log")
    // Of the first, of the second, and of neither.
    try world.append(Self.text([5, 9005, 13_005, 20_000, 20_001]), to: "c.log")
    try world.append(Self.text([6, 9006, 13_006, 20_000, 20_002]), to: "d.log")
    #expect(try importing("a.log", into: one).sightings.otherHosts == 0)
    #expect(try importing("b.log", into: other).sightings.otherHosts == 4000)
    #expect(try importing("c.log", into: one).sightings.otherHosts == 3)
    #expect(try importing("d.log", into: other).sightings.otherHosts == 3)
    let vendors = try vendors()
    #expect(vendors.count == 10_001)
    #expect(vendors["other-hosts"] == 4006)
    #expect(vendors["h9005.example"] == 2)
    #expect(vendors["h20000.example"] == nil)
    #expect(try Verification(world.store).problems == [])
  }

  @Test func `which hosts find room depends on the log, not on who reads it`() throws {
    try world.append(Self.text((0..<60_000).map { $0 * 7919 % 30_011 }), to: "a.log")
    let one = try StoreLedger(world.store)
    let all = try importing("a.log", into: one, workers: 3)
    one.close()
    let several = try vendors()
    let alone = Store(path: world.folder + "/alone.db")
    let other = try StoreLedger(alone)
    let single = try importing("a.log", into: other, workers: 1)
    other.close()
    #expect(all.sightings == single.sightings)
    let statement = try Connection(path: alone.path, access: .read).prepare(
      "SELECT vendor, SUM(responses) FROM traffic GROUP BY 1")
    var expected: [String: Int64] = [:]
    while try statement.step() { expected[statement.text(0) ?? ""] = statement.integer(1) }
    #expect(several == expected)
    #expect(expected.count == 10_001)
    #expect(expected.values.reduce(0, +) == 60_000)
  }

  @Test func `methods beyond the hundredth are others`() throws {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let methods = letters.flatMap { first in letters.prefix(5).map { "X\(first)\($0)" } }
    let text = methods.map { #"{"status":500,"method":"\#($0)","path":"/x"}"# + "\n" }.joined()
    try world.append(text, to: "a.log")
    try world.importing("a.log")
    let connection = try Connection(path: world.store.path, access: .read)
    #expect(try connection.integer("SELECT COUNT(DISTINCT method) FROM events") == 101)
    #expect(
      try connection.integer("SELECT COUNT(*) FROM events WHERE method = 'OTHER'")
        == Int64(methods.count - 100))
  }
}
