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
    try reading {
      try connection.atOneMoment {
        // Of a thousand events around a time few are a consumer's: these alone are read in full.
        let isMeant = try isConsumer(named: consumer)
        var found: [ErrorMark] = []
        try eventRows(Counted.callers, during: range) { row in
          if isMeant(row.integer(3)) {
            found.append(ErrorMark(time: row.integer(0), number: row.integer(4)))
          }
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

  /// Tells whether a number stands for a consumer: of few consumers all are looked at once, of many those
  /// that are asked about.
  private func isConsumer(named name: String) throws -> (Int64) -> Bool {
    if try connection.integer("SELECT MAX(id) FROM consumer") ?? 0 <= 1 << 12 {
      let numbers = Array(try numbers(of: name, in: .consumer))
      return { numbers.contains($0) }
    }
    let text = Array(name.utf8)
    var known: [Int64: Bool] = [:]
    return { [words] number in
      if let isIts = known[number] { return isIts }
      let isIts = words.has(text, at: number, in: .consumer)
      known[number] = isIts
      return isIts
    }
  }
}

extension Counted {
  static let calls = "\(columns) \(events) ORDER BY e.time_ms, e.id"

  /// Whose calls they are.
  static let callers = "SELECT e.time_ms, e.vendor, e.gateway, e.consumer, e.id"

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
