internal import Batches
internal import Files
internal import SQLite
internal import Times

/// The server errors of `minute` once more, an hour of a vendor a row: a search for spikes reads
/// weeks of minutes, and rows cost far more than numbers.
struct ServerErrorHours {
  struct Key: Hashable {
    /// Milliseconds since the epoch.
    var time: Int64
    var vendor: Int64
  }

  static let table = "server_error_hour"
  private static let minutesPerHour = 60

  /// How many errors each of its minutes had.
  private(set) var hours: [Key: [Int64]] = [:]

  init() {}

  /// Those of the minutes of a range.
  init(ofMinutes range: TimeRange, on connection: Connection) throws {
    let minutes = try connection.prepare(
      "SELECT time_ms, vendor, server_errors FROM minute "
        + "WHERE time_ms >= ? AND time_ms < ? AND server_errors <> 0")
    minutes.bind(range.since, at: 1)
    minutes.bind(range.until, at: 2)
    while try minutes.step() {
      add(
        try minutes.integer(2, .count), at: try minutes.integer(0, .time),
        vendor: minutes.integer(1))
    }
  }

  mutating func add(_ errors: Int64, at time: Int64, vendor: Int64) {
    let hour = time.rounded(downTo: Milliseconds.hour)
    let minute = Int((time - hour) / Milliseconds.minute)
    hours[
      Key(time: hour, vendor: vendor),
      default: Array(repeating: 0, count: ServerErrorHours.minutesPerHour)][minute] &+= errors
  }

  /// The hour's row.
  func packed(_ key: Key) -> [UInt8]? {
    hours[key].map { minutes in
      var numbers = PackedNumbers(capacity: minutes.count)
      for errors in minutes { numbers.append(errors) }
      return numbers.bytes
    }
  }

  /// Reads how many errors each minute had. Returns whether the bytes are those of an hour.
  static func read(_ bytes: UnsafeRawBufferPointer, into minutes: inout [Int64]) -> Bool {
    var numbers = PackedNumbers.Reader(bytes)
    minutes.removeAll(keepingCapacity: true)
    for _ in 0..<minutesPerHour { minutes.append(numbers.next(.count)) }
    return numbers.isAtEnd && !numbers.isDamaged
  }

  /// Writes them in place of what is there; with `adding`, on top of it.
  func write(on connection: Connection, adding: Bool = false) throws {
    let look = try connection.prepare(
      "SELECT minutes FROM \(ServerErrorHours.table) WHERE time_ms = ? AND vendor = ?")
    let replace = try connection.prepare(
      "INSERT OR REPLACE INTO \(ServerErrorHours.table) VALUES(?, ?, ?)")
    var stored: [Int64] = []
    for key in hours.keys {
      var sum = ServerErrorHours()
      sum.hours[key] = hours[key]
      if adding {
        look.bind(key.time, at: 1)
        look.bind(key.vendor, at: 2)
        if try look.step() {
          guard ServerErrorHours.read(look.blob(0), into: &stored) else {
            throw look.impossible("the server errors of an hour are damaged")
          }
          for (minute, errors) in stored.enumerated() where errors != 0 {
            let time = key.time + Int64(minute) * Milliseconds.minute
            sum.add(errors, at: time, vendor: key.vendor)
          }
        }
        look.reset()
      }
      replace.bind(key.time, at: 1)
      replace.bind(key.vendor, at: 2)
      sum.packed(key)?.withUnsafeBytes { replace.bind(blob: $0, at: 3) }
      try replace.run()
    }
  }

  /// How many rows of the store are not these.
  func differences(on connection: Connection) throws -> Int {
    let stored = try connection.prepare(
      "SELECT time_ms, vendor, minutes FROM \(ServerErrorHours.table)")
    var equal = 0
    var other = 0
    while try stored.step() {
      let key = Key(time: stored.integer(0), vendor: stored.integer(1))
      let isEqual =
        packed(key)?.withUnsafeBytes { $0.elementsEqual(stored.blob(2)) } ?? false
      if isEqual { equal += 1 } else { other += 1 }
    }
    return max(other, hours.count - equal)
  }
}
