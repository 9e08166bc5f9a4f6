internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// How many responses of one sort there were in one minute. Vendor, gateway, code and route are the
/// numbers of their rows in the store; 0 stands for none.
struct Responses {
  /// Milliseconds since the epoch, of the minute's start; nil for what has no time.
  var time: Int64?
  var vendor: Int64
  var gateway: Int64
  var status: Int64
  var code: Int64 = 0
  /// 0 for a success.
  var kind: UInt8 = 0
  /// Known of errors only, as `answeredBy` is.
  var route: Int64 = 0
  var answeredBy: UInt8 = 0
  /// Negative for responses that are taken away.
  var count: Int64

  /// The start of their quarter of an hour.
  var quarter: Int64? { time?.rounded(downTo: Grain.quarter.length) }
}

extension Responses {
  /// Hands over the events of a batch, which have the given numbers.
  static func ofEvents(
    _ numbers: Range<Int64>, of batch: Int64, on connection: Connection,
    _ body: (Responses) throws -> Void
  ) throws {
    let events = try connection.prepare(
      """
      SELECT \(columns), COUNT(*) FROM event WHERE id >= ?1 AND id < ?2 AND batch = ?3
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      """)
    events.bind(numbers.lowerBound, at: 1)
    events.bind(numbers.upperBound, at: 2)
    events.bind(batch, at: 3)
    while try events.step() { try body(Responses(events)) }
  }

  /// Hands over all events from a time on, in order of their minutes.
  static func ofEvents(
    since time: Int64, on connection: Connection, _ body: (Responses) throws -> Void
  ) throws {
    let events = try connection.prepare(
      "SELECT \(columns), COUNT(*) FROM event WHERE time_ms >= ?1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8")
    events.bind(time, at: 1)
    while try events.step() { try body(Responses(events)) }
  }

  private static let columns = """
    time_ms / \(Milliseconds.minute), COALESCE(vendor, 0), COALESCE(gateway, 0),
      COALESCE(status, 0), COALESCE(code, 0), kind, COALESCE(route, 0), answered_by
    """

  private init(_ row: Statement) throws {
    // A minute is far below a time.
    self.init(
      time: try row.optional(0, .time).map { $0 * Milliseconds.minute },
      vendor: try row.integer(1, .number), gateway: try row.integer(2, .number),
      status: try row.integer(3, .status), code: try row.integer(4, .number),
      kind: UInt8(clamping: row.integer(5)), route: try row.integer(6, .number),
      answeredBy: UInt8(clamping: row.integer(7)), count: try row.integer(8, .count))
  }
}
