import Files
import Testing
import Times

@Suite struct TimeParserTests {
  @Test(arguments: [
    ("2026-11-20T23:40:44Z", "2026-11-20T23:40:44.000Z"),
    ("2026-11-20t23:40:44z", "2026-11-20T23:40:44.000Z"),
    ("2026-11-20 23:40:44.9Z", "2026-11-20T23:40:44.900Z"),
    ("2026-11-20T23:40:44.908999999Z", "2026-11-20T23:40:44.908Z"),
    ("2026-11-20T23:40:44,908+01:00", "2026-11-20T22:40:44.908Z"),
    ("2026-11-20T23:40:44-0530", "2026-11-21T05:10:44.000Z"),
    ("2026-11-20T23:40:44 +0530", "2026-11-20T18:10:44.000Z"),
    ("2026-11-20T23:40:44+05", "2026-11-20T18:40:44.000Z"),
    ("2026-11-20T23:40:44-00:00", "2026-11-20T23:40:44.000Z"),
    ("2026-11-20T23:40Z", "2026-11-20T23:40:00.000Z"),
    ("2026-11-20T23:40", "2026-11-20T23:40:00.000Z"),
    ("2026-11-20", "2026-11-20T00:00:00.000Z"),
    ("20261120T234044Z", "2026-11-20T23:40:44.000Z"),
    ("20261120T234044.908+0100", "2026-11-20T22:40:44.908Z"),
    ("  2026-11-20T23:40:44Z\r", "2026-11-20T23:40:44.000Z"),
    ("2026-11-20 23:40:44 UTC", "2026-11-20T23:40:44.000Z"),
    ("2026-11-20 23:40:44.123456789 +0000 UTC", "2026-11-20T23:40:44.123Z"),
    ("2026-11-20T23:40:44+01:00[Europe/Berlin]", "2026-11-20T22:40:44.000Z"),
    ("2026-11-20 23:40:44 PDT", "2026-11-21T06:40:44.000Z"),
  ])
  func `ISO 8601 is read with the liberties logs take`(text: String, time: String) {
    #expect(reading(text) == time)
  }

  @Test(arguments: [
    ("2026-11-20 23:40:44,908", "2026-11-20T23:40:44.908Z"),
    ("20/Nov/2026:23:43:07 +0000", "2026-11-20T23:43:07.000Z"),
    ("[20/Nov/2026:23:43:07.123 -0800]", "2026-11-21T07:43:07.123Z"),
    ("06/Feb/2009:12:14:14.655", "2009-02-06T12:14:14.655Z"),
    ("20-Nov-2026 23:43:07 UTC", "2026-11-20T23:43:07.000Z"),
    ("Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00.000Z"),
    ("21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00.000Z"),
    ("Wednesday, 21-Oct-26 07:28:00 GMT", "2026-10-21T07:28:00.000Z"),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z"),
    ("Wed Oct 21 07:28:00 2026", "2026-10-21T07:28:00.000Z"),
    ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000Z"),
    ("Wed Oct 21 07:28:00 UTC 2026", "2026-10-21T07:28:00.000Z"),
    ("Wed Oct 21 07:28:00 +0200 2026", "2026-10-21T05:28:00.000Z"),
    ("Nov 20 2026 23:40:44.908", "2026-11-20T23:40:44.908Z"),
    ("Nov 20, 2026 @ 23:40:44.908", "2026-11-20T23:40:44.908Z"),
    ("2022/06/15 - 15:37:07", "2022-06-15T15:37:07.000Z"),
    ("2017/07/09 19:36:25", "2017-07-09T19:36:25.000Z"),
  ])
  func `each server's own form is read`(text: String, time: String) {
    #expect(reading(text) == time)
  }

  @Test(arguments: [
    ("1795132804", "2026-11-20T00:00:04.000Z"),
    ("1795132804.908", "2026-11-20T00:00:04.908Z"),
    ("1795132804.908999", "2026-11-20T00:00:04.908Z"),
    ("1795132804908", "2026-11-20T00:00:04.908Z"),
    ("1795132804908.7", "2026-11-20T00:00:04.908Z"),
    ("1795132804908123", "2026-11-20T00:00:04.908Z"),
    ("1795132804908123456", "2026-11-20T00:00:04.908Z"),
    ("1.795132804e+09", "2026-11-20T00:00:04.000Z"),
  ])
  func `the magnitude of a count tells its unit`(text: String, time: String) {
    #expect(reading(text) == time)
    #expect(text.withBytes { $0.number.flatMap(parseTime(number:)) }.map(formatTime) == time)
  }

  @Test(arguments: [0, 1, 455, 456, 908, 999] as [Int64])
  func `a double keeps every millisecond`(millisecond: Int64) {
    let time = 1_795_132_804_000 + millisecond
    #expect(parseTime(number: Double(time) / 1000) == time)
    #expect(parseTime(number: Double(time) * 1_000_000) == time)
    #expect(parseTime(integer: time * 1000) == time)
  }

