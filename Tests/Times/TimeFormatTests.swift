import Testing
import Times

@Suite struct TimeFormatTests {
  @Test(
    arguments: [
      (1_795_183_320_000, "2026-11-20T14:02:00.000Z"), (0, "1970-01-01T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
      (253_402_300_800_000, "000010000-01-01T00:00:00.000Z"),
      (.max, "292278994-08-17T07:12:55.807Z"), (.min, "-292275055-05-16T16:47:04.192Z"),
    ] as [(Int64, String)])
  func `a time is written in UTC`(time: Int64, text: String) {
    #expect(formatTime(time) == text)
  }

  @Test(arguments: [
    (TimeStyle.minutes, "2026-11-20 15:02"), (.seconds, "2026-11-20 15:02:05"),
    (.date, "2026-11-20"), (.weekday, "Fri 20 Nov"),
  ])
  func `people see their own clock`(style: TimeStyle, text: String) throws {
    let zone = try Zone(named: "Europe/Berlin")
    #expect(formatLocal(at("2026-11-20T14:02:05.999Z"), zone: zone, style: style) == text)
  }

  @Test(
    arguments: [
      (0, "0 s"), (850, "850 ms"), (1000, "1 s"), (59_999, "59 s"), (60_000, "1 min"),
      (192_000, "3 min 12 s"), (10_980_000, "3 h 3 min"), (3_600_000, "1 h"),
      (187_200_000, "2 d 4 h"), (-192_000, "-3 min 12 s"), (86_400_001, "1 d"),
      (.min, "-106751991167 d 7 h"),
    ] as [(Int64, String)])
  func `a length has its two largest units`(length: Int64, text: String) {
    #expect(formatDuration(length) == text)
  }

  @Test func `dates and day numbers are each other's inverse`() {
    for day in stride(from: -800_000, through: 3_000_000, by: 17) {
      let date = CivilDate(dayNumber: day)
      #expect(date.dayNumber == day)
      if 0...9999 ~= date.year {
        #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
      }
    }
    #expect(CivilDate(dayNumber: 20_777).weekday == 5)
    #expect(CivilDate(dayNumber: .max).year > 9999)
    #expect(CivilDate(year: .max, month: 1, day: 1) == nil)
  }

  @Test(arguments: [
    ("2026-11-09", "2026-11-16", "9–15 November"),
    ("2026-11-30", "2026-12-07", "30 November–6 December"),
    ("2025-12-29", "2026-01-05", "29 December 2025–4 January 2026"),
    ("2026-11-09", "2026-11-10", "9 November"),
    ("2026-11-09", "2026-11-09", ""),
    ("2026-11-09T12:00:00", "2026-11-11T00:30:00", "9–11 November"),
  ])
  func `the days of a range are named as people do`(since: String, until: String, words: String)
    throws
  {
    let zone = try Zone(named: "Europe/Berlin")
    let range = TimeRange(since: at(since, in: zone), until: at(until, in: zone))
    #expect(formatDays(range, zone: zone) == words)
  }
}
