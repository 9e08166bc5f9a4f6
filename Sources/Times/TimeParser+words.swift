internal import Files

extension Cursor {
  /// A date in words around a time of day, in whatever order and language: `February - 10, 2012:16:42:07`,
  /// `24 de marzo de 2013 10:11:12`, `Пт, 20 ноя 2026 23:40:44 +0300`. Nil unless there is one month, one day,
  /// one year and one time of day.
  static func wordedForm(_ text: Bytes, zone: Zone) -> Int64? {
    guard (14...64).contains(text.count), let clock = clockStart(in: text) else { return nil }
    var month: Int?
    var day: Int?
    var year: Int?
    var strangers = 0
    var cursor = Cursor(text.part(0..<clock))
    while let byte = cursor.next {
      if byte.digit != nil {
        let start = cursor.position
        guard let number = cursor.digits(1...4) else { return nil }
        let length = cursor.position - start
        if cursor.next?.digit != nil { return nil }
        if length == 4, year == nil {
          year = number
        } else if length < 3, day == nil {
          day = number
        } else {
          return nil
        }
      } else if byte.isLetter || byte >= 0x80 {
        let word = cursor.monthName()
        // A day of the week may be called like a month: the name before the clock counts.
        if let found = monthNumber(word) {
          month = found
        } else if weekdayNumber(word) == nil, !isConnecting(word) {
          // A day of the week in another alphabet is one word.
          guard word.contains(where: { $0 >= 0x80 }) else { return nil }
          strangers += 1
        }
      } else {
        guard isJoint(byte) else { return nil }
        cursor.position += 1
      }
    }
    guard let month, let day, let year, strangers < 2,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    var rest = Cursor(text.part(clock..<text.count))
    return rest.clockAndOffset(isCompact: false, on: date, zone: zone)
  }

  /// `24 de marzo de 2013 a las 10:11`
  private static func isConnecting(_ word: Bytes) -> Bool {
    connecting.contains { word.isEqual(ignoringCase: $0) }
  }

  private static let connecting: [StaticString] = [
    "de", "del", "of", "at", "um", "a", "las", "às", "le", "el", "den", "г.", "г", "р.", "kl",
  ]

  private static func isJoint(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == ASCII.dash || byte == ASCII.comma || byte == ASCII.dot
      || byte == ASCII.colon
  }

  /// Where two digits, a colon and two digits stand.
  private static func clockStart(in text: Bytes) -> Int? {
    guard text.place(of: ASCII.colon) != nil else { return nil }
    for start in 0..<max(0, text.count - 4)
    where text[start + 2] == ASCII.colon && text[start].digit != nil && text[start + 1].digit != nil
      && text[start + 3].digit != nil && text[start + 4].digit != nil
      && (start == 0 || text[start - 1].digit == nil)
    {
      return start
    }
    return nil
  }
}
