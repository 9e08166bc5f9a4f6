internal import Files

/// A moment as people name one, for `--since` and `--until`.
///
/// `2026-11-20T14:02:00Z`; without an offset, or a date alone, by the zone's clocks; `now`,
/// `today`, `yesterday`, a weekday (the latest midnight that began one), `2026-W46` (the Monday's
/// midnight); `7d`, `36h`, `90m`, `2w`, `1d12h`, `3 days ago`, also with a dash before it: that many
/// times 24 hours and the like before now, whatever clocks did in between.
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
  let length = word.withBytes(parseAgo)
  if length != nil || word.hasPrefix("-") {
    guard let length, let time = plausible(now - length) else {
      throw TimeError(
        message: "cannot go back by “\(text)”",
        hint: "write a number and a unit, as in 90m, 36h, 7d or 2w")
    }
    return time
  }
  if let week = try? ISOWeek(text) { return week.range(in: zone).since }
  if let time = text.withBytes({ parseCalendarForm($0.trimmed, zone: zone) }) { return time }
  throw TimeError(
    message: "no such time: “\(text)”",
    hint: "write 2026-11-20, 2026-11-20T14:02:00Z, 7d, today, monday or 2026-W46; "
      + "times reach from 1990 to 2099")
}

/// The milliseconds of `7d`, `-90m`, `1d12h` and `2 weeks ago`; nil for what is no such length.
private func parseAgo(_ text: Bytes) -> Int64? {
  var cursor = Cursor(text.trimmed)
  cursor.skip(ASCII.dash)
  var sum: Int64 = 0
  repeat {
    guard let count = cursor.digits(1...9) else { return nil }
    cursor.skipSpaces()
    guard let length = unitLength(named: cursor.word()) else { return nil }
    sum += Int64(count) * length
    if cursor.skipSpaces() > 0, cursor.next?.isLetter == true {
      guard cursor.word().elementsEqual("ago".utf8) else { return nil }
      break
    }
  } while !cursor.isAtEnd && cursor.position < longestAgo
  return cursor.isAtEnd ? sum : nil
}

/// Texts of more characters are no lengths.
private let longestAgo = 64

/// Milliseconds of a unit that is written out: `h`, `min`, `days`.
private func unitLength(named name: Bytes) -> Int64? {
  if name.count == 1 { return unitLength(name[0]) }
  let units: [StaticString] = ["sec", "min", "hr", "second", "minute", "hour", "day", "week"]
  for unit in units {
    let isPlural = name.last == UInt8(ascii: "s")
    if name.part(0..<name.count - (isPlural ? 1 : 0)).isEqual(ignoringCase: unit) {
      return unitLength(unit.utf8Start[0])
    }
  }
  return nil
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
