internal import Batches
internal import Events
internal import Files
package import Questions
internal import SQLite
package import Times

// What `traffic`, `minutes` and `events` say, in numbers and in no order: an answer that adds up many
// thousands of rows names what it tells apart once, in the end.
extension StoreReader {
  package func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void
  ) throws {
    try rows(Counted.responses(by: grain), during: range) { try body(StoredCount(sorted: $0)) }
  }

  package func responses(
    of sort: ErrorSort, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) throws -> Void
  ) throws {
    let vendor = try self.vendor(sort.vendor)
    try eachTime(by: grain, during: range, Counted.responsesOfSort(by: grain, of: vendor)) {
      $0.bind(sort.status, at: 2)
      $0.bind(Int64(sort.kind.rawValue), at: 3)
    } _: {
      try body(StoredCount(sorted: $0))
    }
  }

  /// Asks for a vendor's rows of each time that a table of counts has, one time after the other: among
  /// those of all vendors they are looked up, not looked for.
  ///
  /// - Parameter sql: has the time as its first parameter, and the gateway as its third column.
  private func eachTime(
    by grain: Grain, during range: TimeRange, _ sql: String,
    binding bind: (Statement) -> Void = { _ in }, _ body: (Statement) throws -> Void
  ) throws {
    try reading {
      try connection.atOneMoment {
        let next = try connection.prepare(Counted.times(by: grain))
        let counts = try connection.prepare(sql)
        bind(counts)
        var rest = range
        var isKnown = false
        while !rest.isEmpty {
          // What comes right after a time that has some is one as a rule.
          if !isKnown {
            next.bind(rest.since, at: 1)
            next.bind(rest.until, at: 2)
            guard try next.step() else { return }
            rest.since = try next.integer(0, in: rest.times)
            next.reset()
          }
          isKnown = false
          counts.bind(rest.since, at: 1)
          while try counts.step() {
            isKnown = true
            if isMeant(gateway: counts.integer(2)) { try body(counts) }
          }
          counts.reset()
          rest.since = rest.since.addingClamped(isKnown ? grain.length : 1)
        }
      }
    }
  }

  package func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    try reading {
      let statement = try connection.prepare(Counted.undated)
      while try statement.step() {
        if isMeant(gateway: statement.integer(2)) { try body(StoredCount(sorted: statement)) }
      }
    }
  }

  package func minutes(
    during range: TimeRange, _ body: (StoredMinute) throws -> Void
  ) throws {
    try rows(Counted.minutes, during: range) { row in
      try body(
        StoredMinute(
          time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2),
          successes: row.integer(3, .count), errors: row.integer(4, .count),
          rateLimited: row.integer(5, .count), planLimited: row.integer(6, .count),
          serverErrors: row.integer(7, .count)))
    }
  }

  package func successes(
    during range: TimeRange, _ body: (StoredCount) throws -> Void
  ) throws {
    try rows(Counted.successes, during: range) { row in
      try body(
        StoredCount(
          time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2), kind: nil,
          count: row.integer(3, .count)))
    }
  }

  package func hasSuccesses(of vendor: String?, during range: TimeRange) throws -> Bool {
    struct Found: Error {}
    let vendor = try self.vendor(vendor)
    do {
      try eachTime(by: .day, during: range, Counted.successes(of: vendor)) { _ in throw Found() }
    } catch is Found {
      return true
    }
    return false
  }

  package func hourlyResponses(
    during range: TimeRange, _ body: (StoredCount) -> Void
  ) throws {
    var minutes = HourOfMinutes().counts
    try rows(Counted.minutes(of: .requests), during: range) { row in
      guard HourOfMinutes.read(row.blob(3), into: &minutes) else {
        throw damage(of: "minutes of an hour")
      }
      body(
        StoredCount(
          time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2),
          count: minutes.reduce(0) { $0.addingClamped($1) }))
    }
  }

  package func responsesByMinute(
    during range: TimeRange, _ body: (StoredCount) -> Void
  ) throws {
    try rows(Counted.responsesByMinute, during: range) { row in
      body(try StoredCount(responses: row))
    }
  }

  package func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    try eventRows(Counted.error, during: range) { row in
      try body(
        StoredCount(
          time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2),
          status: row.integer(3, .status), code: row.integer(4), kind: row.kind(5) ?? .unknown,
          route: row.integer(6), consumer: row.integer(7), answeredBy: row.answeredBy(8)))
    }
  }

  package func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    try eachHour(Counted.minutes(of: sort), during: range, body)
  }

  package func minuteCounts(
    of sort: MinuteSort, ofVendor vendor: String?, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    try eachHour(Counted.minutes(of: sort) + self.vendor(vendor).condition, during: range, body)
  }

  /// A vendor by its name; nil for what has none.
  private func vendor(_ name: String?) throws -> VendorRows {
    guard let name else { return .unnamed }
    return .named(try numbers(of: name, in: .vendor).sorted())
  }

  private func eachHour(
    _ sql: String, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    let hours = TimeRange(since: range.since.rounded(downTo: Milliseconds.hour), until: range.until)
    var minutes = HourOfMinutes().counts
    try rows(sql, during: hours) { row in
      guard HourOfMinutes.read(row.blob(3), into: &minutes) else {
        throw damage(of: "minutes of an hour")
      }
      try body(row.integer(0), row.integer(1), row.integer(2), minutes)
    }
  }
}

