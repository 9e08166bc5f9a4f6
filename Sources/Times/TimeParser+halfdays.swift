internal import Files

/// `11/20/2026, 8:00:00.123 AM`, as American consoles export it: the month first, twelve hours twice.
/// With small letters others write it, who put the day first: that is no time.
func parseHalfDayForm(_ text: Bytes, zone: Zone) -> Int64? {
  guard text.count >= 16, text.last == UInt8(ascii: "M"), text[text.count - 3] == ASCII.space
  else { return nil }
  let isAfternoon = text[text.count - 2] == UInt8(ascii: "P")
  guard isAfternoon || text[text.count - 2] == UInt8(ascii: "A") else { return nil }

  var cursor = Cursor(text.part(0..<text.count - 3))
  guard let month = cursor.digits(1...2), cursor.skip(ASCII.slash),
    let day = cursor.digits(1...2), cursor.skip(ASCII.slash), let year = cursor.digits(4...4),
    let date = CivilDate(year: year, month: month, day: day)
  else { return nil }
  cursor.skip(ASCII.comma)
  guard cursor.skipSpaces() > 0, let hour = cursor.digits(1...2), (1...12).contains(hour),
    cursor.skip(ASCII.colon), let minute = cursor.digits(2...2), minute < 60
  else { return nil }
  var seconds = 0.0
  if cursor.skip(ASCII.colon) {
    let start = cursor.position
    guard cursor.digits(2...2) != nil else { return nil }
    if cursor.skip(ASCII.dot) { guard cursor.skipDigits() > 0 else { return nil } }
    guard let number = cursor.bytes.part(start..<cursor.position).number, number < 60 else {
      return nil
    }
    seconds = number
  }
  guard cursor.isAtEnd else { return nil }
  let hours = hour % 12 + (isAfternoon ? 12 : 0)
  let clock = Int64(hours * 60 + minute) * Milliseconds.minute + Int64(seconds * 1000 + 0.0005)
  return plausible(zone.utc(ofLocal: Int64(date.dayNumber) * Milliseconds.day + clock))
}
