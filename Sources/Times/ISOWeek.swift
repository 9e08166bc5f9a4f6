internal import Files

/// A week from Monday to Sunday. The first of a year is the one with its first Thursday.
package struct ISOWeek: Sendable, Hashable {
  /// The year the week belongs to, which on up to three days is not that of the date.
  package let year: Int
  /// 1 to 52 or 53.
  package let week: Int

  /// Nil where the year has no such week, and outside the years 1 to 9999.
  package init?(year: Int, week: Int) {
    guard 1...9999 ~= year, week >= 1, week <= Self.weeks(of: year) else { return nil }
    self.year = year
    self.week = week
  }

  /// The week of a moment, by the clocks of `zone`.
  package init(of time: Int64, zone: Zone) {
    self.init(day: zone.day(of: time.clamped(to: Milliseconds.calendar)))
  }

  /// Reads `2026-W46`.
  package init(_ text: String) throws(TimeError) {
    let parsed = text.withBytes { bytes -> (year: Int, week: Int)? in
      var cursor = Cursor(bytes)
      guard let year = cursor.digits(4...4) else { return nil }
      cursor.skip(ASCII.dash)
      guard cursor.skip(0x57) || cursor.skip(0x77), let week = cursor.digits(1...2),
        cursor.isAtEnd
      else { return nil }
      return (year, week)
    }
    guard let (year, week) = parsed else {
      throw TimeError(message: "“\(text)” is no week", hint: "write it as in 2026-W46")
    }
    guard let value = ISOWeek(year: year, week: week) else {
      throw TimeError(
        message: "there is no week \(week) in \(year)",
        hint: year > 0 ? "\(year) has \(Self.weeks(of: year)) weeks" : "years begin with 0001")
    }
    self = value
  }

  /// The week of the day `day` days after 1970-01-01.
  private init(day: Int) {
    let thursday = day - isoWeekday(ofDay: day) + 4
    year = CivilDate(dayNumber: thursday).year
    week = (thursday - daysFromCivil(year: year, month: 1, day: 1)) / 7 + 1
  }

  package var text: String {
    let digits = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(padding)\(digits)-W\(week < 10 ? "0" : "")\(week)"
  }

  package var previous: ISOWeek { ISOWeek(day: monday - 7) }

  /// From Monday's first instant to the next Monday's.
  package func range(in zone: Zone) -> TimeRange {
    TimeRange(since: zone.start(ofDay: monday), until: zone.start(ofDay: monday + 7))
  }

  /// Days since 1970-01-01. 4 January is always in week 1.
  private var monday: Int {
    let fourth = daysFromCivil(year: year, month: 1, day: 4)
    return fourth - isoWeekday(ofDay: fourth) + 1 + (week - 1) * 7
  }

  private static func weeks(of year: Int) -> Int {
    ISOWeek(day: daysFromCivil(year: year, month: 12, day: 28)).week
  }
}

extension ISOWeek: Comparable {
  package static func < (one: ISOWeek, other: ISOWeek) -> Bool {
    (one.year, one.week) < (other.year, other.week)
  }
}
