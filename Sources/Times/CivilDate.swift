/// A day of the Gregorian calendar.
package struct CivilDate: Sendable, Hashable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil where the calendar has no such day, and outside the years 0 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard 0...9999 ~= year, 1...12 ~= month, day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// The day `dayNumber` days after 1970-01-01.
  ///
  /// Source: Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html#civil_from_days
  package init(dayNumber: Int) {
    // No instant in 64 bits of milliseconds is farther away.
    let days = min(max(dayNumber, -110_000_000_000), 110_000_000_000) + 719_468
    let era = floorDivide(days, by: 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01.
  package var dayNumber: Int {
    daysFromCivil(year: year, month: month, day: day)
  }

  /// 1 for Monday to 7 for Sunday.
  package var weekday: Int { isoWeekday(ofDay: dayNumber) }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

/// The lengths of time that are always the same, in milliseconds.
package enum Milliseconds {
  package static let second: Int64 = 1000
  package static let minute: Int64 = 60_000
  package static let hour: Int64 = 3_600_000
  /// A day of 24 hours.
  package static let day: Int64 = 86_400_000

  /// The years 1 to 9999, to which calendar arithmetic is confined: nothing in it overflows.
  static let calendar: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}

/// Days from 1970-01-01 to a date that is known to exist.
///
/// Source: Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html#days_from_civil
func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
  let marchYear = month <= 2 ? year - 1 : year
  let era = floorDivide(marchYear, by: 400)
  let yearOfEra = marchYear - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// 1 for Monday to 7 for Sunday; 1970-01-01 was a Thursday.
func isoWeekday(ofDay dayNumber: Int) -> Int {
  let days = dayNumber % 7 + 10
  return days % 7 + 1
}

/// The quotient rounded towards the past.
func floorDivide<Number: FixedWidthInteger>(_ value: Number, by divisor: Number) -> Number {
  let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
  return rest < 0 ? quotient - 1 : quotient
}

extension FixedWidthInteger {
  func clamped(to range: ClosedRange<Self>) -> Self {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

extension Int64 {
  /// The sum, or the last number on its side of zero.
  package func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other < 0 ? .min : .max
  }
}
