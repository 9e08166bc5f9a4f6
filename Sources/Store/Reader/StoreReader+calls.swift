internal import Batches
internal import Events
internal import Files
package import Questions
internal import SQLite
package import Times

extension StoreReader {
  package func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    try rows(Counted.calls, during: range) { try body(StoredCall($0)) }
  }

  package func calls(
    of consumer: String, during range: TimeRange, _ body: (StoredCall) throws -> Void
  ) throws {
    try rows(Counted.callsOfConsumer, during: range) { statement in
      statement.bind(consumer, at: 3)
    } _: {
      try body(StoredCall($0))
    }
  }
}

extension Counted {
  static let calls = "\(call) \(order)"

  static let callsOfConsumer =
    "\(call) AND word(\(Lexicon.consumer.rawValue), e.consumer) IS ?3 \(order)"

  private static let call = """
    SELECT e.time_ms, e.vendor, e.gateway, e.consumer, e.route, e.method, e.status, e.kind, e.code,
      e.message, e.details, e.latency_us, e.retry_after_ms, e.path, e.id
      \(events)
    """

  private static let order = "ORDER BY e.time_ms, e.id"
}

extension StoredCall {
  fileprivate init(_ row: Statement) throws {
    self.init(number: try row.integer(14, .number), time: try row.integer(0, .time))
    vendor = row.integer(1)
    gateway = row.integer(2)
    consumer = row.integer(3)
    route = row.integer(4)
    method = row.integer(5)
    status = try row.integer(6, .status)
    kind = try row.kind(7) ?? .unknown
    code = row.integer(8)
    message = row.integer(9)
    details = row.integer(10)
    latency = try row.optional(11, .amount).map { $0 / 1000 }
    retryAfter = try row.optional(12, .amount)
    path = row.bytes(13).map { $0.isEmpty ? .route : .other(PathDigest($0)) } ?? .unknown
  }
}
