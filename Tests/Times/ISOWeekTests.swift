import Testing
import Times

@Suite struct ISOWeekTests {
  @Test(arguments: [
    ("2026-11-15T23:59:59.999Z", "2026-W46"), ("2026-11-16T00:00:00Z", "2026-W47"),
    ("2024-12-30", "2025-W01"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"),
    ("2021-01-03", "2020-W53"), ("2000-01-02", "1999-W52"),
  ])
  func `an instant is in a week`(time: String, week: String) {
    #expect(ISOWeek(of: at(time), zone: .utc).text == week)
  }

  @Test func `the zone decides which week it is`() throws {
    let zone = try Zone(named: "Pacific/Auckland")
    #expect(ISOWeek(of: at("2026-11-15T12:00:00Z"), zone: zone).text == "2026-W47")
  }

  @Test func `the week clocks go back is an hour longer`() throws {
    let zone = try Zone(named: "Europe/Berlin")
    let range = try ISOWeek("2026-W43").range(in: zone)
    #expect(range.since == at("2026-10-18T22:00:00Z"))
    #expect(range.until == at("2026-10-25T23:00:00Z"))
    #expect(range.length == 169 * 3_600_000)
  }

  @Test func `weeks follow each other across a long year`() throws {
    let last = try ISOWeek("2026-W53")
    let next = try ISOWeek("2027-W01")
    #expect(last.previous.text == "2026-W52")
    #expect(next.previous == last)
    #expect(last < next)
    #expect(last.range(in: .utc).until == next.range(in: .utc).since)
  }

  @Test(arguments: [("2026W46", "2026-W46"), ("2026-w6", "2026-W06"), ("0001-W01", "0001-W01")])
  func `a week is read with small liberties`(text: String, week: String) throws {
    #expect(try ISOWeek(text).text == week)
  }

  @Test(arguments: [
    ("2025-W53", "there is no week 53 in 2025"), ("2026-W00", "there is no week 0 in 2026"),
    ("0000-W01", "there is no week 1 in 0"), ("2026-46", "“2026-46” is no week"),
    ("26-W46", "“26-W46” is no week"), ("", "“” is no week"),
    ("2026-W461", "“2026-W461” is no week"),
  ])
  func `what is no week is an error`(text: String, message: String) {
    let error = #expect(throws: TimeError.self) { try ISOWeek(text) }
    #expect(error?.message == message)
  }

  @Test func `the ends of time do not trap`() {
    #expect(ISOWeek(of: .max, zone: .utc).previous < ISOWeek(of: .max, zone: .utc))
    #expect(ISOWeek(of: .min, zone: .utc).previous < ISOWeek(of: .min, zone: .utc))
    #expect(ISOWeek(year: .max, week: 1) == nil)
    #expect(ISOWeek(year: 2026, week: .min) == nil)
  }
}
