internal import Files
internal import Questions
internal import SQLite
internal import Times

/// Errors by route, one hour or day after the other, the entries of each in order and summed up.
protocol RouteCursor: AnyObject {
  /// The next stretch that has some; nil after the last.
  func next() throws -> [RouteEntry]?
}

/// Errors counted from rows of events or of traffic in order of time, by the hour.
final class CountedRoutes: RouteCursor {
  private let rows: Statement
  /// The first row of the next hour.
  private var pending: RouteEntry?

  /// What is read of an event, before its count.
  static let columns = """
    time_ms / \(Grain.quarter.length) AS quarter, COALESCE(vendor, 0) AS vendor, \
    COALESCE(gateway, 0) AS gateway, COALESCE(route, 0) AS route, COALESCE(status, 0) AS status, kind, answered_by
    """
  /// Also of events that are in no batch, which they should not be.
  static let ofEvents = "SELECT \(columns), 1 FROM event WHERE time_ms >= ? ORDER BY time_ms"

  /// The events from a time on.
  static func events(since time: Int64, on connection: Connection) throws -> CountedRoutes {
    let events = try connection.prepare(ofEvents)
    events.bind(time, at: 1)
    return try CountedRoutes(events)
  }

  /// The errors of `quarter`: of no route, and answered by nobody.
  static func traffic(on connection: Connection) throws -> CountedRoutes {
    try CountedRoutes(
      connection.prepare(
        """
        SELECT time_ms / \(Grain.quarter.length), vendor, gateway, 0, status, kind, 0, responses
          FROM quarter
          WHERE kind > 0 ORDER BY time_ms
        """))
  }

  private init(_ rows: Statement) throws {
    self.rows = rows
    pending = try rows.step() ? try CountedRoutes.entry(rows) : nil
  }

  /// A row of the columns above and a count.
  static func entry(_ row: Statement) throws -> RouteEntry {
    // A quarter of an hour is far below a time.
    let quarter = try row.integer(0, .time)
    let count = try row.integer(7, .count)
    var counts = RoutePage.Counts.zero
    counts[Int(quarter & 3)] = count
    return RouteEntry(
      time: (quarter >> 2) &* Milliseconds.hour, vendor: try row.integer(1, .number),
      gateway: try row.integer(2, .number), route: try row.integer(3, .number),
      sort: RoutePage.Sort(
        status: try row.integer(4, .status), kind: UInt8(clamping: row.integer(5)),
        answeredBy: UInt8(clamping: row.integer(6))),
      counts: counts)
  }

  func next() throws -> [RouteEntry]? {
    guard let first = pending else { return nil }
    var entries: [RouteEntry] = []
    var most = 1 << 16
    while let entry = pending, entry.time == first.time {
      entries.append(entry)
      pending = try rows.step() ? try CountedRoutes.entry(rows) : nil
      if entries.count > most {
        entries.settle()
        most = max(most, 2 * entries.count)
      }
    }
    entries.settle()
    return entries
  }
}

/// Errors as a table by route has them.
final class StoredRoutes: RouteCursor {
  private let table: RouteGrain
  private let rows: Statement
  private var isAtRow: Bool
  /// How many rows so far were damaged.
  private(set) var damaged = 0

  /// The stretches that begin inside a range.
  init(
    _ table: RouteGrain, during range: TimeRange = .always, on connection: Connection
  ) throws {
    self.table = table
    rows = try connection.prepare(
      Counted.routes(in: table) + " ORDER BY time_ms, vendor, gateway, page")
    rows.bind(range.since, at: 1)
    rows.bind(range.until, at: 2)
    isAtRow = try rows.step()
  }

  func next() throws -> [RouteEntry]? {
    var entries: [RouteEntry] = []
    // Of a damaged stretch nothing may be left.
    while isAtRow, entries.isEmpty {
      let time = try rows.integer(0, .time)
      while isAtRow, rows.integer(0) == time {
        let (vendor, gateway) = (rows.integer(1), rows.integer(2))
        let page = try rows.integer(3, .number)
        let isSound = RoutePage.read(rows.blob(4), page: page, parts: table.parts) {
          entries.append(
            RouteEntry(
              time: time, vendor: vendor, gateway: gateway, route: $0, sort: $1, counts: $2))
        }
        if !isSound { damaged += 1 }
        isAtRow = try rows.step()
      }
    }
    return entries.isEmpty ? nil : entries
  }
}

/// Errors by the day, summed up from the table by the hour.
final class RouteDays: RouteCursor {
  private let hours: StoredRoutes
  /// The first hour of the next day.
  private var pending: [RouteEntry]?

  init(on connection: Connection) throws {
    hours = try StoredRoutes(.hour, on: connection)
    pending = try hours.next()
  }

  func next() throws -> [RouteEntry]? {
    var day: [RouteEntry] = []
    while let hour = pending?.map(RouteGrain.day.stretch) {
      if let first = day.first, first.time != hour.first?.time { break }
      day += hour
      day.settle()
      pending = try hours.next()
    }
    return day.isEmpty ? nil : day
  }
}
