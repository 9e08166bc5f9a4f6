import Batches
import Events
import Files
import Questions
import SQLite
import Testing
import Times

@testable import Store

@Suite struct RunTests {
  let temporary: TemporaryStore

  init() throws { temporary = try TemporaryStore() }

  private func events(with hash: UInt64) throws -> [Int64] {
    try StoreReader(temporary.store).events(with: "") { _, _ in hash }
  }

  private func limits() throws -> [Limit] {
    var limits: [Limit] = []
    try StoreReader(temporary.store).limits(during: TimeRange(since: 0, until: .max)) {
      limits.append($0)
    }
    return limits
  }

  /// Stores so many batches of one event each; every fourth is no limit, every tenth has no event.
  private func storeSmallBatches(_ count: Int) throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    var origin = newLog()
    for number in 0..<count {
      let response = Response(
        time: Int64(number * 1000), status: number % 4 == 0 ? 500 : 429,
        kind: number % 10 == 9 ? nil : number % 4 == 0 ? .server : .rateLimit,
        identifiers: [UInt64(number) << 40, 7])
      origin = .known(
        source: try ledger.commit(maker.batch(at: Int64(number) * 100, [response]), to: origin))
    }
    ledger.close()
  }

  @Test func `small batches become few runs, in which every id and limit is found`() throws {
    try storeSmallBatches(1000)
    let runs = try #require(try temporary.integer("SELECT COUNT(*) FROM run"))
    #expect(runs <= 3 * 7)
    #expect(try temporary.integer("SELECT SUM(events) FROM run") == 900)
    #expect(try temporary.integer("SELECT COUNT(DISTINCT id >> 20) FROM identifier") == runs)
    #expect(try events(with: 0) == [1])
    #expect(try events(with: 998 << 40) == [900])
    #expect(try events(with: 999 << 40) == [])
    #expect(try events(with: 7) == Array(1...900))
    let numbers = (0..<1000).filter { $0 % 4 != 0 && $0 % 10 != 9 }
    #expect(try limits().map(\.time) == numbers.map { Int64($0 * 1000) })
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `pruning takes the old ones out of a run of many batches`() throws {
    try storeSmallBatches(200)
    _ = try Pruning(temporary.store, before: 100_000, counts: false)
    #expect(try Verification(temporary.store).problems == [])
    #expect(try events(with: 7) == Array(91...180))
    #expect(try limits().allSatisfy { $0.time >= 100_000 })
    #expect(try temporary.integer("SELECT SUM(identifiers) FROM batch") == 180)
  }

  @Test(arguments: [
    "DELETE FROM run", "DELETE FROM run WHERE batch = 1",
    "UPDATE run SET last_batch = last_batch + 1",
    "UPDATE run SET first_event = first_event + 1", "UPDATE run SET events = 3",
    "UPDATE run SET first_ms = first_ms - 1", "UPDATE run SET last_ms = NULL",
    "DELETE FROM limited", "UPDATE limited SET limits = x'ffff'",
    "INSERT INTO limited VALUES(999, x'00')",
    "UPDATE limited SET limits = ZEROBLOB(LENGTH(limits))",
  ])
  func `damage of runs is found, and repaired from the events`(damage: String) throws {
    try storeSmallBatches(30)
    let before = try limits()
    try temporary.tamper(damage)
    let found = try Verification(temporary.store) { id, _ in UInt64(id.utf8.count) }
    #expect(!found.isSound)
    var repair = try Repair(temporary.store)
    try repair.refillIdentifiers(
      of: found.batchesWithoutIdentifiers, in: temporary.store
    ) { id, _ in UInt64(id.utf8.count) }
    #expect(try limits() == before)
    #expect(!repair.done.isEmpty)
  }

  @Test func `limits that cannot be read are said to be damaged`() throws {
    try storeSmallBatches(3)
    try temporary.tamper("UPDATE limited SET limits = x'00'")
    #expect(throws: StoreError.self) { try limits() }
  }
}

