internal import Files

/// A moment as people name one, for `--since` and `--until`.
///
/// `2026-11-20T14:02:00Z`; without an offset, or a date alone, by the zone's clocks; `now`,
/// `today`, `yesterday`, a weekday (the latest midnight that began one), `2026-W46` (the Monday's
/// midnight); `-90m`, `-36h`, `-7d`, `-2w`: that many times 24 hours and the like before now,
/// whatever clocks did in between.
///
/// - Returns: milliseconds since the epoch.
package func parseMoment(_ text: String, now: Int64, zone: Zone) throws(TimeError) -> Int64 {
  let word = text.lowercased()
  let now = now.clamped(to: Milliseconds.calendar)
  let today = zone.day(of: now)
  switch word {
  case "now": return now
  case "today": return zone.start(ofDay: today)
  case "yesterday": return zone.start(ofDay: today - 1)
  default: break
  }
  if let weekday = word.withBytes(weekdayNumber) {
    let distance = (isoWeekday(ofDay: today) - weekday + 7) % 7
    return zone.start(ofDay: today - distance)
  }
  if word.hasPrefix("-") {
    guard let length = word.withBytes(parseLength), let time = plausible(now - length) else {
      throw TimeError(
        message: "cannot go back by “\(text)”",
        hint: "write a number and a unit, as in -90m, -36h, -7d or -2w")
    }
    return time
  }
  if let week = try? ISOWeek(text) { return week.range(in: zone).since }
  if let time = text.withBytes({ parseCalendarForm($0.trimmed, zone: zone) }) { return time }
  throw TimeError(
    message: "no such time: “\(text)”",
    hint: "write 2026-11-20, 2026-11-20T14:02:00Z, -7d, today, monday or 2026-W46; "
      + "times reach from 1990 to 2099")
}

/// The milliseconds of `-90m`.
private func parseLength(_ text: Bytes) -> Int64? {
  var cursor = Cursor(text)
  guard cursor.skip(ASCII.dash), let count = cursor.digits(1...9), let unit = cursor.next,
    let length = unitLength(unit)
  else { return nil }
  cursor.position += 1
  return cursor.isAtEnd ? Int64(count) * length : nil
}

/// Milliseconds of an `s`, `m`, `h`, `d` or `w`.
func unitLength(_ unit: UInt8) -> Int64? {
  switch unit {
  case UInt8(ascii: "s"): Milliseconds.second
  case UInt8(ascii: "m"): Milliseconds.minute
  case UInt8(ascii: "h"): Milliseconds.hour
  case UInt8(ascii: "d"): Milliseconds.day
  case UInt8(ascii: "w"): 7 * Milliseconds.day
  default: nil
  }
}
