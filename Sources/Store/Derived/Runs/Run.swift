internal import Questions
internal import SQLite

/// Batches that follow one another, whose ids are indexed together and whose limits are packed
/// together.
struct Run: Equatable {
  /// The number of its first batch, which is also the run's own number.
  var batch: Int64
  var lastBatch: Int64
  /// Its events have the numbers from this one on, pruned ones included.
  var firstEvent: Int64
  var events: Int64

  var eventNumbers: Range<Int64> { firstEvent..<firstEvent + events }
}

extension Run {
  /// All runs, or those of a condition, in order.
  static func all(
    where condition: String = "true", _ values: Int64..., on connection: Connection
  ) throws -> [Run] {
    let statement = try connection.prepare(
      "SELECT batch, last_batch, first_event, events FROM run WHERE \(condition) ORDER BY batch")
    for (place, value) in values.enumerated() { statement.bind(value, at: place + 1) }
    var runs: [Run] = []
    while try statement.step() { runs.append(try Run(statement)) }
    return runs
  }

  /// From the columns batch, last_batch, first_event, events.
  init(_ statement: Statement) throws {
    batch = try statement.integer(0, .number)
    lastBatch = try statement.integer(1, .number)
    firstEvent = try statement.integer(2, .number)
    events = try statement.integer(3, .count)
  }

  /// The run of a batch; nil for one without events.
  static func of(batch: Int64, on connection: Connection) throws -> Run? {
    try all(where: "batch <= ?1 AND last_batch >= ?1", batch, on: connection).first
  }

  /// Whether none of its events is missing but those that were pruned.
  func hasAllEvents(on connection: Connection) throws -> Bool {
    let missing = try connection.integer(
      """
      SELECT (SELECT SUM(events - pruned) FROM batch WHERE id >= ?1 AND id <= ?2)
        - (SELECT COUNT(*) FROM event WHERE id >= ?3 AND id < ?4)
      """, batch, lastBatch, eventNumbers.lowerBound, eventNumbers.upperBound)
    return missing == 0
  }

  /// The limits that its events tell of, in order of their numbers.
  func limitsOfEvents(on connection: Connection) throws -> [Limit] {
    let events = try connection.prepare(
      """
      SELECT time_ms, vendor, gateway, consumer, COALESCE(status, 0) = \(Limit.rejected),
        kind = \(Limit.planLimit), route, retry_after_ms, code, details
        FROM event WHERE id >= ?1 AND id < ?2 AND time_ms IS NOT NULL
        AND (status = \(Limit.rejected) OR kind = \(Limit.planLimit)) ORDER BY id
      """)
    events.bind(eventNumbers.lowerBound, at: 1)
    events.bind(eventNumbers.upperBound, at: 2)
    var limits: [Limit] = []
    while try events.step() {
      var limit = Limit(
        time: try events.integer(0, .time), vendor: events.integer(1), gateway: events.integer(2),
        consumer: events.integer(3),
        isRejection: events.integer(4) != 0, isPlanLimit: events.integer(5) != 0)
      if limit.isRejection {
        limit.route = events.integer(6)
        limit.retryAfter = events.isNull(7) ? nil : events.integer(7)
      }
      if limit.isPlanLimit {
        limit.code = events.integer(8)
        limit.details = events.integer(9)
      }
      limits.append(limit)
    }
    return limits
  }
}
