// Stretches of time as calendars see them.
extension Zone {
  /// The range that the zone's clocks show so many days later, or earlier: as long as that one, but
  /// for what clocks were set forward or back.
  package func shifted(_ range: TimeRange, byDays days: Int) -> TimeRange {
    func shifted(_ time: Int64) -> Int64 {
      utc(ofLocal: local(of: time).addingClamped(Int64(days) * Milliseconds.day))
    }
    return TimeRange(since: shifted(range.since), until: shifted(range.until))
  }

  /// A range that begins at another time and ends when clocks have gone as far as in `range`.
  package func moved(_ range: TimeRange, to since: Int64) -> TimeRange {
    let span = local(of: range.until).addingClamped(-local(of: range.since))
    return TimeRange(since: since, until: utc(ofLocal: local(of: since).addingClamped(span)))
  }

  /// Whether the zone's clocks show midnight.
  package func isMidnight(_ time: Int64) -> Bool {
    local(of: time) % Milliseconds.day == 0
  }

  /// The weekday clocks show, 0 for Monday to 6, and the hour, 0 to 23.
  package func weekHour(of time: Int64) -> (weekday: Int, hour: Int) {
    let hours = floorDivide(local(of: time), by: Milliseconds.hour)
    let day = floorDivide(hours, by: 24)
    return (isoWeekday(ofDay: Int(day)) - 1, Int(hours - day * 24))
  }
}