extension StoredCount {
  /// From the columns time_ms, vendor, gateway, status, code, kind and a count.
  fileprivate init(sorted row: Statement) throws {
    self.init(
      time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2),
      status: try row.integer(3, .status), code: row.integer(4), kind: try row.kind(5),
      count: try row.integer(6, .count))
  }

  /// From the columns time_ms, vendor, gateway and a count.
  fileprivate init(responses row: Statement) throws {
    self.init(
      time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2),
      count: try row.integer(3, .count))
  }
}

extension TimeRange {
  /// Its times that can be stored, for a range that has some.
  var times: ClosedRange<Int64> {
    let time = Domain.time.range
    let first = min(max(since, time.lowerBound), time.upperBound)
    return first...max(first, min(until.addingClamped(-1), time.upperBound))
  }
}

/// Which rows are of a vendor.
enum VendorRows {
  /// Those with one of these numbers: all that its name has.
  case named([Int64])
  /// Those whose number has no name, as nobody's has.
  case unnamed

  /// To be added to a condition of SQL.
  var condition: String {
    switch self {
    case .named(let numbers): " AND vendor IN (\(numbers.map(String.init).joined(separator: ", ")))"
    case .unnamed: " AND word(\(Lexicon.vendor.rawValue), vendor) IS NULL"
    }
  }
}

/// What is asked of the tables of counts.
enum Counted {
  private static let range = "WHERE time_ms >= ? AND time_ms < ?"

  private static func allResponses(by grain: Grain) -> String {
    "SELECT time_ms, vendor, gateway, status, code, kind, responses FROM \(grain.table)"
  }

  static func responses(by grain: Grain) -> String { "\(allResponses(by: grain)) \(range)" }

  /// Those of one time.
  static func responsesOfSort(by grain: Grain, of vendor: VendorRows) -> String {
    "\(allResponses(by: grain)) WHERE time_ms = ?1\(vendor.condition) AND status = ?2 AND kind = ?3"
  }

  /// The times that have counts.
  static func times(by grain: Grain) -> String {
    "SELECT time_ms FROM \(grain.table) \(range) ORDER BY time_ms"
  }

  static let undated =
    "SELECT 0, vendor, gateway, status, code, kind, responses FROM undated"

  static let minutes = """
    SELECT time_ms, vendor, gateway, successes, errors, rate_limited, plan_limited, server_errors
      FROM minute \(range)
    """

  static let successes =
    "SELECT time_ms, vendor, gateway, successes FROM minute \(range) AND successes > 0"

  /// Those of one day.
  static func successes(of vendor: VendorRows) -> String {
    "\(allResponses(by: .day)) WHERE time_ms = ?1\(vendor.condition) AND kind = 0 AND responses > 0"
  }

  static let responsesByMinute =
    "SELECT time_ms, vendor, gateway, successes + errors FROM minute \(range)"

  static func minutes(of sort: MinuteSort) -> String {
    "SELECT time_ms, vendor, gateway, minutes FROM \(FailureTable.name) \(range) "
      + "AND sort = \(sort.rawValue)"
  }

  /// The events `e` of a range. The batches that have some are few, and each has its events side by
  /// side. Of each the time is taken out of its row once, not for either end of the range.
  static let events = """
    FROM batch b CROSS JOIN event e ON e.id >= b.first_event AND e.id < b.first_event + b.events
      WHERE b.events > b.pruned AND b.last_time_ms >= ?1 AND b.first_time_ms < ?2
        AND e.time_ms BETWEEN ?1 AND ?2 - 1
    """

  /// What is told of an error among many.
  static let error = """
    SELECT e.time_ms, e.vendor, e.gateway, e.status, e.code, e.kind, e.route, e.consumer,
      e.answered_by
    """
}
