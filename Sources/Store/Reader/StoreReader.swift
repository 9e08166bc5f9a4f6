internal import Batches
internal import Files
package import Questions
internal import SQLite
package import Times

/// A store as its readers see it: counts and events of a range, events by id, texts, and queries of
/// the public views.
package final class StoreReader: Archive {
  let connection: Connection
  package let store: Store
  /// Of the hashes of ids.
  package let seed: UInt64
  let words: WordCache
  /// Reads single events, once it has.
  var singleEvents: EventQuery?
  /// How often texts had been taken away when it began.
  let wordsVersion: Int64
  package private(set) var pruned = Pruned()
  /// The rows of the gateway that all counts and events are of; nil for all.
  private var gateways: Set<Int64>?
  /// Whether little is kept of what is read.
  private var keepsFewPages = false
  /// When questions are stopped; nil for never.
  private var deadline: ContinuousClock.Instant?

  package init(_ store: Store) throws {
    self.store = store
    connection = try store.openForReading()
    do {
      words = try WordCache(connection)
      wordsVersion = try connection.wordsVersion
      seed = try Setting.seed(connection)
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: .reading)
    }
    pruned = try readPruned()
  }

  package var opener: @Sendable () throws -> any Archive {
    let (store, deadline, keepsFewPages) = (store, deadline, keepsFewPages)
    return {
      let reader = try StoreReader(store)
      if keepsFewPages { try reader.keepFewPages() }
      if let deadline { reader.stop(at: deadline) }
      return reader
    }
  }

  /// Keeps little of what is read, here and in readers that are opened from this one. To clear the memory
  /// for more takes longer than to read again what an answer about single events reads twice.
  package func keepFewPages() throws {
    keepsFewPages = true
    try reading { try connection.execute("PRAGMA cache_size = 32") }
  }

  /// Stops questions that are not answered by then, also those of readers that are opened from this
  /// one.
  package func stop(at deadline: ContinuousClock.Instant) {
    self.deadline = deadline
    connection.goOn { ContinuousClock.now < deadline }
  }

  /// Whether time is up, so that what was asked last may have been stopped.
  package var isStopped: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }

  package func restrict(toGateway name: String) throws {
    gateways = try numbers(of: name, in: .gateway)
  }

  /// Whether what a gateway logged is asked about, by its row.
  @inline(__always)
  func isMeant(gateway: Int64) -> Bool { gateways?.contains(gateway) ?? true }

  /// Runs a query of errata's own for a range of time, whose columns begin with a time, a vendor and
  /// a gateway; hands over the rows of the gateway asked about.
  ///
  /// - Parameter bind: sets parameters from the third on.
  func rows(
    _ sql: String, during range: TimeRange, binding bind: (Statement) -> Void = { _ in },
    _ body: (Statement) throws -> Void
  ) throws {
    try reading {
      let statement = try connection.prepare(sql)
      statement.bind(range.since, at: 1)
      statement.bind(range.until, at: 2)
      bind(statement)
      // An index that is damaged may lead anywhere.
      let times = range.times
      while try statement.step() {
        _ = try statement.integer(0, in: times)
        if isMeant(gateway: statement.integer(2)) { try body(statement) }
      }
    }
  }

  /// Does `work`; what SQLite says is told in words.
  func reading<Result>(
    for author: QueryAuthor = .errata, _ work: () throws -> Result
  ) throws -> Result {
    do {
      return try work()
    } catch let error as SQLiteError {
      if author == .user, let mistake = StoreError(ofUsers: error) { throw mistake }
      throw StoreError(error, path: store.path, while: .reading)
    }
  }

  package func asOfOneMoment<Result>(_ work: () throws -> Result) throws -> Result {
    guard connection.isIdle else { return try work() }
    try reading { try connection.execute("BEGIN") }
    // There is nothing to lose.
    defer { if !connection.isIdle { try? connection.execute("COMMIT") } }
    return try work()
  }

  static let extentQuestion = """
    SELECT (SELECT MIN(time_ms) FROM minute), (SELECT MAX(time_ms) FROM minute),
      (SELECT MAX(last_time_ms) FROM batch WHERE events > pruned)
    """

  package func extent() throws -> TimeRange? {
    var extent: TimeRange?
    try rows(StoreReader.extentQuestion) { row in
      guard let first = try row.optional(0, .time), let last = try row.optional(1, .time) else {
        return
      }
      let latest = max(first, last, try row.optional(2, .time) ?? 0)
      extent = TimeRange(since: first, until: latest + 1)
    }
    return extent
  }
}
