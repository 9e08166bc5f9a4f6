internal import Batches
internal import Events
internal import Files
internal import SQLite
internal import Times

/// What the counts of a store gain and lose when lines are read anew.
struct CountChange {
  private struct MinuteID: Hashable {
    /// Since the epoch.
    var minute: Int64
    var vendor: Int64
  }

  private struct TrafficID: Hashable {
    /// Milliseconds since the epoch, of the start; nil for what has no time.
    var time: Int64?
    var vendor: Int64
    var status: Int64
    var code: Int64
    /// 0 for a success.
    var kind: Int64
  }

  private var minutes: [MinuteID: MinuteCounts] = [:]
  private var traffic: [TrafficID: Int64] = [:]
  private var routes = RouteChange()

  init() {}

  /// Adds all that a batch counts.
  mutating func add(_ batch: Batch, words: StoredWords) {
    for (key, counts) in batch.minutes {
      let id = MinuteID(minute: key.minute, vendor: words.id(of: key.vendor, in: .vendor))
      minutes[id, default: .zero] += counts
    }
    for (key, count) in batch.traffic {
      let id = TrafficID(
        time: key.quarter.map { $0 * Grain.quarter.length },
        vendor: words.id(of: key.vendor, in: .vendor), status: Int64(key.status),
        code: words.id(of: key.code, in: .code), kind: Int64(key.kind?.rawValue ?? 0))
      traffic[id, default: 0] += count
    }
    routes.add(batch, words: words)
  }

  /// Takes away what the stored events of a batch counted; they have the given numbers.
  mutating func removeEvents(
    _ numbers: Range<Int64>, of batch: Int64, on connection: Connection
  ) throws {
    let events = try connection.prepare(
      """
      SELECT time_ms / \(Milliseconds.minute), COALESCE(vendor, 0), COALESCE(status, 0),
        COALESCE(code, 0), kind, COUNT(*) FROM event
        WHERE id >= ?1 AND id < ?2 AND batch = ?3 GROUP BY 1, 2, 3, 4, 5
      """)
    for (place, value) in [numbers.lowerBound, numbers.upperBound, batch].enumerated() {
      events.bind(value, at: place + 1)
    }
    while try events.step() {
      let (vendor, status, kind) = (events.integer(1), events.integer(2), events.integer(4))
      let count = try events.integer(5, .count)
      // A minute is far below a time.
      let minute = try events.optional(0, .time)
      if let minute {
        var counts = MinuteCounts()
        counts.errors = count
        counts.rateLimited = kind == Int64(Kind.rateLimit.rawValue) ? count : 0
        counts.planLimited = kind == Int64(Kind.planLimit.rawValue) ? count : 0
        counts.serverErrors = status >= 500 ? count : 0
        let id = MinuteID(minute: minute, vendor: vendor)
        minutes[id] = minutes[id, default: .zero] - counts
      }
      let id = TrafficID(
        time: minute.map { $0 * Milliseconds.minute / Grain.quarter.length * Grain.quarter.length },
        vendor: vendor, status: status, code: events.integer(3), kind: kind)
      traffic[id, default: 0] -= count
    }
    try routes.removeEvents(numbers, of: batch, on: connection)
  }

  /// Takes away what the successes of a batch counted.
  mutating func remove(_ successes: Successes) {
    for entry in successes.minutes {
      let id = MinuteID(minute: entry.minute, vendor: entry.vendor)
      var counts = MinuteCounts()
      counts.successes = entry.count
      minutes[id] = minutes[id, default: .zero] - counts
    }
    for entry in successes.traffic {
      let id = TrafficID(
        time: entry.quarter.map { $0 * Grain.quarter.length }, vendor: entry.vendor,
        status: entry.status, code: 0, kind: 0)
      traffic[id, default: 0] -= entry.count
    }
  }

  /// Changes the store's counts. Throws a `StoreError` where they would become less than nothing:
  /// then they were not those of the batches.
  func apply(on connection: Connection) throws {
    try applyMinutes(connection)
    try routes.apply(on: connection)
    for grain in Grain.allCases {
      var sums: [TrafficID: Int64] = [:]
      for (id, count) in traffic {
        var id = id
        if let time = id.time { id.time = time - time % grain.length }
        sums[id, default: 0] += count
      }
      for (id, count) in sums where count != 0 {
        // What has no time is counted once.
        if id.time == nil, grain != .quarter { continue }
        try apply(count, to: id, of: id.time == nil ? "undated" : grain.table, connection)
      }
    }
  }

  private func applyMinutes(_ connection: Connection) throws {
    let add = try connection.prepare(StoreLedger.addMinute)
    let look = try connection.prepare(
      """
      SELECT MIN(successes, errors, rate_limited, plan_limited, server_errors) FROM minute
        WHERE time_ms = ? AND vendor = ?
      """)
    let clean = try connection.prepare(
      "DELETE FROM minute WHERE time_ms = ? AND vendor = ? AND successes = 0 AND errors = 0")
    var hours: Set<Int64> = []
    for (id, counts) in minutes where counts != .zero {
      let time = id.minute * Milliseconds.minute
      try add.run(binding: [
        time, id.vendor, counts.successes, counts.errors, counts.rateLimited, counts.planLimited,
        counts.serverErrors,
      ])
      look.bind(time, at: 1)
      look.bind(id.vendor, at: 2)
      if try look.step(), look.integer(0) < 0 { throw CountChange.mismatch }
      look.reset()
      try clean.run(binding: [time, id.vendor])
      if counts.serverErrors != 0 { hours.insert(time.rounded(downTo: Milliseconds.hour)) }
    }
    for hour in hours {
      try connection.prepare("DELETE FROM \(ServerErrorHours.table) WHERE time_ms = ?").run(
        binding: [hour])
      try ServerErrorHours(
        ofMinutes: TimeRange(since: hour, until: hour + Milliseconds.hour), on: connection
      ).write(on: connection)
    }
  }

  private func apply(
    _ count: Int64, to id: TrafficID, of table: String, _ connection: Connection
  ) throws {
    let names = ["vendor", "status", "code", "kind"] + (id.time == nil ? [] : ["time_ms"])
    let values: [Int64?] = [id.vendor, id.status, id.code, id.kind] + (id.time.map { [$0] } ?? [])
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    try connection.prepare(
      """
      INSERT INTO \(table)(\(names.joined(separator: ", ")), responses) VALUES(\(marks), ?)
        ON CONFLICT DO UPDATE SET responses = responses + excluded.responses
      """
    ).run(binding: values + [count])
    let isIt = names.map { "\($0) = ?" }.joined(separator: " AND ")
    let look = try connection.prepare("SELECT responses FROM \(table) WHERE \(isIt)")
    for (place, value) in values.enumerated() { look.bind(value, at: place + 1) }
    guard try look.step(), look.integer(0) >= 0 else { throw CountChange.mismatch }
    if look.integer(0) > 0 { return }
    look.reset()
    try connection.prepare("DELETE FROM \(table) WHERE \(isIt)").run(binding: values)
  }

  static let mismatch = StoreError(
    "the counts of the store are not those of its batches", hint: "run errata verify --repair")
}
