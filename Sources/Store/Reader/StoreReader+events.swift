internal import Batches
package import Events
internal import Files
internal import Questions
internal import SQLite
package import Times

// Events in full.
extension StoreReader {
  package func event(_ number: Int64) throws -> Event? {
    let event = try reading {
      let query = try singleEvents ?? EventQuery(connection)
      singleEvents = query
      return try query.event(number)
    }
    try checkTexts()
    return event
  }

  package func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void
  ) throws {
    let vendors = try vendor.map { try numbers(of: $0, in: .vendor) }
    let query = try reading { try EventQuery(connection) }
    // Only times and numbers are sorted: of many events the texts would fill the memory.
    try rows(Counted.events(of: kinds), during: range) { row in
      if let vendors, !vendors.contains(row.integer(1)) { return }
      if let event = try query.event(row.integer(3)) { try body(event) }
    }
    try checkTexts()
  }
}

/// Reads events, one at a time.
struct EventQuery {
  /// What the view `events` has but for the time as text, with texts of the cache of a reader.
  static let sql = """
    SELECT e.id, e.time_ms, \(word(.vendor)), e.status, \(word(.code)),
      word(\(Lexicon.allCases.count), e.kind), \(word(.message)), e.request_id, \(word(.method)),
      \(word(.route)), CASE WHEN e.path = '' THEN \(word(.route)) ELSE e.path END,
      \(word(.consumer)), e.latency_us / 1000.0, e.retry_after_ms, e.upstream_status,
      word(\(Lexicon.allCases.count + 1), e.answered_by), \(word(.details)),
      (SELECT s.path FROM batch b JOIN source s ON s.id = b.source WHERE b.id = e.batch),
      e."offset", e.length, e.part, \(word(.gateway)) FROM event e WHERE e.id = ?
    """
  private let statement: Statement

  private static func word(_ lexicon: Lexicon) -> String {
    "word(\(lexicon.rawValue), e.\(lexicon.name))"
  }

  init(_ connection: Connection) throws {
    statement = try connection.prepare(EventQuery.sql)
  }

  /// An event as it is stored; nil when there is none of that number.
  func event(_ number: Int64) throws -> Event? {
    statement.bind(number, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let row = Row(statement)
    var event = Event(id: try row.integer(0, .number))
    event.time = try row.optional(1, .time)
    event.vendor = row.text(2)
    event.status = try row.optional(3, .status).map(Int.init)
    event.code = row.text(4)
    event.kind = row.text(5).flatMap(Kind.init(named:)) ?? .unknown
    event.message = row.text(6)
    event.requestID = row.text(7)
    event.method = row.text(8)
    event.route = row.text(9)
    event.path = row.text(10)
    event.consumer = row.text(11)
    event.latency = row.optionalNumber(12)
    event.retryAfter = try row.optional(13, .amount)
    event.upstreamStatus = try row.optional(14, .status).map(Int.init)
    event.answeredBy = AnsweredBy.allCases.first { $0.name == row.text(15) } ?? .unknown
    event.details = row.text(16)
    event.source = Event.Place(
      path: row.text(17) ?? "", offset: try row.integer(18, .bytes),
      length: try row.integer(19, .bytes), part: Int(try row.integer(20, .count)))
    event.gateway = row.text(21)
    return event
  }
}

extension Counted {
  static func events(of kinds: Set<Kind>) -> String {
    let numbers = kinds.map { String($0.rawValue) }.sorted().joined(separator: ", ")
    return """
      SELECT e.time_ms, e.vendor, e.gateway, e.id \(events) AND e.kind IN (\(numbers))
        ORDER BY e.time_ms, e.id
      """
  }
}
