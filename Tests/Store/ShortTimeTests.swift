import Batches
import Events
import Questions
import SQLite
import Testing
import Times

@testable import Store

/// Events of a short time, for which a batch is read in part.
@Suite struct ShortTimeTests {
  private let temporary: TemporaryStore
  private static let hour = Milliseconds.hour

  /// An error every ten seconds for eight hours, of two vendors in turns. Some lines stand far from where
  /// their times belong, and some have no time.
  private static let responses = {
    var responses = (0..<2880).map { place in
      Response(time: Int64(place) * 10_000, vendor: place.isMultiple(of: 2) ? "zof" : "acme")
    }
    responses.swapAt(10, 2700)
    responses.swapAt(1000, 1100)
    for place in 1500..<1520 { responses[place].time = nil }
    return responses
  }()

  init() throws {
    temporary = try TemporaryStore()
    var maker = BatchMaker()
    _ = try StoreLedger(temporary.store).commit(maker.batch(Self.responses), to: newLog())
  }

  /// Another log has the same, the latest first.
  private func addReversed() throws {
    var maker = BatchMaker()
    let batch = maker.batch(Self.responses.reversed())
    _ = try StoreLedger(temporary.store).commit(batch, to: newLog(2))
  }

  private func numbers(during range: TimeRange) throws -> [Int64] {
    var numbers: [Int64] = []
    let columns = "SELECT e.time_ms, e.vendor, e.gateway, e.id"
    try StoreReader(temporary.store).eventRows(columns, during: range) { row in
      numbers.append(row.integer(3))
    }
    return numbers
  }

  private func allNumbers(during range: TimeRange) throws -> [Int64] {
    let query = try StoreReader(temporary.store).connection.prepare(
      "SELECT id FROM event WHERE time_ms >= ? AND time_ms < ? ORDER BY id")
    query.bind(range.since, at: 1)
    query.bind(range.until, at: 2)
    var numbers: [Int64] = []
    while try query.step() { numbers.append(query.integer(0)) }
    return numbers
  }

  private static let ranges = stride(from: -20_000, to: 8 * hour, by: 1_234_567).flatMap { start in
    [1, 59_999, 780_001, 2 * hour, 3 * hour].map { TimeRange(since: start, until: start + $0) }
  }

  @Test func `all events of a time are found, in order, wherever their lines stand`() throws {
    try addReversed()
    for range in Self.ranges {
      #expect(try numbers(during: range) == allNumbers(during: range))
    }
  }

  @Test func `so they are where others were pruned, whose counts were kept`() throws {
    try addReversed()
    _ = try Pruning(temporary.store, before: 5 * Self.hour, vendors: ["acme"], counts: false)
    for range in Self.ranges {
      #expect(try numbers(during: range) == allNumbers(during: range))
    }
  }

  @Test func `so they are where there are no counts`() throws {
    try temporary.tamper("DROP TABLE minute")
    for range in Self.ranges {
      #expect(try numbers(during: range) == allNumbers(during: range))
    }
  }

  @Test func `no more of a batch is read than has as many events as are counted`() throws {
    // As no ledger writes it: an event that is counted elsewhere, far from the others of its time.
    let far = try temporary.integer("SELECT id FROM event WHERE time_ms = 25000000") ?? 0
    try temporary.tamper("UPDATE event SET time_ms = 7200001 WHERE id = \(far)")
    let near = TimeRange(since: 2 * Self.hour, until: 2 * Self.hour + 600_000)
    #expect(try allNumbers(during: near).contains(far))
    #expect(try numbers(during: near) == allNumbers(during: near).filter { $0 != far })
    let long = TimeRange(since: 2 * Self.hour, until: 5 * Self.hour)
    #expect(try numbers(during: long).contains(far))
  }
}
