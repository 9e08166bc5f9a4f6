import Batches
import Events
import Files
import Foundation
import Ingest
import Profiles
import Questions
import SQLite
import Store
import Testing
import Times

/// Whatever is done to a store, its counts by route are those of the events it has and had.
@Suite struct RouteSequenceTests {
  private static let first =
    ProcessInfo.processInfo.environment["ERRATA_SEED"].flatMap(UInt64.init) ?? 1

  @Test(arguments: first..<first + 25)
  func `counts by route follow what happens to the events`(seed: UInt64) throws {
    let sequence = try RouteSequence(seed: seed)
    for _ in 0..<14 {
      try sequence.step()
      let (counted, expected) = (try sequence.counted(), sequence.expected)
      #expect(counted == expected, "seed \(seed): \(sequence.steps)")
      guard counted == expected else { return }
    }
    #expect(
      try Verification(
        sequence.world.store, hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } }
      ).problems == [], "seed \(seed): \(sequence.steps)")
  }
}

/// A store that things are done to, and what its counts by route must be.
private final class RouteSequence {
  let world: World
  private(set) var steps: [String] = []
  /// By quarter of an hour, vendor, route, status, kind and who answered.
  private(set) var expected: [String: Int64] = [:]
  private var random: SplitMix
  /// Without and with a profile that knows more.
  private let catalogs: [Catalog]
  private var lines = 0
  private let start: Int64 = 1_794_232_800_000

  init(seed: UInt64) throws {
    random = SplitMix(state: seed)
    world = try World()
    catalogs = [
      try Catalog(),
      try Catalog([
        ProfileFile(
          name: "edge.json",
          text: Array(
            #"""
            {"name":"edge","title":"Edge","signature":["pop"],
              "text":["<$at> $pop $answer $verb $path"],
              "fields":{"time":["at"],"status":["answer"],"route":["way"]}}
            """#.utf8))
      ]),
    ]
  }

  func step() throws {
    let (before, name) = (try ofEvents(), ["a.log", "b.log"].randomElement(using: &random) ?? "")
    let kind = lines == 0 ? 0 : Int.random(in: 0..<12, using: &random)
    switch kind {
    case 0...4:
      steps.append("import \(name)")
      try world.append(someLines(), to: name)
      try withLedger { ledger in
        let importer = Importer(
          ledger: ledger, catalog: catalog, options: .init(), progress: { _ in true })
        try importer.run(Input.list([world.path(name)], excluding: []).inputs)
      }
    case 5, 6:
      steps.append("reread \(name)")
      guard world.exists(name) else { return }
      try withLedger { ledger in
        let reread = Rereader(ledger: ledger, catalog: catalog, options: .init()) { _ in true }
        _ = try reread.run(Input.list([world.path(name)], excluding: []).inputs)
      }
    case 7:
      steps.append("retry")
      try withLedger { ledger in
        try RejectRetry(ledger: ledger, catalog: catalog, options: .init()).run { _ in true }
      }
    case 8, 9:
      let time = start + Int64.random(in: 0..<3, using: &random) * 1_700_000
      steps.append("prune \(time)")
      _ = try Pruning(world.store, before: time, counts: false)
      return
    case 10:
      let time = start + Int64.random(in: 0..<3, using: &random) * 1_700_000
      steps.append("prune counts \(time)")
      _ = try Pruning(world.store, before: time, counts: true)
      let quarter = time / 900_000
      expected = expected.filter { Int64($0.key.prefix { $0 != " " }) ?? 0 >= quarter }
      return
    default:
      steps.append("repair")
      try spoil()
      _ = try Repair(world.store)
      return
    }
    // What came and went since.
    expected.merge(try ofEvents(), uniquingKeysWith: +)
    expected.merge(before.mapValues { -$0 }, uniquingKeysWith: +)
    expected = expected.filter { $0.value != 0 }
  }

  private var catalog: Catalog { catalogs[Int.random(in: 0...1, using: &random)] }

  private func withLedger(_ work: (StoreLedger) throws -> Void) throws {
    let ledger = try StoreLedger(world.store)
    defer { ledger.close() }
    try work(ledger)
  }

  /// Damages counts that nothing was pruned of.
  private func spoil() throws {
    let connection = try Connection(path: world.store.path, access: .write)
    guard try connection.integer("SELECT COUNT(*) FROM pruning") == 0 else { return }
    try connection.execute("DELETE FROM route_hour WHERE time_ms % 7200000 = 0")
    try connection.execute("UPDATE route_day SET vendor = vendor + 1000")
  }

  private func someLines() -> String {
    (0..<Int.random(in: 1...40, using: &random)).map { _ in
      lines += 1
      let time = formatTime(start + Int64.random(in: 0..<6_000_000, using: &random))
      let status = [200, 404, 429, 500, 503].randomElement(using: &random) ?? 0
      let route = "/\(["a", "b", "c"].randomElement(using: &random) ?? "")"
      let known = #""host":"api\#(lines % 2).test","route":"\#(route)""#
      switch Int.random(in: 0..<8, using: &random) {
      case 0: return #"{"broken": \#(lines)"#
      case 1: return "<\(time)> FRA \(status) GET \(route)"
      case 2, 3: return #"{"at":"\#(time)","pop":"X","answer":\#(status),"way":"\#(route)"}"#
      case 4: return #"{"status":\#(status),\#(known)}"#
      case 5: return #"{"time":"\#(time)","upstream_status":200,"status":\#(status),\#(known)}"#
      default: return #"{"time":"\#(time)","status":\#(status),\#(known)}"#
      }
    }.joined(separator: "\n") + "\n"
  }

  /// What the events that are there come to.
  private func ofEvents() throws -> [String: Int64] {
    guard world.store.exists else { return [:] }
    let rows = try Connection(path: world.store.path, access: .read).prepare(
      """
      SELECT (time_ms / 900000) || ' ' || COALESCE(vendor, '-') || ' ' || COALESCE(route, '-') || ' '
        || COALESCE(status, 0) || ' ' || kind || ' ' || answered_by, COUNT(*)
        FROM events WHERE time_ms IS NOT NULL GROUP BY 1
      """)
    var counts: [String: Int64] = [:]
    while try rows.step() { counts[rows.text(0) ?? ""] = rows.integer(1) }
    return counts
  }

  /// What the store has counted; the coarser counts are those of the finest.
  func counted() throws -> [String: Int64] {
    let reader = try StoreReader(world.store)
    var sums: [[String: Int64]] = []
    for grain in Grain.allCases {
      var counts: [String: Int64] = [:]
      try reader.routeCounts(during: TimeRange(since: 0, until: .max), by: grain) { count in
        let vendor = reader.text(count.vendor, in: .vendor) ?? "-"
        let route = reader.text(count.route, in: .route) ?? "-"
        counts[
          "\(count.time / 900_000) \(vendor) \(route) \(count.status) \(count.kind.name) "
            + count.answeredBy.name, default: 0] += count.count
      }
      sums.append(counts)
    }
    for (grain, sum) in zip(Grain.allCases, sums).dropFirst() {
      let quarters = grain.length / 900_000
      let coarse = sums[0].map { key, count in
        let parts = key.split(separator: " ", maxSplits: 1)
        let quarter = Int64(parts[0]) ?? 0
        return ("\(quarter - quarter % quarters) \(parts[1])", count)
      }
      #expect(sum == Dictionary(coarse, uniquingKeysWith: +))
    }
    return sums[0]
  }
}
