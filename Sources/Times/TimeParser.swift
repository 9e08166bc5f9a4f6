package import Files

/// The time that `text` tells, in whichever form logs have for it; nil for what is no time, for a
/// date the calendar lacks, and for a time outside 1990 to 2099.
///
/// What is finer than a millisecond is dropped. Second 60 is the last millisecond of its minute;
/// 24:00:00 is the next midnight; a date alone is its first instant.
///
/// - Parameters:
///   - zone: where the clock hung, for a time that does not say.
///   - reference: a time near it, for a form without a year (RFC 3164): the latest year that puts
///     it no more than a day after the reference. Nil: such a form is no time.
package func parseTime(_ text: Bytes, zone: Zone, reference: Int64? = nil) -> Int64? {
  parseTimestamp(text, zone: zone) ?? parseForm(text, zone: zone, reference: reference)
}

/// The time of a count since the epoch: seconds, milliseconds, microseconds or nanoseconds, as its
/// magnitude tells. Nil outside 1990 to 2099.
package func parseTime(integer: Int64) -> Int64? {
  switch integer {
  case ..<100_000_000_000: plausible(integer.multipliedReportingOverflow(by: 1000).partialValue)
  case ..<100_000_000_000_000: plausible(integer)
  case ..<100_000_000_000_000_000: plausible(integer / 1000)
  default: plausible(integer / 1_000_000)
  }
}

/// The same for a count with decimals. A double is good for microseconds, and is read as such.
package func parseTime(number: Double) -> Int64? {
  guard number >= 0, number < 1e19 else { return nil }
  let milliseconds =
    switch number {
    case ..<1e11: number * 1000
    case ..<1e14: number
    case ..<1e17: number / 1000
    default: number / 1_000_000
    }
  // Half a microsecond makes up for what the double lost: …123.456 must not become …123.455.
  return plausible(Int64((milliseconds + 0.0005).rounded(.down)))
}

/// The time itself if it is one that a log can speak of.
func plausible(_ time: Int64) -> Int64? {
  time >= 631_152_000_000 && time < 4_102_444_800_000 ? time : nil
}

/// The form nearly all lines have: `2026-11-20T23:40:44.908Z`, or with a space or an offset.
///
/// Refuses whatever is not plain about it; `parseForm` then looks again.
private func parseTimestamp(_ text: Bytes, zone: Zone) -> Int64? {
  let count = text.count
  guard count >= 19, let byte = text.baseAddress else { return nil }
  guard byte[4] == ASCII.dash, byte[7] == ASCII.dash, byte[13] == ASCII.colon,
    byte[16] == ASCII.colon,
    byte[10] | 0x20 == ASCII.T | 0x20 || byte[10] == ASCII.space
  else { return nil }

  var wrong: UInt8 = 0
  let century = pair(byte, 0, &wrong)
  let yearOfCentury = pair(byte, 2, &wrong)
  let month = pair(byte, 5, &wrong)
  let day = pair(byte, 8, &wrong)
  let hour = pair(byte, 11, &wrong)
  let minute = pair(byte, 14, &wrong)
  let second = pair(byte, 17, &wrong)
  let year = century * 100 + yearOfCentury
  guard wrong == 0, hour < 24, minute < 60, second < 60, month >= 1, month <= 12, day >= 1,
    day <= 28 || day <= CivilDate.days(inMonth: month, of: year)
  else { return nil }

  var millisecond = 0
  var index = 19
  if index < count, byte[index] == ASCII.dot || byte[index] == ASCII.comma {
    index += 1
    let start = index
    var weight = 100
    while index < count, let digit = byte[index].digit {
      millisecond += digit * weight
      weight = weight == 100 ? 10 : weight == 10 ? 1 : 0
      index += 1
    }
    guard index > start else { return nil }
  }
  let seconds =
    ((daysFromCivil(year: year, month: month, day: day) * 24 + hour) * 60 + minute) * 60 + second
  let local = Int64(seconds * 1000 + millisecond)

  if index == count { return plausible(zone.utc(ofLocal: local)) }
  if index + 1 == count, byte[index] | 0x20 == ASCII.Z | 0x20 { return plausible(local) }
  guard index + 5 <= count else { return nil }
  let minutes = index + (byte[index + 3] == ASCII.colon ? 4 : 3)
  guard minutes + 2 == count else { return nil }
  let offsetHour = pair(byte, index + 1, &wrong)
  let offsetMinute = pair(byte, minutes, &wrong)
  guard wrong == 0, offsetHour < 24, offsetMinute < 60 else { return nil }
  let offset = Int64(offsetHour * 60 + offsetMinute) * Milliseconds.minute
  switch byte[index] {
  case ASCII.plus: return plausible(local - offset)
  case ASCII.dash: return plausible(local + offset)
  default: return nil
  }
}

/// The number two digits make; marks `wrong` if one of them is none.
@inline(__always)
private func pair(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ wrong: inout UInt8) -> Int {
  let tens = bytes[index] &- ASCII.zero
  let ones = bytes[index + 1] &- ASCII.zero
  wrong |= (tens > 9 ? 1 : 0) | (ones > 9 ? 1 : 0)
  return Int(tens) * 10 + Int(ones)
}
