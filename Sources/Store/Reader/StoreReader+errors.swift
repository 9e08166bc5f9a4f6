internal import Events
internal import Files
package import Questions
internal import SQLite
package import Times

// Single errors with all that tells them apart.
extension StoreReader {
  package func errors(
    _ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void
  ) throws {
    let columns = StoredError.columns(texts: texts)
    switch choice {
    case .during(let range):
      try rows("SELECT \(columns) \(Counted.events)", during: range) { row in
        try body(try StoredError(row, texts: texts))
      }
    case .undated: try errors("SELECT \(columns) \(Counted.undatedEvents)", [], texts, body)
    case .after(let number):
      try errors("SELECT \(columns) \(Counted.laterEvents)", [number], texts, body)
    }
    try checkTexts()
  }

  private func errors(
    _ sql: String, _ values: [Int64], _ texts: Bool, _ body: (StoredError) throws -> Void
  ) throws {
    try reading {
      let statement = try connection.prepare(sql)
      for (place, value) in values.enumerated() { statement.bind(value, at: place + 1) }
      while try statement.step() {
        guard isMeant(gateway: statement.integer(2)) else { continue }
        try body(try StoredError(statement, texts: texts))
      }
    }
  }

  /// Batches are looked at from the one that reaches furthest on, until no other can have a later
  /// error; in each, events from the last one on.
  package func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark] {
    var range = range
    if let mark { range.until = min(range.until, mark.time.addingClamped(1)) }
    var latest = LatestMarks(count)
    guard count > 0, !range.isEmpty else { return [] }
    try reading {
      let batches = try connection.prepare(Counted.batchesFromLast)
      let events = try connection.prepare(
        "SELECT \(StoredError.columns(texts: texts)) \(Counted.eventsFromLast)")
      batches.bind(range.since, at: 1)
      batches.bind(range.until, at: 2)
      while try batches.step() {
        let last = try batches.integer(2, .time)
        if let limit = latest.limit, last < limit.time { return }
        let first = try batches.integer(0, .number)
        var end = try batches.integer(1, .number)
        while end > first {
          let start = max(first, end - StoreReader.step)
          let since = max(range.since, latest.limit?.time ?? range.since)
          for (place, value) in [start, end, since, range.until].enumerated() {
            events.bind(value, at: place + 1)
          }
          while try events.step() {
            guard self.isMeant(gateway: events.integer(2)) else { continue }
            let found = ErrorMark(
              time: try events.integer(0, .time), number: try events.integer(3, .number))
            guard mark.map({ found < $0 }) ?? true, latest.takes(found),
              try isMeant(try StoredError(events, texts: texts))
            else { continue }
            latest.add(found)
          }
          events.reset()
          end = start
        }
      }
    }
    try checkTexts()
    return latest.latestFirst
  }

  /// So many events of a batch are looked at before it is known anew what would come too late.
  private static let step: Int64 = 1 << 10

  package func newestEvent() throws -> Int64 {
    try reading {
      let statement = try connection.prepare("SELECT MAX(id) FROM event")
      return try statement.step() ? try statement.integer(0, .number) : 0
    }
  }
}

extension StoredError {
  static func columns(texts: Bool) -> String {
    """
    e.time_ms, e.vendor, e.gateway, e.id, e.status, e.code, e.kind, e.route, e.consumer,
      e.answered_by, e.message, e.details, e.retry_after_ms\(texts ? ", e.path, e.request_id" : "")
    """
  }

  fileprivate init(_ row: Statement, texts: Bool) throws {
    self.init(number: try row.integer(3, .number), time: try row.optional(0, .time))
    vendor = row.integer(1)
    gateway = row.integer(2)
    status = try row.integer(4, .status)
    code = row.integer(5)
    kind = try row.kind(6) ?? .unknown
    route = row.integer(7)
    consumer = row.integer(8)
    answeredBy = try row.answeredBy(9)
    message = row.integer(10)
    details = row.integer(11)
    retryAfter = try row.optional(12, .amount)
    if texts { (path, requestID) = (row.bytes(13), row.bytes(14)) }
  }
}

extension Counted {
  static let undatedEvents = """
    FROM batch b CROSS JOIN event e ON e.id >= b.first_event AND e.id < b.first_event + b.events
      WHERE b.undated > 0 AND e.time_ms IS NULL
    """

  static let laterEvents = "FROM event e WHERE e.id > ?1 ORDER BY e.id"

  static let batchesFromLast = """
    SELECT first_event, first_event + events, last_time_ms FROM batch
      WHERE events > pruned AND last_time_ms >= ? AND first_time_ms < ?
      ORDER BY last_time_ms DESC, first_event DESC
    """

  static let eventsFromLast = """
    FROM event e WHERE e.id >= ? AND e.id < ? AND e.time_ms >= ? AND e.time_ms < ? ORDER BY e.id DESC
    """
}
