import Testing
import Times

@Suite struct ZoneSpanTests {
  private func range(_ since: String, _ until: String, _ zone: Zone) throws -> TimeRange {
    TimeRange(
      since: try parseMoment(since, now: 0, zone: zone),
      until: try parseMoment(until, now: 0, zone: zone))
  }

  private func text(_ range: TimeRange) -> String {
    "\(formatTime(range.since)) \(formatTime(range.until))"
  }

  @Test(arguments: [
    // Clocks go forward on 29 March at 01:00 UTC, by an hour.
    (
      "Europe/Berlin", "2026-03-30", "2026-04-06", 7,
      "2026-03-22T23:00:00.000Z 2026-03-29T22:00:00.000Z"
    ),
    // Back on 1 November at 06:00 UTC.
    (
      "America/New_York", "2026-11-02", "2026-11-09", 7,
      "2026-10-26T04:00:00.000Z 2026-11-02T05:00:00.000Z"
    ),
    // Forward on 4 October at 15:30 UTC of the day before, by half an hour.
    (
      "Australia/Lord_Howe", "2026-10-05", "2026-10-12", 7,
      "2026-09-27T13:30:00.000Z 2026-10-04T13:00:00.000Z"
    ),
    // Back on 5 April at 16:30 UTC of the day before, from 10:30 ahead to 9:30.
    (
      "Australia/Adelaide", "2026-04-06", "2026-04-13", 7,
      "2026-03-29T13:30:00.000Z 2026-04-05T14:30:00.000Z"
    ),
    // Forward on 27 September at 14:00 UTC of the day before, from 12:45 ahead to 13:45.
    (
      "Pacific/Chatham", "2026-09-28", "2026-10-05", 7,
      "2026-09-20T11:15:00.000Z 2026-09-27T10:15:00.000Z"
    ),
    // Never.
    (
      "Asia/Kathmandu", "2026-11-09", "2026-11-10", 1,
      "2026-11-07T18:15:00.000Z 2026-11-08T18:15:00.000Z"
    ),
  ])
  func `days earlier, clocks show the same`(
    zone: String, since: String, until: String, days: Int, expected: String
  ) throws {
    let zone = try Zone(named: zone)
    let range = try range(since, until, zone)
    #expect(text(zone.shifted(range, byDays: -days)) == expected)
    #expect(
      zone.moved(range, to: zone.shifted(range, byDays: -days).since)
        == zone.shifted(range, byDays: -days))
    #expect(zone.shifted(zone.shifted(range, byDays: -days), byDays: days) == range)
  }

  @Test func `a part of a week is as far into the other one by the clocks`() throws {
    let berlin = try Zone(named: "Europe/Berlin")
    // From Monday to Wednesday noon; the week before had the lost hour.
    let part = try range("2026-10-26", "2026-10-28T12:00", berlin)
    #expect(
      text(berlin.shifted(part, byDays: -7))
        == "2026-10-18T22:00:00.000Z 2026-10-21T10:00:00.000Z")
  }

  @Test(arguments: [
    ("UTC", "2026-11-09T00:00:00Z", 0, 0), ("UTC", "2026-11-15T23:59:59Z", 6, 23),
    ("Asia/Kathmandu", "2026-11-08T18:15:00Z", 0, 0),
    ("Asia/Kathmandu", "2026-11-08T18:14:59Z", 6, 23),
    // The hour that is there twice.
    ("Europe/Berlin", "2026-10-25T00:30:00Z", 6, 2),
    ("Europe/Berlin", "2026-10-25T01:30:00Z", 6, 2),
    ("UTC", "1969-12-31T23:00:00Z", 2, 23),
  ])
  func `the hour of the week`(zone: String, time: String, weekday: Int, hour: Int) throws {
    let zone = try Zone(named: zone)
    // Times before 1990 are no moments anyone names, but they are times.
    let moment = time.hasPrefix("1969") ? -3_600_000 : try parseMoment(time, now: 0, zone: .utc)
    let found = zone.weekHour(of: moment)
    #expect(found.weekday == weekday)
    #expect(found.hour == hour)
  }
}
