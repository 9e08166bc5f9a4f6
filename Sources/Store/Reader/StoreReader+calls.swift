package import Batches
package import Events
internal import Files
internal import SQLite
package import Times

/// An error as the retry audit reads it: texts by their rows, 0 for none.
package struct StoredCall {
  /// The event's number: those of one log rise as they stand in it.
  package var number: Int64
  /// Milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var consumer: Int64
  package var route: Int64
  package var method: Int64
  /// 0 when there was no response.
  package var status: Int64
  package var kind: Kind
  package var code: Int64
  package var message: Int64
  package var details: Int64
  /// Milliseconds; nil when not known.
  package var latency: Int64?
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  package var path: Path

  package enum Path: Equatable {
    case unknown
    /// Word for word.
    case route
    case other(PathDigest)
  }
}

extension StoreReader {
  /// Hands over the errors of a range one by one, in order of time; those of one time in the order
  /// of their numbers.
  package func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    try reading {
      let statement = try connection.prepare(Counted.calls)
      statement.bind(range.since, at: 1)
      statement.bind(range.until, at: 2)
      while try statement.step() {
        if isMeant(gateway: statement.integer(14)) { try body(StoredCall(statement)) }
      }
    }
  }
}

extension Counted {
  static let calls = """
    SELECT e.time_ms, e.vendor, e.consumer, e.route, e.method, e.status, e.kind, e.code, e.message,
      e.details, e.latency_us, e.retry_after_ms, e.path, e.id, e.gateway \(events) ORDER BY e.time_ms, e.id
    """
}

extension StoredCall {
  fileprivate init(_ row: Statement) throws {
    number = try row.integer(13, .number)
    time = try row.integer(0, .time)
    vendor = row.integer(1)
    gateway = row.integer(14)
    consumer = row.integer(2)
    route = row.integer(3)
    method = row.integer(4)
    status = try row.integer(5, .status)
    kind = try row.kind(6) ?? .unknown
    code = row.integer(7)
    message = row.integer(8)
    details = row.integer(9)
    latency = try row.optional(10, .amount).map { $0 / 1000 }
    retryAfter = try row.optional(11, .amount)
    path = row.bytes(12).map { $0.isEmpty ? .route : .other(PathDigest($0)) } ?? .unknown
  }
}
