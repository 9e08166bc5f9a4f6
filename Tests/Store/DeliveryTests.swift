import Questions
import SQLite
import Testing

@testable import Store

@Suite struct DeliveryTests {
  private let temporary: TemporaryStore
  private let writer: CheckWriter

  init() throws {
    temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    writer = try CheckWriter(temporary.store, job: "cron")
  }

  private func delivery(to place: String, _ key: String, made: Int64 = 1000) -> Delivery {
    Delivery(to: place, key: key, body: Array("{\(key)}".utf8), made: made)
  }

  private func keys(_ place: String) throws -> [String] {
    try writer.deliveries(to: place).map(\.key)
  }

  @Test func `what is to be told waits for its place, in order, until it is told`() throws {
    try writer.write([], telling: [delivery(to: "a", "1"), delivery(to: "b", "2")], now: 1000)
    try writer.write([], telling: [delivery(to: "a", "3")], now: 2000)
    #expect(try keys("a") == ["1", "3"])
    #expect(try keys("b") == ["2"])
    #expect(try keys("c") == [])
    let first = try writer.deliveries(to: "a")[0]
    #expect(first.body == Array("{1}".utf8))
    #expect(first.made == 1000 && first.after == 1000 && !first.isBegun)
    try writer.end(first)
    #expect(try keys("a") == ["3"])
  }

  @Test func `another job tells its own`() throws {
    try writer.write([], telling: [delivery(to: "a", "1")], now: 1000)
    let other = try CheckWriter(temporary.store, job: "other")
    #expect(try other.deliveries(to: "a") == [])
  }

  @Test func `what was begun is known to be, also to whoever comes next`() throws {
    try writer.write([], telling: [delivery(to: "a", "1")], now: 1000)
    try writer.begin(writer.deliveries(to: "a")[0])
    let next = try CheckWriter(temporary.store, job: "cron")
    let found = try next.deliveries(to: "a")[0]
    #expect(found.isBegun && found.key == "1")
    try next.postpone(found, until: 5000)
    let later = try writer.deliveries(to: "a")[0]
    #expect(!later.isBegun && later.after == 5000)
  }

  @Test func `what nobody asks for is forgotten`() throws {
    let day: Int64 = 24 * 3_600_000
    try writer.write([], telling: [delivery(to: "a", "1", made: day)], now: day)
    try writer.write([], now: 80 * day)
    #expect(try keys("a") == ["1"])
    try writer.write([], now: 100 * day)
    #expect(try keys("a") == [])
  }

  @Test func `whoever tells it keeps others out, and no longer`() throws {
    do {
      let lock = OutboxLock(temporary.store, patience: 0)
      #expect(lock != nil)
      withExtendedLifetime(lock) {
        #expect(OutboxLock(temporary.store, patience: 100) == nil)
      }
    }
    #expect(OutboxLock(temporary.store, patience: 0) != nil)
  }

  @Test func `rows that make no sense are read as far as they go`() throws {
    try temporary.tamper(
      """
      INSERT INTO delivery VALUES(-9223372036854775808, 'cron', 'a', '', -9223372036854775808,
        9223372036854775807, -1, x'')
      """)
    let found = try writer.deliveries(to: "a")
    #expect(found.count == 1 && found[0].body == [] && found[0].isBegun)
    try writer.end(found[0])
    #expect(try keys("a") == [])
  }
}
