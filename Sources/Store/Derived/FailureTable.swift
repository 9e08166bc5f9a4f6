internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// What each minute counts, by `MinuteSort`, packed into one row for each hour of a vendor, gateway
/// and sort: a search for incidents reads weeks of minutes, and to read a row costs far more than to
/// read a number.
final class FailureTable: DerivedTable {
  static let name = "failure_hour"
  static let tables = [
    StoredTable(
      name,
      [
        "time_ms": .start(Milliseconds.hour), "vendor": .row(of: "vendor"),
        "gateway": .row(of: "gateway"), "sort": .domain(.sort),
      ])
  ]

  struct Key: Hashable {
    /// Milliseconds since the epoch.
    var time: Int64
    var vendor: Int64
    var gateway: Int64
    var sort: Int64
  }

  typealias Hours = [Key: HourOfMinutes]

  static let isRow = "sort = ? AND time_ms = ? AND vendor = ? AND gateway = ?"

  let connection: Connection
  private let look: Statement
  private let replace: Statement
  private let delete: Statement

  init(_ connection: Connection) throws {
    self.connection = connection
    look = try connection.prepare("SELECT minutes FROM \(Self.name) WHERE \(Self.isRow)")
    replace = try connection.prepare("INSERT OR REPLACE INTO \(Self.name) VALUES(?, ?, ?, ?, ?)")
    delete = try connection.prepare("DELETE FROM \(Self.name) WHERE \(Self.isRow)")
  }

  func add(_ placed: PlacedBatch) throws {
    let words = placed.words
    var hours: Hours = [:]
    for (key, counts) in placed.batch.minutes {
      hours.add(
        counts, at: key.minute * Milliseconds.minute,
        vendor: words.id(of: key.vendor, in: .vendor),
        gateway: words.id(of: key.gateway, in: .gateway))
    }
    try add(hours)
  }

  func remove(_ old: ReplacedBatches) throws {
    var hours: Hours = [:]
    for responses in old.errors {
      guard let time = responses.time else { continue }
      hours.add(
        .zero - responses.minuteCounts, at: time, vendor: responses.vendor,
        gateway: responses.gateway)
    }
    for minute in old.successes.flatMap(\.minutes) {
      var counts = MinuteCounts.zero
      counts.successes = -minute.count
      hours.add(
        counts, at: minute.minute * Milliseconds.minute, vendor: minute.vendor,
        gateway: minute.gateway)
    }
    try add(hours)
  }

  /// Adds to what is there. A row that comes to nothing goes.
  private func add(_ hours: Hours) throws {
    for (key, added) in hours {
      var hour = added
      bind(key, to: look)
      if try look.step() {
        guard let stored = HourOfMinutes(look.blob(0)) else {
          throw look.impossible("the minutes of an hour are damaged")
        }
        hour.add(stored)
      }
      look.reset()
      guard hour.counts.allSatisfy({ $0 >= 0 }) else { throw StoreError.mismatch }
      try write(hour, of: key)
    }
  }

  func write(_ hour: HourOfMinutes, of key: Key) throws {
    if hour.isEmpty {
      bind(key, to: delete)
      return try delete.run()
    }
    for (place, value) in [key.time, key.vendor, key.gateway, key.sort].enumerated() {
      replace.bind(value, at: place + 1)
    }
    hour.packed.withUnsafeBytes { replace.bind(blob: $0, at: 5) }
    try replace.run()
  }

  private func bind(_ key: Key, to statement: Statement) {
    for (place, value) in [key.sort, key.time, key.vendor, key.gateway].enumerated() {
      statement.bind(value, at: place + 1)
    }
  }

  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {
    let first = quarter.rounded(downTo: Milliseconds.hour)
    try connection.prepare("DELETE FROM \(Self.name) WHERE time_ms < ? AND \(share.isMeant)").run(
      binding: [first])
    // The hour in which pruning stops keeps the rest of its minutes.
    let rows = try connection.prepare(
      "SELECT time_ms, vendor, gateway, sort, minutes FROM \(Self.name) "
        + "WHERE time_ms = ? AND \(share.isMeant)")
    rows.bind(first, at: 1)
    var rest: [(Key, HourOfMinutes)] = []
    while try rows.step() {
      guard var hour = HourOfMinutes(rows.blob(4)) else {
        throw rows.impossible("the minutes of an hour are damaged")
      }
      hour.clear(before: Int((quarter - first) / Milliseconds.minute))
      rest.append((Key(rows), hour))
    }
    for (key, hour) in rest { try write(hour, of: key) }
  }
}

extension FailureTable.Key {
  /// From the columns time_ms, vendor, gateway and sort.
  init(_ row: Statement) {
    self.init(
      time: row.integer(0), vendor: row.integer(1), gateway: row.integer(2), sort: row.integer(3))
  }
}

extension FailureTable.Hours {
  /// Adds what is counted of a minute to the hours of its sorts.
  mutating func add(_ counts: MinuteCounts, at time: Int64, vendor: Int64, gateway: Int64) {
    let hour = time.rounded(downTo: Milliseconds.hour)
    let minute = Int((time - hour) / Milliseconds.minute)
    for sort in MinuteSort.allCases {
      let count = sort.count(in: counts)
      if count == 0 { continue }
      self[
        FailureTable.Key(time: hour, vendor: vendor, gateway: gateway, sort: sort.rawValue),
        default: HourOfMinutes()
      ].add(count, to: minute)
    }
  }
}
