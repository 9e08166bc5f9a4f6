import Testing
import Times

@Suite struct MomentTests {
  /// Friday noon UTC: 13:00 in Berlin.
  private let now = at("2026-11-20T12:00:00Z")

  @Test(arguments: [
    ("now", "2026-11-20T12:00:00.000Z"),
    ("today", "2026-11-19T23:00:00.000Z"),
    ("yesterday", "2026-11-18T23:00:00.000Z"),
    ("friday", "2026-11-19T23:00:00.000Z"),
    ("Monday", "2026-11-15T23:00:00.000Z"),
    ("sat", "2026-11-13T23:00:00.000Z"),
    ("2026-W46", "2026-11-08T23:00:00.000Z"),
    ("2026-11-01", "2026-10-31T23:00:00.000Z"),
    ("2026-07-01 14:30", "2026-07-01T12:30:00.000Z"),
    ("2026-07-01T14:30:00Z", "2026-07-01T14:30:00.000Z"),
    ("2026-07-01T14:30:00-05:00", "2026-07-01T19:30:00.000Z"),
    ("-90m", "2026-11-20T10:30:00.000Z"),
    ("-36h", "2026-11-19T00:00:00.000Z"),
    ("-7d", "2026-11-13T12:00:00.000Z"),
    ("-4w", "2026-10-23T12:00:00.000Z"),
    ("-30S", "2026-11-20T11:59:30.000Z"),
    ("7d", "2026-11-13T12:00:00.000Z"),
    ("36h", "2026-11-19T00:00:00.000Z"),
    ("2w", "2026-11-06T12:00:00.000Z"),
    ("90m", "2026-11-20T10:30:00.000Z"),
    ("1d12h", "2026-11-19T00:00:00.000Z"),
    ("90 min", "2026-11-20T10:30:00.000Z"),
    ("3 Days ago", "2026-11-17T12:00:00.000Z"),
    ("1 week 2 days ago", "2026-11-11T12:00:00.000Z"),
  ])
  func `a moment is found`(text: String, time: String) throws {
    let zone = try Zone(named: "Europe/Berlin")
    #expect(formatTime(try parseMoment(text, now: now, zone: zone)) == time)
  }

  @Test func `a day ago is 24 hours ago, whatever the clocks did`() throws {
    let zone = try Zone(named: "Europe/Berlin")
    let now = at("2026-10-25T12:00:00", in: zone)
    let ago = try parseMoment("-1d", now: now, zone: zone)
    #expect(formatLocal(ago, zone: zone) == "2026-10-24 13:00")
  }

  @Test(arguments: [
    "", "7", "7x", "7dd", "1.5h", "7d ago now", "d", "tomorow", "2026-02-30", "1985-01-01",
    "20/Nov/2026:23:43:07", "1795132800",
    "2026-W54", "mondays", "2026-11-20T", "now-7d",
  ])
  func `what is no moment is an error with a hint`(text: String) {
    let error = #expect(throws: TimeError.self) {
      try parseMoment(text, now: now, zone: .utc)
    }
    #expect(error?.message == "no such time: “\(text)”")
    #expect(error?.hint.contains("7d") == true)
  }

  @Test(arguments: [
    "-", "-d", "-7", "-7x", "-7dd", "--7d", "-1.5h", "-9999w", "9999w",
    "-99999999999d",
  ])
  func `a length that cannot be gone back is an error with a hint`(text: String) {
    let error = #expect(throws: TimeError.self) {
      try parseMoment(text, now: now, zone: .utc)
    }
    #expect(error?.message == "cannot go back by “\(text)”")
  }

  @Test(arguments: ["now", "today", "yesterday", "monday", "-999999999w"])
  func `a clock at the end of time does not trap`(text: String) {
    _ = try? parseMoment(text, now: .max, zone: .utc)
    _ = try? parseMoment(text, now: .min, zone: .utc)
  }
}
