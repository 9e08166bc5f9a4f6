import Batches
import Questions
import Testing
import Times

@testable import Store

/// Which gateways logged the same requests.
@Suite struct SketchTests {
  private let temporary: TemporaryStore
  private let ledger: StoreLedger
  private static let day = Milliseconds.day

  init() throws {
    temporary = try TemporaryStore()
    ledger = try StoreLedger(temporary.store)
  }

  /// A log of one gateway: an event for each number, in steps of a minute, with an id of that number.
  private func store(_ numbers: [UInt64], of gateway: String, log: UInt64) throws {
    var maker = BatchMaker()
    let responses = numbers.map { number in
      Response(
        time: Int64(number % 1000) * 60_000, gateway: gateway,
        identifiers: [number &* 0x9E37_79B9_7F4A_7C15, number &* 0xBF58_476D_1CE4_E5B9 ^ log << 60])
    }
    _ = try ledger.commit(maker.batch(responses), to: newLog(log, path: "\(gateway).log"))
  }

  private func shared(since: Int64 = 0, until: Int64 = day) throws -> [SharedRequests] {
    try StoreReader(temporary.store).sharedRequests(
      during: TimeRange(since: since, until: until))
  }

  @Test func `a gateway alone has nothing in common`() throws {
    try store(Array(1...900), of: "kong", log: 1)
    #expect(try shared() == [])
  }

  @Test func `gateways of other requests have nothing in common`() throws {
    try store(Array(1...900), of: "kong", log: 1)
    try store(Array(2001...2900), of: "envoy", log: 2)
    #expect(try shared() == [])
  }

  @Test(arguments: [(0, 0.5), (450, 0.25)] as [(UInt64, Double)])
  func `the share is about what it is`(offset: UInt64, share: Double) throws {
    // Of two ids of each request, one is known to both.
    try store(Array(1...900), of: "kong", log: 1)
    try store(Array(1 + offset...900 + offset), of: "pino-http", log: 2)
    let found = try #require(try shared().first)
    #expect(Set([found.gateway, found.other]) == ["kong", "pino-http"])
    #expect(abs(found.share - share) < 0.12)
    #expect(try shared(since: 2 * Self.day, until: 3 * Self.day) == [])
  }

  @Test func `of few ids each is known`() throws {
    try store(Array(1...25), of: "kong", log: 1)
    try store(Array(6...15), of: "client", log: 2)
    #expect(try shared() == [SharedRequests(gateway: "client", other: "kong", share: 0.5)])
  }

  @Test func `what is damaged is found, and goes`() throws {
    try store(Array(1...25), of: "kong", log: 1)
    try temporary.tamper("UPDATE id_sketch SET hashes = x'0102'")
    #expect(throws: StoreError.self) { try shared() }
    #expect(try Verification(temporary.store).problems == ["1 sketches of ids are damaged"])
    _ = try Repair(temporary.store)
    #expect(try Verification(temporary.store).problems == [])
    try store(Array(26...50), of: "kong", log: 2)
    #expect(try Verification(temporary.store).problems == [])
  }

  @Test func `it goes with the events of its days`() throws {
    try store(Array(1...25), of: "kong", log: 1)
    _ = try Pruning(temporary.store, before: 2 * Self.day, counts: false)
    #expect(try temporary.integer("SELECT COUNT(*) FROM id_sketch") == 0)
  }
}
