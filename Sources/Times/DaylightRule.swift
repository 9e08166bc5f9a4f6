internal import Files

/// Summer time by rule: `CET-1CEST,M3.5.0,M10.5.0/3`, as POSIX has it in `TZ` and RFC 8536 at the
/// end of a TZif file.
///
/// https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html#tag_08_03
struct DaylightRule: Sendable {
  /// Seconds east of UTC.
  let standard: Int
  private let daylight: Int
  /// When daylight time starts and ends; nil where there is none.
  private let changes: (start: Change, end: Change)?

  init?(_ text: Bytes) {
    var cursor = Cursor(text)
    guard cursor.skipZoneName(), let west = cursor.time(hours: 24) else { return nil }
    standard = -west
    if cursor.isAtEnd {
      daylight = standard
      changes = nil
      return
    }
    guard cursor.skipZoneName() else { return nil }
    if cursor.next == ASCII.comma {
      daylight = standard + 3600
    } else {
      guard let west = cursor.time(hours: 24) else { return nil }
      daylight = -west
    }
    guard cursor.skip(ASCII.comma), let start = cursor.change(), cursor.skip(ASCII.comma),
      let end = cursor.change(), cursor.isAtEnd
    else { return nil }
    changes = (start, end)
  }

  var hasDaylightTime: Bool { changes != nil }

  /// Seconds east of UTC at `time`, in seconds since the epoch.
  func offset(at time: Int64) -> Int {
    guard let changes else { return standard }
    let day = floorDivide(time.addingClamped(Int64(standard)), by: 86_400)
    let year = CivilDate(dayNumber: Int(day)).year
    let start = changes.start.local(in: year) - Int64(standard)
    let end = changes.end.local(in: year) - Int64(daylight)
    // South of the equator, summer spans the new year.
    let isDaylight = start < end ? start <= time && time < end : !(end <= time && time < start)
    return isDaylight ? daylight : standard
  }
}

/// A moment of every year.
private struct Change {
  enum Day {
    /// The weekday (0 for Sunday) of the month's week 1 to 4, or its last (5).
    case weekday(Int, week: Int, month: Int)
    /// 1 to 365; 29 February is not counted.
    case ordinal(Int)
    /// 0 to 365; 29 February is counted.
    case fromZero(Int)
  }

  let day: Day
  /// Seconds after midnight; perhaps negative, perhaps days.
  let time: Int

  /// Local seconds since the epoch.
  func local(in year: Int) -> Int64 {
    let newYear = daysFromCivil(year: year, month: 1, day: 1)
    let number =
      switch day {
      case .ordinal(let day): newYear + day - (CivilDate.isLeap(year) && day > 59 ? 0 : 1)
      case .fromZero(let day): newYear + day
      case .weekday(let weekday, let week, let month):
        number(ofWeekday: weekday, week: week, month: month, year: year)
      }
    return Int64(number) * 86_400 + Int64(time)
  }

  private func number(ofWeekday weekday: Int, week: Int, month: Int, year: Int) -> Int {
    let first = daysFromCivil(year: year, month: month, day: 1)
    let distance = (weekday - isoWeekday(ofDay: first) % 7 + 7) % 7
    var day = distance + (week - 1) * 7
    if day >= CivilDate.days(inMonth: month, of: year) { day -= 7 }
    return first + day
  }
}

extension Cursor {
  /// `CET` or `<+0545>`.
  fileprivate mutating func skipZoneName() -> Bool {
    if skip(0x3C) {
      while let byte = next, byte != 0x3E { position += 1 }
      return skip(0x3E)
    }
    return word().count >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  fileprivate mutating func time(hours limit: Int) -> Int? {
    let isNegative = skip(ASCII.dash)
    if !isNegative { skip(ASCII.plus) }
    guard let hours = digits(1...3), hours <= limit else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where skip(ASCII.colon) {
      guard let part = digits(1...2), part < 60 else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `M3.5.0`, `J60`, `59`, each perhaps with `/time`; the time is 02:00 if none is given.
  fileprivate mutating func change() -> Change? {
    let day: Change.Day
    if skip(0x4D) {
      guard let month = digits(1...2), 1...12 ~= month, skip(ASCII.dot),
        let week = digits(1...1), 1...5 ~= week, skip(ASCII.dot),
        let weekday = digits(1...1), weekday < 7
      else { return nil }
      day = .weekday(weekday, week: week, month: month)
    } else if skip(0x4A) {
      guard let ordinal = digits(1...3), 1...365 ~= ordinal else { return nil }
      day = .ordinal(ordinal)
    } else {
      guard let number = digits(1...3), number <= 365 else { return nil }
      day = .fromZero(number)
    }
    guard skip(ASCII.slash) else { return Change(day: day, time: 7200) }
    return time(hours: 167).map { Change(day: day, time: $0) }
  }
}
