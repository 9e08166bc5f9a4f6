/// Neighbouring minutes of one hour by the local clock, and of one part of a day of the series.
struct LocalHour {
  /// Indices of minutes, from the start of the series.
  var minutes: Range<Int>
  /// Which minute of the local hour the first one is, 0 to 59.
  var phase: Int
  /// The hour of the local day, plus 24 on Saturdays and Sundays: 0 to 47.
  var cell: Int
  /// Which part of a day: at first the day, of 1440 minutes from its start, whatever the clock
  /// says.
  var dayPart: Int
}

/// Cuts a series into local hours. The offset from UTC is asked for once in every hour of UTC.
///
/// - Parameters:
///   - count: the minutes of the series.
///   - instant: the time at which a minute begins, by its index, in milliseconds since the epoch.
///   - localMinutes: minutes to add to UTC at a time in milliseconds since the epoch.
func localHours(
  of count: Int, at instant: (Int) -> Int64, localMinutes: (Int64) -> Int
) -> [LocalHour] {
  let first = Int(instant(0).floorDivided(by: 60_000))
  var hours: [LocalHour] = []
  hours.reserveCapacity(count / 60 + count / 1440 + 2)
  var offset = 0
  var minute = 0
  while minute < count {
    let utc = first + minute
    let utcPhase = remainder(utc, 60)
    if minute == 0 || utcPhase == 0 {
      offset = max(-1440, min(1440, localMinutes(instant(minute))))
    }
    let local = utc + offset
    let phase = remainder(local, 60)
    let day = minute / 1440
    let weekday = remainder(quotient(local, 1440) + 3, 7)  // the epoch began on a Thursday
    let next = min(minute + 60 - max(phase, utcPhase), (day + 1) * 1440, count)
    hours.append(
      LocalHour(
        minutes: minute..<next, phase: phase,
        cell: remainder(quotient(local, 60), 24) + (weekday >= 5 ? 24 : 0), dayPart: day))
    minute = next
  }
  return hours
}

private func quotient(_ value: Int, _ divisor: Int) -> Int {
  Int(Int64(value).floorDivided(by: Int64(divisor)))
}

private func remainder(_ value: Int, _ divisor: Int) -> Int {
  value - quotient(value, divisor) * divisor
}
