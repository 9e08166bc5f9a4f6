internal import Files

/// How long a bucket of time is: `15m`, `1h`, `1d`, `1w`.
///
/// Days and weeks are those of the calendar, so a day may have 23 or 25 hours. `7d` is a week and
/// begins on a Monday, as `2w` does; other numbers of days are counted from 1970-01-01. What is
/// shorter than a day is time elapsed since its midnight, and a day's last bucket ends with the
/// day: when clocks go forward, two-hour buckets start at 00:00, 03:00, 05:00… and the last has
/// one hour.
///
/// Every instant is in exactly one bucket.
package struct Every: Sendable, Hashable {
  private enum Step: Hashable {
    case milliseconds(Int64)
    /// That many days, counted from the day `origin`.
    case days(Int, origin: Int)
  }

  private let step: Step

  package static let hour = Every(step: .milliseconds(Milliseconds.hour))
  package static let threeHours = Every(step: .milliseconds(3 * Milliseconds.hour))
  package static let day = Every(step: .days(1, origin: 0))
  package static let week = Every(step: .days(7, origin: firstMonday))

  /// 1969-12-29.
  private static let firstMonday = -3

  private init(step: Step) {
    self.step = step
  }

  package init(_ text: String) throws(TimeError) {
    let parsed = text.lowercased().withBytes { bytes -> (count: Int, unit: Int64)? in
      var cursor = Cursor(bytes)
      guard let count = cursor.digits(1...7), count > 0, let unit = cursor.next,
        let length = unitLength(unit), cursor.position + 1 == bytes.count
      else { return nil }
      return (count, length)
    }
    guard let (count, unit) = parsed else {
      throw TimeError(
        message: "“\(text)” is no length of time",
        hint: "write a number and a unit, as in 15m, 1h, 1d or 1w")
    }
    let length = Int64(count) * unit
    guard length < Milliseconds.day || length % Milliseconds.day == 0 else {
      throw TimeError(
        message: "“\(text)” is more than a day, but not whole days",
        hint: "write less than 24h, or whole days as in 2d")
    }
    guard length <= 3660 * Milliseconds.day else {
      throw TimeError(
        message: "“\(text)” is too long", hint: "the longest buckets have 3660 days")
    }
    guard length >= Milliseconds.day else {
      step = .milliseconds(length)
      return
    }
    let days = Int(length / Milliseconds.day)
    let isWeeks = unit == 7 * Milliseconds.day || days == 7
    step = .days(days, origin: isWeeks ? Self.firstMonday : 0)
  }

  /// The usual length of a bucket in milliseconds, no clocks being changed.
  package var length: Int64 {
    switch step {
    case .milliseconds(let length): length
    case .days(let days, _): Int64(days) * Milliseconds.day
    }
  }

  /// The shortest way to write it: `1h` for 60m.
  package var text: String {
    if case .days(let days, Self.firstMonday) = step { return "\(days / 7)w" }
    let units = [("d", Milliseconds.day), ("h", Milliseconds.hour), ("m", Milliseconds.minute)]
    for (name, unit) in units where length % unit == 0 { return "\(length / unit)\(name)" }
    return "\(length / Milliseconds.second)s"
  }

  /// The bucket that holds `time`. Times are taken to be in the years 1 to 9999.
  package func bucket(of time: Int64, zone: Zone) -> TimeRange {
    let time = time.clamped(to: Milliseconds.calendar)
    let day = zone.day(of: time)
    switch step {
    case .milliseconds(let length):
      let midnight = zone.start(ofDay: day)
      let start = midnight + (time - midnight) / length * length
      return TimeRange(
        since: start, until: min(start + length, firstStart(after: time, day, by: 1, zone)))
    case .days(let days, let origin):
      let first = floorDivide(day - origin, by: days) * days + origin
      return TimeRange(
        since: zone.start(ofDay: first), until: firstStart(after: time, first, by: days, zone))
    }
  }

  /// The buckets that hold any of `range`, in order and without holes. None is cut: the first may
  /// start before the range and the last end after it.
  ///
  /// - Throws: where they are more than a million.
  package func buckets(
    covering range: TimeRange, zone: Zone
  ) throws(TimeError) -> [TimeRange] {
    guard !range.isEmpty else { return [] }
    let end = range.until.clamped(to: Milliseconds.calendar)
    var buckets = [bucket(of: range.since, zone: zone)]
    while let last = buckets.last, last.until < end {
      guard buckets.count < 1_000_000 else {
        throw TimeError(
          message: "that makes over a million steps of \(text)",
          hint: "take longer steps or a shorter range")
      }
      buckets.append(bucket(of: last.until, zone: zone))
    }
    return buckets
  }

  /// The start of the first day after `time` that is a multiple of `days` after `day`; a zone that
  /// moved across the date line has a day without any time.
  private func firstStart(after time: Int64, _ day: Int, by days: Int, _ zone: Zone) -> Int64 {
    var day = day
    repeat { day += days } while zone.start(ofDay: day) <= time
    return zone.start(ofDay: day)
  }
}
