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
    let name = Array(consumer.utf8)
    try reading {
      try connection.atOneMoment {
        // Of a thousand events around a time few are a consumer's: these alone are read in full.
        var known: [Int64: Bool] = [:]
        var found: [ErrorMark] = []
        try rows(Counted.callers, during: range) { row in
          let number = row.integer(3)
          let isMeant = known[number] ?? words.has(name, at: number, in: .consumer)
          known[number] = isMeant
          if isMeant { found.append(ErrorMark(time: row.integer(0), number: row.integer(4))) }
        }
        let call = try connection.prepare(Counted.call)
        for mark in found.sorted() {
          call.bind(mark.number, at: 1)
          if try call.step() { try body(StoredCall(call)) }
          call.reset()
        }
      }
    }
  }
}

extension Counted {
  static let calls = "\(columns) \(events) ORDER BY e.time_ms, e.id"

  /// Whose calls they are.
  static let callers = "SELECT e.time_ms, e.vendor, e.gateway, e.consumer, e.id \(events)"

  /// One by its number.
  static let call = "\(columns) FROM event e WHERE e.id = ?"

  private static let columns = """
    SELECT e.time_ms, e.vendor, e.gateway, e.consumer, e.route, e.method, e.status, e.kind, e.code,
      e.message, e.details, e.latency_us, e.retry_after_ms, e.path, e.id
    """
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
