internal import Files

/// A time in any form but the plainest. See `parseTime`.
func parseForm(_ text: Bytes, zone: Zone, reference: Int64?) -> Int64? {
  var cursor = Cursor(withoutBrackets(text.trimmed))
  guard let first = cursor.next else { return nil }
  if first.digit != nil {
    if let time = parseCalendarForm(cursor.bytes, zone: zone) { return time }
    var short = cursor
    return cursor.dayFirstForm(zone: zone) ?? short.shortForm(zone: zone)
      ?? parseCount(cursor.bytes) ?? parseHalfDayForm(cursor.bytes, zone: zone)
      ?? Cursor.wordedForm(cursor.bytes, zone: zone)
  }
  guard first.isLetter || first >= 0x80 else { return nil }
  return cursor.beginningWithWord(zone: zone, reference: reference)
    ?? Cursor.wordedForm(cursor.bytes, zone: zone)
}

extension Cursor {
  /// The forms that begin with a day of the week or a month.
  fileprivate mutating func beginningWithWord(zone: Zone, reference: Int64?) -> Int64? {
    var word = self.word()
    if weekdayNumber(word) != nil {
      skip(ASCII.comma)
      guard skipSpaces() > 0 else { return nil }
      if next?.digit != nil { return dayFirstForm(zone: zone) }
      word = self.word()
    }
    guard let month = monthNumber(word) else { return nil }
    return monthFirstForm(month: month, zone: zone, reference: reference)
  }
}

/// The forms that begin with a year: ISO 8601 with all its liberties, `2026/11/20 - 23:40:44`,
/// `20261120T234044Z`, a date alone.
func parseCalendarForm(_ text: Bytes, zone: Zone) -> Int64? {
  var cursor = Cursor(text)
  guard let year = cursor.digits(4...4) else { return nil }
  let separator = cursor.next
  let isCompact = separator?.digit != nil
  guard isCompact || separator == ASCII.dash || separator == ASCII.slash else { return nil }
  if !isCompact { cursor.position += 1 }
  guard let month = cursor.digits(2...2), isCompact || cursor.next == separator else { return nil }
  if !isCompact { cursor.position += 1 }
  guard let day = cursor.digits(2...2),
    let date = CivilDate(year: year, month: month, day: day)
  else { return nil }

  if cursor.isAtEnd {
    // Eight digits alone are a count of something.
    return isCompact ? nil : resolve(date, 0, .local, zone)
  }
  if !cursor.skip(ASCII.T), !cursor.skip(ASCII.T | 0x20) {
    if isCompact {
      // `20261120-234044`, as files and jobs are named.
      guard cursor.skip(ASCII.dash) else { return nil }
    } else {
      guard cursor.skipSpaces() > 0 else { return nil }
      if cursor.skip(ASCII.dash), cursor.skipSpaces() == 0 { return nil }
    }
  }
  return cursor.clockAndOffset(isCompact: isCompact, on: date, zone: zone)
}

/// Digits that count seconds or parts of them since the epoch.
private func parseCount(_ text: Bytes) -> Int64? {
  if let integer = text.integer { return parseTime(integer: integer) }
  return text.number.flatMap(parseTime(number:))
}

private func withoutBrackets(_ text: Bytes) -> Bytes {
  guard text.count >= 2, text[0] == ASCII.openBracket,
    text[text.count - 1] == ASCII.closeBracket
  else { return text }
  return text.part(1..<text.count - 1).trimmed
}

/// What a time says about its zone: a fixed offset in seconds east, or nothing.
private enum Offset {
  case fixed(Int)
  case local
}

private func resolve(_ date: CivilDate, _ clock: Int64, _ offset: Offset, _ zone: Zone) -> Int64? {
  let local = Int64(date.dayNumber) * Milliseconds.day + clock
  return switch offset {
  case .fixed(let seconds): plausible(local - Int64(seconds) * 1000)
  case .local: plausible(zone.utc(ofLocal: local))
  }
}

extension Cursor {
  /// `20/Nov/2026:23:43:07 +0000`, `21 Oct 2026 07:28:00 GMT`, `21-Oct-26 07:28:00 GMT`.
  fileprivate mutating func dayFirstForm(zone: Zone) -> Int64? {
    guard let day = digits(1...2), let separator = next,
      separator == ASCII.slash || separator == ASCII.dash || separator == ASCII.space
        || separator == ASCII.dot
    else { return nil }
    position += 1
    // `23/03/2017:14:34:05`, as the common log format has it with numbers alone, begins with the day,
    // and so do `23.03.2017 14:34:05` and what has no such month, `23/03/2017 14:34:05`.
    let isDotted = separator == ASCII.dot
    let isNumber = isDotted || separator == ASCII.slash && next?.digit != nil
    guard let month = isNumber ? digits(2...2) : monthNumber(monthName()), skip(separator) else {
      return nil
    }
    let start = position
    guard var year = digits(2...4), position != start + 3 else { return nil }
    if isNumber {
      guard position == start + 4,
        next == (isDotted ? ASCII.space : ASCII.colon)
          || !isDotted && day > 12 && next == ASCII.space
      else { return nil }
    }
    // RFC 850 has two digits; only one century of them is within reach.
    if position == start + 2 { year += year < 90 ? 2000 : 1900 }
    guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
    if isAtEnd { return resolve(date, 0, .local, zone) }
    guard skip(ASCII.colon) || skip(ASCII.T) || skipSpaces() > 0 else { return nil }
    return clockAndOffset(isCompact: false, on: date, zone: zone)
  }

