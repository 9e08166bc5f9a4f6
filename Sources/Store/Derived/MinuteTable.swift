internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// Responses by the UTC minute, vendor and gateway: what is counted of each, `MinuteCounts` says.
final class MinuteTable: DerivedTable {
  static let tables = [
    StoredTable(
      "minute",
      [
        "time_ms": .start(Milliseconds.minute), "vendor": .row(of: "vendor"),
        "gateway": .row(of: "gateway"), "successes": .domain(.count), "errors": .domain(.count),
        "rate_limited": .domain(.count), "plan_limited": .domain(.count),
        "server_errors": .domain(.count),
      ])
  ]
  /// Successes are in no event.
  static let fillable: [String] = []

  fileprivate struct Key: Hashable {
    /// Milliseconds since the epoch.
    var time: Int64
    var vendor: Int64
    var gateway: Int64
  }

  private let connection: Connection
  private let insert: Statement

  init(_ connection: Connection) throws {
    self.connection = connection
    insert = try connection.prepare(
      """
      INSERT INTO minute VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        successes = successes + excluded.successes, errors = errors + excluded.errors,
        rate_limited = rate_limited + excluded.rate_limited,
        plan_limited = plan_limited + excluded.plan_limited,
        server_errors = server_errors + excluded.server_errors
      """)
  }

  func add(_ placed: PlacedBatch) throws {
    let words = placed.words
    for (key, counts) in placed.batch.minutes {
      try add(
        counts,
        to: Key(
          time: key.minute * Milliseconds.minute, vendor: words.id(of: key.vendor, in: .vendor),
          gateway: words.id(of: key.gateway, in: .gateway)))
    }
  }

  private func add(_ counts: MinuteCounts, to key: Key) throws {
    try insert.run(binding: [
      key.time, key.vendor, key.gateway, counts.successes, counts.errors, counts.rateLimited,
      counts.planLimited, counts.serverErrors,
    ])
  }

  func remove(_ old: ReplacedBatches) throws {
    var sums: [Key: MinuteCounts] = [:]
    for errors in old.errors {
      if let key = Key(errors) { sums[key, default: .zero] += errors.minuteCounts }
    }
    for minute in old.successes.flatMap(\.minutes) {
      let key = Key(
        time: minute.minute * Milliseconds.minute, vendor: minute.vendor, gateway: minute.gateway)
      sums[key, default: .zero].successes += minute.count
    }
    let look = try connection.prepare(
      """
      SELECT MIN(successes, errors, rate_limited, plan_limited, server_errors) FROM minute
        WHERE time_ms = ? AND vendor = ? AND gateway = ?
      """)
    for (key, counts) in sums {
      try add(.zero - counts, to: key)
      for (place, value) in [key.time, key.vendor, key.gateway].enumerated() {
        look.bind(value, at: place + 1)
      }
      if try look.step(), look.integer(0) < 0 { throw StoreError.mismatch }
      look.reset()
    }
    let times = sums.keys.map(\.time)
    if let first = times.min(), let last = times.max() { try removeEmpty(from: first, to: last) }
  }

  private func removeEmpty(from first: Int64, to last: Int64) throws {
    try connection.prepare(
      "DELETE FROM minute WHERE time_ms BETWEEN ? AND ? AND successes = 0 AND errors = 0"
    ).run(binding: [first, last])
  }

  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {
    try connection.prepare("DELETE FROM minute WHERE time_ms < ? AND \(share.isMeant)").run(
      binding: [quarter])
  }

  /// The minutes of a quarter of an hour add up to what is counted of that.
  func check(_ verification: inout Verification) throws {
    let minutes = try connection.prepare(
      """
      SELECT time_ms, vendor, gateway, successes, errors, rate_limited, plan_limited, server_errors
        FROM minute ORDER BY time_ms
      """)
    let quarters = try connection.prepare(
      "SELECT time_ms, vendor, gateway, status, kind, responses FROM quarter ORDER BY time_ms")
    var different = 0
    /// The quarter of an hour of the row at hand; nil after the last.
    func quarter(_ rows: Statement, _ isThere: Bool) throws -> Int64? {
      isThere ? try rows.integer(0, .time).rounded(downTo: Grain.quarter.length) : nil
    }
    var (hasMinute, hasQuarter) = (try minutes.step(), try quarters.step())
    while let time = [try quarter(minutes, hasMinute), try quarter(quarters, hasQuarter)]
      .compactMap(\.self).min()
    {
      var rest: [Key: MinuteCounts] = [:]
      while try quarter(minutes, hasMinute) == time {
        let key = Key(time: time, vendor: minutes.integer(1), gateway: minutes.integer(2))
        rest[key, default: .zero] += try MinuteCounts(minutes, from: 3)
        hasMinute = try minutes.step()
      }
      while try quarter(quarters, hasQuarter) == time {
        let key = Key(time: time, vendor: quarters.integer(1), gateway: quarters.integer(2))
        let responses = Responses(
          time: time, vendor: key.vendor, gateway: key.gateway,
          status: try quarters.integer(3, .status), kind: UInt8(clamping: quarters.integer(4)),
          count: try quarters.integer(5, .count))
        rest[key, default: .zero] = rest[key, default: .zero] - responses.minuteCounts
        hasQuarter = try quarters.step()
      }
      different += rest.values.count { !$0.isNothing }
    }
    if different > 0 {
      verification.problems.append(
        "\(different) of the counts of minutes are not those of traffic")
    }
  }

  /// Counts errors anew from the events; successes are in none.
  func repair(_ repair: inout Repair) throws {
    let since = repair.firstWhole
    try repair.recount("by minute", ["minute"], on: connection) {
      try connection.prepare(
        """
        UPDATE minute SET errors = 0, rate_limited = 0, plan_limited = 0, server_errors = 0
          WHERE time_ms >= ?
        """
      ).run(binding: [since])
      try Responses.ofEvents(since: since, on: connection) { responses in
        if let key = Key(responses) { try add(responses.minuteCounts, to: key) }
      }
      try removeEmpty(from: since, to: .max)
    }
  }
}

extension MinuteTable.Key {
  fileprivate init?(_ responses: Responses) {
    guard let time = responses.time else { return nil }
    self.init(time: time, vendor: responses.vendor, gateway: responses.gateway)
  }
}

extension Responses {
  /// What a minute counts of them.
  var minuteCounts: MinuteCounts {
    MinuteCounts(status: status, kind: Kind(rawValue: kind), count: count)
  }
}

extension MinuteCounts {
  /// Whether all that has a column of `minute` is zero.
  fileprivate var isNothing: Bool {
    successes == 0 && errors == 0 && rateLimited == 0 && planLimited == 0 && serverErrors == 0
  }

  /// The columns of `minute` from one on.
  fileprivate init(_ row: Statement, from column: Int) throws {
    self.init()
    successes = try row.integer(column, .count)
    errors = try row.integer(column + 1, .count)
    rateLimited = try row.integer(column + 2, .count)
    planLimited = try row.integer(column + 3, .count)
    serverErrors = try row.integer(column + 4, .count)
  }
}
