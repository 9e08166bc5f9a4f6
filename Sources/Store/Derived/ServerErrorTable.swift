internal import Batches
internal import Files
internal import SQLite
internal import Times

/// The server errors of `minute` once more, packed into one row for each hour of a vendor and
/// gateway: a search for spikes reads weeks of minutes, and to read a row costs far more than to
/// read a number.
///
///     minutes   ┌──────────┬──────────┬───┬───────────┐   how many errors each minute had,
///               │ minute 0 │ minute 1 │ … │ minute 59 │   as `PackedNumbers`
///               └──────────┴──────────┴───┴───────────┘
final class ServerErrorTable: DerivedTable {
  static let name = "server_error_hour"
  static let tables = [
    StoredTable(
      name,
      [
        "time_ms": .start(Milliseconds.hour), "vendor": .row(of: "vendor"),
        "gateway": .row(of: "gateway"),
      ])
  ]

  private static let minutesPerHour = 60

  fileprivate struct Key: Hashable {
    /// Milliseconds since the epoch.
    var time: Int64
    var vendor: Int64
    var gateway: Int64
  }

  /// How many errors each minute of an hour had.
  fileprivate typealias Hours = [Key: [Int64]]

  private let connection: Connection
  private let look: Statement
  private let replace: Statement

  init(_ connection: Connection) throws {
    self.connection = connection
    look = try connection.prepare(
      "SELECT minutes FROM \(Self.name) WHERE time_ms = ? AND vendor = ? AND gateway = ?")
    replace = try connection.prepare("INSERT OR REPLACE INTO \(Self.name) VALUES(?, ?, ?, ?)")
  }

  func add(_ placed: PlacedBatch) throws {
    let words = placed.words
    var hours: Hours = [:]
    for (key, counts) in placed.batch.minutes where counts.serverErrors > 0 {
      hours.add(
        counts.serverErrors, at: key.minute * Milliseconds.minute,
        vendor: words.id(of: key.vendor, in: .vendor),
        gateway: words.id(of: key.gateway, in: .gateway))
    }
    try add(hours)
  }

  func remove(_ old: ReplacedBatches) throws {
    var hours: Hours = [:]
    for responses in old.errors {
      let count = responses.minuteCounts.serverErrors
      guard count != 0, let time = responses.time else { continue }
      hours.add(-count, at: time, vendor: responses.vendor, gateway: responses.gateway)
    }
    try add(hours)
  }

  /// Adds to what is there. A row that comes to nothing goes.
  private func add(_ hours: Hours) throws {
    var stored: [Int64] = []
    for (key, added) in hours {
      var minutes = added
      bind(key, to: look)
      if try look.step() {
        guard Self.read(look.blob(0), into: &stored) else {
          throw look.impossible("the server errors of an hour are damaged")
        }
        for minute in minutes.indices { minutes[minute] += stored[minute] }
      }
      look.reset()
      guard minutes.allSatisfy({ $0 >= 0 }) else { throw StoreError.mismatch }
      if minutes.contains(where: { $0 > 0 }) {
        try write(minutes, of: key)
      } else {
        try connection.prepare(
          "DELETE FROM \(Self.name) WHERE time_ms = ? AND vendor = ? AND gateway = ?"
        ).run(binding: [key.time, key.vendor, key.gateway])
      }
    }
  }

  private func write(_ minutes: [Int64], of key: Key) throws {
    bind(key, to: replace)
    Self.packed(minutes).withUnsafeBytes { replace.bind(blob: $0, at: 4) }
    try replace.run()
  }

  private func bind(_ key: Key, to statement: Statement) {
    for (place, value) in [key.time, key.vendor, key.gateway].enumerated() {
      statement.bind(value, at: place + 1)
    }
  }

  private static func packed(_ minutes: [Int64]) -> [UInt8] {
    var numbers = PackedNumbers(capacity: minutes.count)
    for errors in minutes { numbers.append(errors) }
    return numbers.bytes
  }

  /// Reads how many errors each minute had. Returns whether the bytes are those of an hour.
  static func read(_ bytes: UnsafeRawBufferPointer, into minutes: inout [Int64]) -> Bool {
    var numbers = PackedNumbers.Reader(bytes)
    minutes.removeAll(keepingCapacity: true)
    for _ in 0..<minutesPerHour { minutes.append(numbers.next(.count)) }
    return numbers.isAtEnd && !numbers.isDamaged
  }

  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {
    let hour = quarter.rounded(downTo: Milliseconds.hour)
    try connection.prepare("DELETE FROM \(Self.name) WHERE time_ms <= ? AND \(share.isMeant)").run(
      binding: [hour])
    // The hour in which pruning stops keeps the rest of its minutes.
    let rest = try hours(of: TimeRange(since: hour, until: hour + Milliseconds.hour))
    for (key, minutes) in rest { try write(minutes, of: key) }
  }

  /// What the minutes of a range tell.
  private func hours(of range: TimeRange) throws -> Hours {
    let minutes = try connection.prepare(
      "SELECT time_ms, vendor, gateway, server_errors FROM minute "
        + "WHERE time_ms >= ? AND time_ms < ? AND server_errors <> 0")
    minutes.bind(range.since, at: 1)
    minutes.bind(range.until, at: 2)
    var hours: Hours = [:]
    while try minutes.step() {
      hours.add(
        try minutes.integer(3, .count), at: try minutes.integer(0, .time),
        vendor: minutes.integer(1), gateway: minutes.integer(2))
    }
    return hours
  }

  func check(_ verification: inout Verification) throws {
    let different = try differences(from: hours(of: .always))
    if different > 0 {
      verification.problems.append(
        "\(different) of the counts of server errors by hour are not those of minutes")
    }
  }

  func repair(_ repair: inout Repair) throws {
    try repair.recount("of server errors", [Self.name], on: connection) {
      let hours = try hours(of: .always)
      try connection.execute("DELETE FROM \(Self.name)")
      for (key, minutes) in hours { try write(minutes, of: key) }
    }
  }

  /// How many rows of the store are not these.
  private func differences(from hours: Hours) throws -> Int {
    let stored = try connection.prepare(
      "SELECT time_ms, vendor, gateway, minutes FROM \(Self.name)")
    var equal = 0
    var other = 0
    while try stored.step() {
      let key = Key(
        time: stored.integer(0), vendor: stored.integer(1), gateway: stored.integer(2))
      let isEqual =
        hours[key].map { Self.packed($0).withUnsafeBytes { $0.elementsEqual(stored.blob(3)) } }
        ?? false
      if isEqual { equal += 1 } else { other += 1 }
    }
    return max(other, hours.count - equal)
  }
}

extension [ServerErrorTable.Key: [Int64]] {
  fileprivate mutating func add(_ errors: Int64, at time: Int64, vendor: Int64, gateway: Int64) {
    let hour = time.rounded(downTo: Milliseconds.hour)
    let minute = Int((time - hour) / Milliseconds.minute)
    self[
      ServerErrorTable.Key(time: hour, vendor: vendor, gateway: gateway),
      default: Array(repeating: 0, count: 60)][minute] &+= errors
  }
}

extension TimeRange {
  /// All times that can be told.
  static let always = TimeRange(since: .min, until: .max)
}
