/// `2026-11-20T14:02:00.000Z`.
///
/// Years beyond 9999 have more digits, those before the year 0 a sign.
package func formatTime(_ time: Int64) -> String {
  let date = CivilDate(dayNumber: Int(floorDivide(time, by: Milliseconds.day)))
  return formatted(date, clock: clock(of: time), digits: 9, separator: ASCII.T, suffix: ASCII.Z)
}

/// How much of a local time is shown.
package enum TimeStyle: Sendable {
  /// `2026-11-20 14:02`
  case minutes
  /// `2026-11-20 14:02:05`
  case seconds
  /// `2026-11-20`
  case date
  /// `Fri 20 Nov`
  case weekday
}

/// A time as the clocks of `zone` show it, for people.
package func formatLocal(_ time: Int64, zone: Zone, style: TimeStyle = .minutes) -> String {
  let local = zone.local(of: time)
  let date = CivilDate(dayNumber: Int(floorDivide(local, by: Milliseconds.day)))
  let digits =
    switch style {
    case .minutes: 4
    case .seconds: 6
    case .date: 0
    case .weekday: nil as Int?
    }
  guard let digits else {
    let month = monthAbbreviation(date.month)
    return "\(weekdayAbbreviation(date.weekday)) \(date.day) \(month)"
  }
  return formatted(
    date, clock: clock(of: local), digits: digits, separator: ASCII.space, suffix: nil)
}

/// `850 ms`, `42 s`, `3 min 12 s`, `5 h 3 min`, `2 d 4 h`: rounded down to its two largest units.
package func formatDuration(_ milliseconds: Int64) -> String {
  let sign = milliseconds < 0 ? "-" : ""
  let length = milliseconds.magnitude
  let units: [(name: String, length: UInt64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
  ]
  guard let largest = units.firstIndex(where: { length >= $0.length }) else { return "0 s" }
  let (count, rest) = length.quotientAndRemainder(dividingBy: units[largest].length)
  let text = "\(sign)\(count) \(units[largest].name)"
  // Nobody reads the milliseconds of a length in seconds.
  guard largest < 3 else { return text }
  let smaller = units[largest + 1]
  return rest < smaller.length ? text : "\(text) \(rest / smaller.length) \(smaller.name)"
}

/// Milliseconds since midnight.
private func clock(of local: Int64) -> Int {
  let rest = local % Milliseconds.day
  return Int(rest < 0 ? rest + Milliseconds.day : rest)
}

/// The date and as many digits of the clock as asked for: 0, 4, 6 or 9.
private func formatted(
  _ date: CivilDate, clock: Int, digits: Int, separator: UInt8, suffix: UInt8?
) -> String {
  // The longest year there can be has 9 digits and a sign.
  String(unsafeUninitializedCapacity: 40) { buffer in
    var count = 0
    func put(_ byte: UInt8) {
      buffer[count] = byte
      count += 1
    }
    func put(_ number: Int, width: Int) {
      var divisor = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        put(ASCII.zero + UInt8(number / divisor % 10))
        divisor /= 10
      }
    }
    if date.year < 0 { put(ASCII.dash) }
    let year = abs(date.year)
    put(year, width: year < 10_000 ? 4 : 9)
    put(ASCII.dash)
    put(date.month, width: 2)
    put(ASCII.dash)
    put(date.day, width: 2)
    if digits > 0 {
      put(separator)
      put(clock / 3_600_000, width: 2)
      put(ASCII.colon)
      put(clock / 60_000 % 60, width: 2)
    }
    if digits > 4 {
      put(ASCII.colon)
      put(clock / 1000 % 60, width: 2)
    }
    if digits > 6 {
      put(ASCII.dot)
      put(clock % 1000, width: 3)
    }
    if let suffix { put(suffix) }
    return count
  }
}