  @Test(arguments: [
    "", " ", "-", "null", "None", "yesterday", "T", "[]", "429", "0", "-1", "20261120", "1e999",
    "2026-02-30T00:00:00Z", "2026-02-29", "2100-02-29", "2026-13-01T00:00:00Z", "2026-00-01",
    "2026-11-00T00:00:00Z", "2026-04-31T00:00:00Z", "31/Feb/2026:00:00:00 +0000",
    "2026-11-20T24:00:01Z", "2026-11-20T25:00:00Z", "2026-11-20T24:00:00.5Z",
    "2026-11-20T23:60:00Z", "2026-11-20T23:40:61Z", "2026-11-20T23:40:44.Z",
    "2026-11-20T23:40:44.9Q", "2026-11-20T23:40:44+24:00", "2026-11-20T23:40:44+01:60",
    "2026-11-20T23:40:44+1", "2026-11-20T23:40:44+01:0", "2026-11-20T23:40:44X",
    "2026-11-20T23:40:44Z ok", "2026-11-20T", "2026-11-2", "2026-11-20T23", "2026-11/20",
    "2O26-11-20T23:40:44Z", "2026-11-20T2:40:44Z", "-026-11-20T23:40:44Z",
    "0001-01-01T00:00:00Z", "1989-12-31T23:59:59Z", "2100-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "0000-00-00 00:00:00", "631151999", "4102444800", "99999999999999",
    "9223372036854775807", "-9223372036854775808", "99999999999999999999", "Feb 25 16:19:49",
    "Foo, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Okt 2026 07:28:00 GMT", "20/Nov/026:23:43:07",
    "20/Nov-2026:23:43:07", "Wed Oct 21 07:28:00 20266",
  ])
  func `what is no time, or none a log can speak of, is nil`(text: String) {
    #expect(reading(text) == nil)
  }

  @Test(arguments: [-1, .nan, .infinity, -.infinity, 1e300, 0, 4.1024448e9, 1e19] as [Double])
  func `a number that is no time is nil`(number: Double) {
    #expect(parseTime(number: number) == nil)
  }

  @Test(arguments: [.min, .max, -1, 0, 99_999_999_999, 631_151_999] as [Int64])
  func `an integer that is no time is nil`(integer: Int64) {
    #expect(parseTime(integer: integer) == nil)
  }

  @Test func `the first and the last time are read`() {
    #expect(reading("1990-01-01T00:00:00Z") == "1990-01-01T00:00:00.000Z")
    #expect(reading("2099-12-31T23:59:59.999Z") == "2099-12-31T23:59:59.999Z")
  }

  @Test func `a leap second is the last millisecond`() {
    #expect(reading("2016-12-31T23:59:60Z") == "2016-12-31T23:59:59.999Z")
    #expect(reading("31/Dec/2016:23:59:60.5 +0000") == "2016-12-31T23:59:59.999Z")
  }

  @Test func `24 o'clock is the next midnight`() {
    #expect(reading("2026-12-31T24:00:00Z") == "2027-01-01T00:00:00.000Z")
    #expect(reading("2026-12-31 24:00") == "2027-01-01T00:00:00.000Z")
  }

  @Test(arguments: [
    ("2026-07-01T12:00:00", "2026-07-01T10:00:00.000Z"),
    ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00.000Z"),
    ("2026-12-01 12:00:00,5", "2026-12-01T11:00:00.500Z"),
    ("2026-12-01", "2026-11-30T23:00:00.000Z"),
    ("01/Jul/2026:12:00:00", "2026-07-01T10:00:00.000Z"),
    ("Wed Jul  1 12:00:00 2026", "2026-07-01T10:00:00.000Z"),
  ])
  func `a time without a zone is by the clock it is told to be by`(
    text: String, time: String
  ) throws {
    #expect(reading(text, in: try Zone(named: "Europe/Berlin")) == time)
  }

  @Test(arguments: [
    ("Feb 25 16:19:49", "2026-11-20", "2026-02-25T16:19:49.000Z"),
    ("Nov 20 16:19:49.5", "2026-11-20", "2026-11-20T16:19:49.500Z"),
    ("Nov 21 00:00:01", "2026-11-20", "2025-11-21T00:00:01.000Z"),
    ("Dec 31 23:59:59", "2027-01-01", "2026-12-31T23:59:59.000Z"),
    ("Jan  1 00:30:00", "2026-12-31T23:00:00", "2027-01-01T00:30:00.000Z"),
    ("Feb 29 12:00:00", "2027-06-01", "2024-02-29T12:00:00.000Z"),
    ("Fri Nov 20 16:19:49", "2026-11-21", "2026-11-20T16:19:49.000Z"),
  ])
  func `a time without a year is the latest near the reference`(
    text: String, reference: String, time: String
  ) {
    #expect(reading(text, near: reference) == time)
  }

  @Test func `a reference at the end of time does not trap`() {
    "Feb 25 16:19:49".withBytes { text in
      #expect(parseTime(text, zone: .utc, reference: .max) == nil)
      #expect(parseTime(text, zone: .utc, reference: .min) == nil)
    }
  }

  @Test func `cut anywhere, a time is nil or a time`() {
    for text in [
      "2026-11-20T23:40:44.908123+01:00[Europe/Berlin]", "[20/Nov/2026:23:43:07.123 +0000]",
      "Wednesday, 21-Oct-26 07:28:00 GMT", "Wed Oct 21 07:28:00 UTC 2026", "1.795132804e+09",
    ] {
      for length in 0..<text.utf8.count {
        for change in [nil, 0x00, 0x2D, 0x39, 0x5A, 0xFF] as [UInt8?] {
          var bytes = Array(text.utf8.prefix(length))
          if let change { bytes.append(change) }
          let time = bytes.withUnsafeBufferPointer { parseTime($0, zone: .utc, reference: 0) }
          #expect(
            time.map { $0 >= at("1990-01-01") && $0 <= at("2099-12-31T23:59:59.999") } ?? true)
        }
      }
    }
  }
}
