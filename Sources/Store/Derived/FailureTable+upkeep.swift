internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

// What the minutes of incidents are compared with, and made anew from.
//
// All responses and the server errors stand in `minute` as well; of the other sorts, a quarter of an
// hour is what `quarter` counts.
extension FailureTable {
  func check(_ verification: inout Verification) throws {
    var different = 0
    for sort in MinuteSort.allCases { different += try differences(of: sort) }
    let other = try connection.integer(
      "SELECT COUNT(*) FROM \(Self.name) WHERE sort > \(MinuteSort.allCases.count - 1)")
    different += Int(clamping: other ?? 0)
    if different > 0 {
      verification.problems.append(
        "\(different) of the hours of failures are not those of minutes and traffic")
    }
  }

  /// How many hours of a sort are not what is counted elsewhere.
  private func differences(of sort: MinuteSort) throws -> Int {
    let stored = try connection.prepare(
      "SELECT time_ms, vendor, gateway, sort, minutes FROM \(Self.name) "
        + "WHERE sort = \(sort.rawValue) ORDER BY time_ms")
    let source = Source(of: sort)
    let counts = try connection.prepare(source.sql)
    var (hasHour, hasCount) = (try stored.step(), try counts.step())
    func hour(_ row: Statement, _ isThere: Bool) throws -> Int64? {
      isThere ? try row.integer(0, .time).rounded(downTo: Milliseconds.hour) : nil
    }
    var different = 0
    while let time = [try hour(stored, hasHour), try hour(counts, hasCount)].compactMap(\.self)
      .min()
    {
      // How many each step of the hour has less than it should, by vendor and gateway.
      var missing: [Key: [Int64]] = [:]
      func add(_ count: Int64, at step: Int, of key: Key) {
        missing[key, default: Array(repeating: 0, count: source.steps)][step] &+= count
      }
      while try hour(counts, hasCount) == time {
        let start = counts.integer(0)
        let key = Key(
          time: time, vendor: counts.integer(1), gateway: counts.integer(2), sort: sort.rawValue)
        if let count = try source.count(counts), count != 0 {
          add(count, at: Int((start - time) / source.step), of: key)
        }
        hasCount = try counts.step()
      }
      while try hour(stored, hasHour) == time {
        if let hour = HourOfMinutes(stored.blob(4)), !hour.isEmpty, stored.integer(0) == time {
          for (minute, count) in hour.counts.enumerated() where count != 0 {
            add(-count, at: minute * source.steps / HourOfMinutes.length, of: Key(stored))
          }
        } else {
          different += 1
        }
        hasHour = try stored.step()
      }
      different += missing.values.count { $0.contains { $0 != 0 } }
    }
    return different
  }

  /// Where a sort is counted besides.
  private struct Source {
    let sort: MinuteSort
    let sql: String
    /// Of how many milliseconds it tells.
    let step: Int64

    var steps: Int { Int(Milliseconds.hour / step) }

    init(of sort: MinuteSort) {
      self.sort = sort
      switch sort {
      case .requests, .serverErrors:
        step = Milliseconds.minute
        let count = sort == .requests ? "successes + errors" : "server_errors"
        sql =
          "SELECT time_ms, vendor, gateway, \(count) FROM minute WHERE \(count) <> 0 "
          + "ORDER BY time_ms"
      default:
        step = Grain.quarter.length
        sql =
          "SELECT time_ms, vendor, gateway, responses, status, kind FROM quarter "
          + "WHERE kind > 0 AND status < 500 ORDER BY time_ms"
      }
    }

    /// How many of the sort a row counts; nil where it is of another.
    func count(_ row: Statement) throws -> Int64? {
      let count = try row.integer(3, .count)
      if step == Milliseconds.minute { return count }
      guard let kind = try row.kind(5) else { return nil }
      return MinuteSort(status: try row.integer(4, .status), kind: kind) == sort ? count : nil
    }
  }

  /// Counts all responses and server errors anew from the minutes, the rest from the events. Hours
  /// before the first whole one stay as they are.
  func repair(_ repair: inout Repair) throws {
    let hour = Milliseconds.hour
    var since = repair.firstWhole
    if repair.isPruned { since = (since + hour - 1).rounded(downTo: hour) }
    try repair.recount("of failures", [Self.name], on: connection) {
      try connection.execute(
        """
        DELETE FROM \(Self.name) WHERE time_ms >= \(since == .min ? 0 : since)
          OR sort NOT BETWEEN \(MinuteSort.unanswered.rawValue) AND \(MinuteSort.cancelled.rawValue)
          OR time_ms < 0
        """)
      for sort in [MinuteSort.requests, .serverErrors] {
        let minutes = try connection.prepare(Source(of: sort).sql)
        try fill { add in
          while try minutes.step() {
            var counts = MinuteCounts.zero
            let count = try minutes.integer(3, .count)
            if sort == .requests { counts.successes = count } else { counts.serverErrors = count }
            try add(
              counts, try minutes.integer(0, .time), minutes.integer(1), minutes.integer(2))
          }
        }
      }
      try fill { add in
        try Responses.ofEvents(since: since, on: connection) { responses in
          guard let time = responses.time else { return }
          var counts = responses.minuteCounts
          // These are counted already.
          (counts.errors, counts.serverErrors) = (0, 0)
          try add(counts, time, responses.vendor, responses.gateway)
        }
      }
    }
  }

  /// Writes rows hour by hour; what is handed over comes in order of time.
  private func fill(
    _ read: (
      _ add: (_ counts: MinuteCounts, _ time: Int64, _ vendor: Int64, _ gateway: Int64) throws ->
        Void
    ) throws -> Void
  ) throws {
    var hours: Hours = [:]
    var current = Int64.min
    func flush() throws {
      for (key, hour) in hours { try write(hour, of: key) }
      hours.removeAll(keepingCapacity: true)
    }
    try read { counts, time, vendor, gateway in
      let hour = time.rounded(downTo: Milliseconds.hour)
      if hour != current {
        try flush()
        current = hour
      }
      hours.add(counts, at: time, vendor: vendor, gateway: gateway)
    }
    try flush()
  }
}