@Suite struct MergePlanTests {
  @Test(
    arguments: [
      ([], nil), ([1], nil), ([1, 1, 1, 1, 1, 1, 1], nil),
      ([1, 1, 1, 1, 1, 1, 1, 1], 0..<8), ([1, 7, 1, 7, 1, 7, 1, 7, 8], 0..<8),
      ([8, 1, 1, 1, 1, 1, 1, 1, 64], 0..<8), ([1, 8, 1, 1, 1, 1, 1, 1, 1], nil),
      ([9000, 1, 2, 9000], 1..<3), ([9000, 1, 9000, 1, 1], nil), ([9000, 9000], nil),
      ([1, 9000, 1, 1, 1, 1, 1, 1, 1], nil),
    ] as [([Int64], Range<Int>?)])
  func `runs of a size are merged at eight, and a full one closes those before it`(
    sizes: [Int64], due: Range<Int>?
  ) {
    #expect(MergePlan.due(newestFirst: sizes) == due)
  }

  @Test(arguments: [1, 3, 100, 5000] as [Int64])
  func `however small batches are, runs stay few and events are written a few times`(size: Int64) {
    var runs: [Int64] = []
    var written: Int64 = 0
    for number in 0..<4000 as Range<Int64> {
      runs.insert(number % 97 == 0 ? size * 50 : size, at: 0)
      written += runs[0]
      while let due = MergePlan.due(newestFirst: Array(runs.prefix(MergePlan.mostOpen))) {
        let merged = runs[due].reduce(0, +)
        written += merged
        runs.replaceSubrange(due, with: [merged])
      }
      #expect(runs.prefix { $0 < MergePlan.full }.count < MergePlan.mostOpen)
    }
    let events = runs.reduce(0, +)
    #expect(runs.count <= MergePlan.mostOpen + 2 * Int(events / MergePlan.full))
    #expect(written <= 7 * events)
  }
}

@Suite struct PackedLimitsTests {
  private static let limits = [
    Limit(
      time: 5, vendor: 1, gateway: 3, consumer: 0, isRejection: true, route: 300, retryAfter: 0,
      isPlanLimit: false),
    Limit(time: 5, vendor: 0, gateway: 0, consumer: 70_000, isRejection: true, isPlanLimit: false),
    Limit(
      time: Domain.time.range.upperBound, vendor: 2, gateway: 1, consumer: 1, isRejection: false,
      isPlanLimit: true, code: 3, details: 4),
    Limit(
      time: 0, vendor: 2, gateway: .max, consumer: 1, isRejection: true, route: 1, retryAfter: -1,
      isPlanLimit: true, code: .max),
  ]

  private func read(_ packed: PackedLimits, from bytes: some Sequence<UInt8>) -> ([Limit], Bool) {
    var limits: [Limit] = []
    let isWhole = Array(bytes).withUnsafeBytes {
      PackedLimits.read($0, from: packed.times?.lowerBound ?? 0) { limits.append($0) }
    }
    return (limits, isWhole)
  }

  @Test func `what is packed is read again, in order of time`() {
    let packed = PackedLimits(Self.limits)
    #expect(packed.times == Domain.time.range)
    let (limits, isWhole) = read(packed, from: packed.bytes)
    #expect(isWhole)
    #expect(limits == [Self.limits[3]] + Self.limits[..<3])
    #expect(PackedLimits([]).times == nil)
  }

  @Test func `what is cut short is noticed, and what precedes it is read`() {
    let packed = PackedLimits(Self.limits)
    var lengths: [Int] = []
    for length in 0...packed.bytes.count {
      let (limits, isWhole) = read(packed, from: packed.bytes.prefix(length))
      if isWhole { lengths.append(limits.count) }
      #expect(limits == Array(([Self.limits[3]] + Self.limits[..<3]).prefix(limits.count)))
    }
    #expect(lengths == [0, 1, 2, 3, 4])
  }

  @Test func `any bytes are read without a trap`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = read(PackedLimits([]), from: bytes + repeatElement(0xFF, count: 20))
    }
  }
}
