internal import Files
internal import Questions
internal import SQLite
internal import Times

// Events of a short time.
extension StoreReader {
  /// What is longer than that has most of its batches' events.
  private static let short = 2 * Milliseconds.hour

  /// Asks about the events of a range, batch by batch in the order of their numbers. Of a short one
  /// only the part of each batch is read that has them.
  ///
  /// - Parameter columns: begin with a time, a vendor and a gateway.
  func eventRows(
    _ columns: String, during range: TimeRange, _ body: (Statement) throws -> Void
  ) throws {
    if range.length > StoreReader.short {
      return try rows("\(columns) \(Counted.events)", during: range, body)
    }
    try reading {
      try connection.atOneMoment {
        for numbers in try eventNumbers(during: range) where !numbers.isEmpty {
          try rows("\(columns) \(Counted.eventsAmong)", during: range) {
            $0.bind(numbers.lowerBound, at: 3)
            $0.bind(numbers.upperBound, at: 4)
          } _: {
            try body($0)
          }
        }
      }
    }
  }

  /// Among which numbers the events of a range are, batch by batch.
  ///
  /// How many errors the minutes of the range have is counted: as soon as so many are found, the rest
  /// of their batches, as a rule nearly all of it, is not looked at. Where counts were kept of events
  /// that are gone, so many are never found, and all is; so it is where counts cannot be read.
  private func eventNumbers(during range: TimeRange) throws -> [Range<Int64>] {
    let minute = Milliseconds.minute
    let minutes = TimeRange(
      since: range.since.rounded(downTo: minute),
      until: range.until.addingClamped(minute - 1).rounded(downTo: minute))
    if minutes.isEmpty { return [] }
    var missing = (try? errorCount(during: minutes)) ?? .max
    let count = try connection.prepare(Counted.eventCount)
    func look(among numbers: Range<Int64>) throws {
      let values = [minutes.since, minutes.until, numbers.lowerBound, numbers.upperBound]
      for (place, value) in values.enumerated() { count.bind(value, at: place + 1) }
      if try count.step() { missing -= count.integer(0) }
      count.reset()
    }
    var windows = try windows(onto: minutes)
    for window in windows { try look(among: window.seen) }
    while missing > 0, windows.contains(where: { !$0.isWhole }) {
      for place in windows.indices {
        for numbers in windows[place].widen() { try look(among: numbers) }
      }
    }
    return windows.map(\.seen)
  }

  /// How many errors are counted in whole minutes.
  private func errorCount(during minutes: TimeRange) throws -> Int64 {
    let counts = try connection.prepare(Counted.errorsByMinute)
    counts.bind(minutes.since, at: 1)
    counts.bind(minutes.until, at: 2)
    var sum: Int64 = 0
    while try counts.step() { sum = sum.addingClamped(max(0, counts.integer(0))) }
    return sum
  }

  /// A window onto each batch that has events of a range.
  private func windows(onto range: TimeRange) throws -> [EventWindow] {
    let batches = try connection.prepare(Counted.batches)
    batches.bind(range.since, at: 1)
    batches.bind(range.until, at: 2)
    let look = try connection.prepare(Counted.nextTime)
    var windows: [EventWindow] = []
    while try batches.step() {
      let first = try batches.integer(0, .number)
      let all = first..<max(first, try batches.integer(1, .number))
      let start = try EventWindow.place(of: range.since, in: all, by: look)
      let end = try EventWindow.place(of: range.until, in: start..<all.upperBound, by: look)
      windows.append(EventWindow(all: all, seen: start..<end))
    }
    return windows
  }
}

/// A part of a batch's events, by their numbers: those around a time, as they stand in about the order of
/// the log's lines, and these in about that of time.
private struct EventWindow {
  let all: Range<Int64>
  private(set) var seen: Range<Int64>
  /// How many events come to either side of it next.
  private var step: Int64 = 64

  init(all: Range<Int64>, seen: Range<Int64>) {
    self.all = all
    self.seen = seen
  }

  var isWhole: Bool { seen == all }

  /// Makes it wider; returns what came to it.
  mutating func widen() -> [Range<Int64>] {
    let start = max(all.lowerBound, seen.lowerBound - step)
    let end = min(all.upperBound, seen.upperBound + step)
    let parts = [start..<seen.lowerBound, seen.upperBound..<end]
    seen = start..<end
    step *= 2
    return parts.filter { !$0.isEmpty }
  }

  /// Where events from a time on would begin, if they stood in the order of their times.
  static func place(
    of time: Int64, in numbers: Range<Int64>, by look: Statement
  ) throws -> Int64 {
    var (start, end) = (numbers.lowerBound, numbers.upperBound)
    while start < end {
      let middle = start + (end - start) / 2
      look.bind(middle, at: 1)
      look.bind(end, at: 2)
      if try look.step(), look.integer(0) < time {
        start = min(end, look.integer(1) + 1)
      } else {
        end = middle
      }
      look.reset()
    }
    return start
  }
}

extension Counted {
  /// The events `e` of a range that have some numbers.
  static let eventsAmong = """
    FROM event e WHERE e.id >= ?3 AND e.id < ?4 AND e.time_ms BETWEEN ?1 AND ?2 - 1
    """

  fileprivate static let eventCount = "SELECT COUNT(*) \(eventsAmong)"

  static let errorsByMinute = "SELECT errors FROM minute WHERE time_ms >= ? AND time_ms < ?"

  fileprivate static let batches = """
    SELECT first_event, first_event + events FROM batch
      WHERE events > pruned AND last_time_ms >= ? AND first_time_ms < ? ORDER BY id
    """

  /// When the next event of some numbers was.
  static let nextTime = """
    SELECT time_ms, id FROM event WHERE id >= ? AND id < ? AND time_ms IS NOT NULL
      ORDER BY id LIMIT 1
    """
}