  /// `261120 23:40:44`, as Tornado and older MySQL write it.
  fileprivate mutating func shortForm(zone: Zone) -> Int64? {
    let start = position
    guard let year = digits(2...2), let month = digits(2...2), let day = digits(2...2),
      position == start + 6, skipSpaces() > 0,
      let date = CivilDate(year: 2000 + year, month: month, day: day)
    else { return nil }
    return clockAndOffset(isCompact: false, on: date, zone: zone)
  }

  /// What follows the month in `Feb 25 16:19:49` (RFC 3164), `Nov 20 2026 23:40:44` and
  /// `Oct 21 07:28:00 UTC 2026` (asctime, date(1)).
  fileprivate mutating func monthFirstForm(month: Int, zone: Zone, reference: Int64?) -> Int64? {
    guard skipSpaces() > 0, let day = digits(1...2) else { return nil }
    skip(ASCII.comma)
    guard skipSpaces() > 0 else { return nil }
    if let mark = peek(4), mark.isSpace || mark == ASCII.comma, let year = digits(4...4) {
      // Kibana has an @ before the clock.
      skip(ASCII.comma)
      skipSpaces()
      if skip(UInt8(ascii: "@")) { skipSpaces() }
      guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
      return clockAndOffset(isCompact: false, on: date, zone: zone)
    }
    guard let clock = clock(isCompact: false), let offset = offset() else { return nil }
    if skipSpaces() > 0, let year = digits(4...4), isAtEnd {
      return CivilDate(year: year, month: month, day: day)
        .flatMap { resolve($0, clock, offset, zone) }
    }
    guard isAtEnd, let reference else { return nil }

    let latest = reference.addingClamped(Milliseconds.day)
    let thisYear = CivilDate(dayNumber: Int(floorDivide(latest, by: Milliseconds.day))).year
    // The eight years before hold a 29 February, even around 2000.
    for year in stride(from: thisYear + 1, through: thisYear - 8, by: -1) {
      if let date = CivilDate(year: year, month: month, day: day),
        let time = resolve(date, clock, offset, zone), time <= latest
      {
        return time
      }
    }
    return nil
  }

  mutating func clockAndOffset(isCompact: Bool, on date: CivilDate, zone: Zone)
    -> Int64?
  {
    guard let clock = clock(isCompact: isCompact), let offset = offset(), isAtEnd else {
      return nil
    }
    return resolve(date, clock, offset, zone)
  }

  /// Milliseconds since midnight: `23:40`, `23:40:44`, `23:40:44.908`, `23:40:44:908`; compact: without colons.
  private mutating func clock(isCompact: Bool) -> Int64? {
    guard let hour = digits(2...2), isCompact || skip(ASCII.colon), let minute = digits(2...2)
    else { return nil }
    var second = 0
    var millisecond = 0
    if isCompact ? next?.digit != nil : skip(ASCII.colon) {
      guard let digits = digits(2...2) else { return nil }
      second = digits
      // MinIO and log4net write milliseconds behind a colon.
      let isColon = !isCompact && skip(ASCII.colon)
      if isColon || skip(ASCII.dot) || skip(ASCII.comma) {
        let start = position
        guard skipDigits() > 0, !isColon || position - start == 3 else { return nil }
        for (index, weight) in [100, 10, 1].enumerated() where start + index < position {
          millisecond += (bytes[start + index].digit ?? 0) * weight
        }
      }
    }
    if second == 60 { (second, millisecond) = (59, 999) }
    guard minute < 60, second < 60 else { return nil }
    let time = Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
    return hour < 24 || time == Milliseconds.day ? time : nil
  }

  /// `Z`, `+01:00`, `+0100`, `+01`, ` GMT`; nil for what is none of them. `+0000 UTC` is how Go
  /// prints it, `+01:00[Europe/Berlin]` how Java does: the offset decides.
  private mutating func offset() -> Offset? {
    let start = position
    skipSpaces()
    if skip(ASCII.Z) || skip(ASCII.Z | 0x20) { return .fixed(0) }
    if let sign = next, sign == ASCII.plus || sign == ASCII.dash {
      position += 1
      guard let hours = digits(2...2) else { return nil }
      let hasColon = skip(ASCII.colon)
      guard let minutes = digits(2...2) ?? (hasColon ? nil : 0), hours < 24, minutes < 60 else {
        return nil
      }
      skipZoneName()
      let seconds = (hours * 60 + minutes) * 60
      return .fixed(sign == ASCII.dash ? -seconds : seconds)
    }
    let name = word()
    if name.isEmpty {
      position = start
      return .local
    }
    return hours(ofZone: name).map { .fixed($0 * 3600) }
  }

  private mutating func skipZoneName() {
    if skip(ASCII.openBracket) {
      while let byte = next, byte != ASCII.closeBracket, !byte.isSpace { position += 1 }
      skip(ASCII.closeBracket)
    } else if peek(0) == ASCII.space, peek(1)?.isLetter == true {
      skipSpaces()
      _ = word()
    }
  }
}

/// The hours east of the zone names of RFC 822, section 5.1.
private func hours(ofZone name: Bytes) -> Int? {
  for (zone, hours) in zoneNames where name.isEqual(ignoringCase: zone) { return hours }
  return nil
}

private let zoneNames: [(StaticString, Int)] = [
  ("GMT", 0), ("UTC", 0), ("UT", 0), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5),
  ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
]
