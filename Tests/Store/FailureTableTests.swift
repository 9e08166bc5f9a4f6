import Batches
import Events
import Files
import Questions
import SQLite
import Testing
import Times

@testable import Store

@Suite struct FailureTableTests {
  let temporary: TemporaryStore

  init() throws { temporary = try TemporaryStore() }

  /// A minute each, from midnight on: two successes, then one error of each sort, two of them given up.
  private static let responses: [Response] = [
    Response(time: 0, status: 200, kind: nil), Response(time: 60_000, status: 200, kind: nil),
    Response(time: 120_000, status: 503, kind: .unavailable),
    Response(time: 180_000, status: 0, kind: .timeout),
    Response(time: 240_000, status: 429, kind: .planLimit),
    Response(time: 300_000, status: 401, kind: .auth),
    Response(time: 360_000, status: 403, kind: .permission),
    Response(time: 420_000, status: 422, kind: .validation),
    Response(time: 480_000, status: 200, kind: .unknown),
    Response(time: 540_000, status: 499, kind: .cancelled),
    Response(time: 600_000, status: 0, kind: .cancelled),
  ]

  private func store(_ responses: [Response], in log: UInt64 = 1) throws {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(maker.batch(responses), to: newLog(log))
    ledger.close()
  }

  /// The minutes that had some, since the epoch, and how many.
  private func minutes(of sort: MinuteSort) throws -> [Int64: Int64] {
    var found: [Int64: Int64] = [:]
    try StoreReader(temporary.store).minuteCounts(
      of: sort, during: TimeRange(since: 0, until: .max)
    ) { hour, _, _, minutes in
      for (minute, count) in minutes.enumerated() where count > 0 {
        found[hour / Milliseconds.minute + Int64(minute), default: 0] += count
      }
    }
    return found
  }

  private static let expected: [(MinuteSort, [Int64: Int64])] = [
    (.requests, Dictionary(uniqueKeysWithValues: (0..<11).map { (Int64($0), Int64(1)) })),
    (.serverErrors, [2: 1]), (.unanswered, [3: 1]), (.rejections, [4: 1]),
    (.refusals, [5: 1, 6: 1]), (.others, [7: 1, 8: 1]), (.cancelled, [9: 1, 10: 1]),
  ]

  @Test func `each response is counted in its minute and sort`() throws {
    try store(Self.responses)
    for (sort, minutes) in Self.expected { #expect(try self.minutes(of: sort) == minutes) }
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `logs of one hour add up`() throws {
    try store(Self.responses)
    try store(Self.responses, in: 2)
    for (sort, minutes) in Self.expected {
      #expect(try self.minutes(of: sort) == minutes.mapValues { $0 * 2 })
    }
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test(arguments: [
    "DELETE FROM failure_hour", "DELETE FROM failure_hour WHERE sort = 4",
    "UPDATE failure_hour SET vendor = 9", "UPDATE failure_hour SET sort = sort + 7",
    "UPDATE failure_hour SET sort = 9 WHERE sort = 5",
    "UPDATE failure_hour SET time_ms = time_ms + 3600000 WHERE sort = 3",
    "UPDATE failure_hour SET minutes = ZEROBLOB(60)", "UPDATE failure_hour SET minutes = x'003c'",
    "UPDATE failure_hour SET minutes = x'003cff' WHERE sort = 1",
    "UPDATE failure_hour SET minutes = x'01003b' WHERE sort = 0",
  ])
  func `damage is found, and repaired from minutes and events`(damage: String) throws {
    try store(Self.responses)
    try temporary.tamper(damage)
    #expect(
      try Verification(temporary.store).problems.contains {
        $0.hasSuffix("of the hours of failures are not those of minutes and traffic")
      })
    _ = try Repair(temporary.store)
    #expect(try Verification(temporary.store).problems == [])
    for (sort, minutes) in Self.expected { #expect(try self.minutes(of: sort) == minutes) }
  }

  @Test func `pruned counts go with their quarter of an hour`() throws {
    let later = Self.responses.map { response in
      var later = response
      later.time = (response.time ?? 0) + 15 * Milliseconds.minute
      return later
    }
    try store(Self.responses)
    try store(later, in: 2)
    _ = try Pruning(temporary.store, before: 15 * Milliseconds.minute, counts: true)
    #expect(try Verification(temporary.store).problems == [])
    #expect(try minutes(of: .unanswered) == [18: 1])
    #expect(try minutes(of: .requests).keys.min() == 15)
    _ = try Repair(temporary.store)
    #expect(try Verification(temporary.store).problems == [])
    #expect(try minutes(of: .unanswered) == [18: 1])
  }

  @Test func `an hour that cannot be read is said to be damaged`() throws {
    try store(Self.responses)
    try temporary.tamper("UPDATE failure_hour SET minutes = x'00' WHERE sort = 1")
    #expect(throws: StoreError.self) { try minutes(of: .serverErrors) }
  }
}

@Suite struct HourOfMinutesTests {
  private func hour(_ counts: [Int: Int64]) -> HourOfMinutes {
    var hour = HourOfMinutes()
    for (minute, count) in counts { hour.add(count, to: minute) }
    return hour
  }

  @Test(
    arguments: [
      ([:], [0, 60]), ([0: 3, 59: 1], [3, 0, 58, 1]), ([59: 200], [0, 59, 0xC8, 1]),
      ([1: 1, 2: 1], [0, 1, 1, 1, 0, 57]),
    ] as [([Int: Int64], [UInt8])])
  func `an hour takes few bytes where few minutes had some`(
    counts: [Int: Int64], bytes: [UInt8]
  ) {
    #expect(hour(counts).packed == bytes)
    #expect(bytes.withUnsafeBytes { HourOfMinutes($0)?.counts } == hour(counts).counts)
  }

  @Test(
    arguments: [
      [], [0], [0, 61], [0, 0], [0, 30, 0, 30], [0, 59], [0, 59, 1, 1], [0, 60, 0], [1, 0, 58],
      [0, 59, 0x80], [0, 59, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    ] as [[UInt8]])
  func `what is no hour is none`(bytes: [UInt8]) {
    #expect(bytes.withUnsafeBytes { HourOfMinutes($0) } == nil)
  }
}
