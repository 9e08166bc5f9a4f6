import Answers
import Files
import Reports
import Store
import Testing
import Times

/// Which time a report is about, and what it is compared with.
@Suite(.onEveryArchive) struct ReportPeriodTests {
  private func times(_ answer: Answer) -> String {
    func text(_ value: Value?) -> String {
      "\(formatTime(value?["since"]?.time ?? 0).dropLast(8)) \(formatTime(value?["until"]?.time ?? 0).dropLast(8))"
    }
    return "\(text(answer.value)), \(text(answer.value["compared_with"]))"
  }

  @Test(arguments: [
    (
      "Europe/Berlin", "2026-W13",
      "2026-03-22T23:00 2026-03-29T22:00, 2026-03-15T23:00 2026-03-22T23:00"
    ),
    (
      "Europe/Berlin", "2026-W14",
      "2026-03-29T22:00 2026-04-05T22:00, 2026-03-22T23:00 2026-03-29T22:00"
    ),
    (
      "America/New_York", "2026-W45",
      "2026-11-02T05:00 2026-11-09T05:00, 2026-10-26T04:00 2026-11-02T05:00"
    ),
    (
      "Australia/Lord_Howe", "2026-W40",
      "2026-09-27T13:30 2026-10-04T13:00, 2026-09-20T13:30 2026-09-27T13:30"
    ),
    (
      "Pacific/Chatham", "2026-W39",
      "2026-09-20T11:15 2026-09-27T10:15, 2026-09-13T11:15 2026-09-20T11:15"
    ),
    (
      "Australia/Adelaide", "2026-W14",
      "2026-03-29T13:30 2026-04-05T14:30, 2026-03-22T13:30 2026-03-29T13:30"
    ),
    (
      "Asia/Kathmandu", "2026-W46",
      "2026-11-08T18:15 2026-11-15T18:15, 2026-11-01T18:15 2026-11-08T18:15"
    ),
  ])
  func `a week against the week before, by the zone's clocks`(
    zone: String, week: String, expected: String
  ) throws {
    let log = try ImportedLog(line("2026-12-01T00:00:00Z", "zof", 500))
    #expect(times(try log.question(zone: zone).report(.week(ISOWeek(week)))) == expected)
  }

  /// An error each quarter of an hour, so that a day's are four times its hours.
  @Test(arguments: [
    ("Europe/Berlin", "2026-W13", "2026-03-20", [96, 96, 96, 96, 96, 96, 92]),
    ("Europe/Berlin", "2026-W43", "2026-10-16", [96, 96, 96, 96, 96, 96, 100]),
    ("America/New_York", "2026-W10", "2026-02-28", [96, 96, 96, 96, 96, 96, 92]),
    ("Australia/Lord_Howe", "2026-W40", "2026-09-25", [96, 96, 96, 96, 96, 96, 94]),
    ("Australia/Lord_Howe", "2026-W14", "2026-03-27", [96, 96, 96, 96, 96, 96, 98]),
    ("Pacific/Chatham", "2026-W39", "2026-09-18", [96, 96, 96, 96, 96, 96, 92]),
    ("Pacific/Chatham", "2026-W14", "2026-03-27", [96, 96, 96, 96, 96, 96, 100]),
    ("Asia/Kathmandu", "2026-W46", "2026-11-06", [96, 96, 96, 96, 96, 96, 96]),
  ])
  func `days have as many hours as clocks make of them`(
    zone: String, week: String, from: String, expected: [Int64]
  ) throws {
    let start = try at(from)
    let log = try ImportedLog(
      (0..<11 * 96).map { line(start + Int64($0) * 15 * Milliseconds.minute, "zof", 500) })
    let report = try log.question(zone: zone).report(.week(ISOWeek(week)))
    #expect(report.value["days"]?.elements.map { $0["errors"]?.integer ?? -1 } == expected)
    #expect(report.value["totals"]?["errors"]?.integer == expected.reduce(0, +))
  }

  @Test func `days without anything are there as well`() throws {
    let log = try ImportedLog([
      line("2026-11-09T10:00:00Z", "zof", 500), line("2026-11-16T10:00:00Z", "zof", 500),
    ])
    let days = try log.question().report().value["days"]?.elements ?? []
    #expect(days.map { $0["errors"] } == [1, 0, 0, 0, 0, 0, 0])
    #expect(days.map { $0["requests"] } == Array(repeating: .null, count: 7))
  }

  @Test func `a week that the log does not reach the end of, against the same part of the last`()
    throws
  {
    let log = try ImportedLog([
      line("2026-11-09T09:00:00Z", "zof", 500), line("2026-11-11T12:29:00Z", "zof", 500),
      line("2026-11-11T12:30:00Z", "zof", 500), line("2026-11-16T08:00:00Z", "zof", 500),
      line("2026-11-18T12:29:30Z", "zof", 500),
    ])
    let report = try log.question().report(.thisWeek)
    #expect(report.title.hasPrefix("Errors in 2026-W47 so far, 16"))
    #expect(report.notes.last == "compared with the same part of 2026-W46")
    #expect(
      times(report) == "2026-11-16T00:00 2026-11-18T12:30, 2026-11-09T00:00 2026-11-11T12:30")
    #expect(report.value["totals"]?["errors"] == 2)
    #expect(report.value["before"]?["errors"] == 2)
    #expect(try log.question().report(.week(ISOWeek("2026-W47"))).value == report.value)
  }

  @Test(arguments: [
    // A weekend against the weekend before.
    ("2026-11-14", "2026-11-16", "2026-11-07T00:00 2026-11-09T00:00"),
    // Ten days take two weeks back.
    ("2026-11-01", "2026-11-11", "2026-10-18T00:00 2026-10-28T00:00"),
    ("2026-11-09", "2026-11-16", "2026-11-02T00:00 2026-11-09T00:00"),
    ("2026-11-09T10:00", "2026-11-09T16:00", "2026-11-02T10:00 2026-11-02T16:00"),
  ])
  func `a range is compared with as many whole weeks earlier as it takes`(
    since: String, until: String, expected: String
  ) throws {
    let log = try ImportedLog(line("2026-12-01T00:00:00Z", "zof", 500))
    let report = try log.question().report(.range(since: at(since), until: at(until)))
    #expect(times(report).hasSuffix(", \(expected)"))
    #expect(report.value["week"] == .null)
  }

  @Test func `or with what one names`() throws {
    let log = try ImportedLog(line("2026-12-01T00:00:00Z", "zof", 500))
    let question = try log.question(zone: "Europe/Berlin")
    let week = ReportPeriod.Choice.week(try ISOWeek("2026-W45"))
    let earlier = try question.report(week, comparedWith: .days(28))
    #expect(times(earlier).hasSuffix(", 2026-10-04T22:00 2026-10-11T22:00"))
    #expect(earlier.notes.last == "compared with 2026-W41")
    let since = try question.report(
      week, comparedWith: .since(at("2026-10-22", Zone(named: "Europe/Berlin"))))
    // Seven days by the clocks, one of which has 25 hours.
    #expect(times(since).hasSuffix(", 2026-10-21T22:00 2026-10-28T23:00"))
    #expect(since.notes.last == "compared with 2026-10-22 00:00 to 2026-10-29 00:00")
  }

  @Test func `a range without an end ends with the newest event`() throws {
    let log = try ImportedLog([
      line("2026-11-09T09:00:00Z", "zof", 500), line("2026-11-11T12:29:10Z", "zof", 500),
    ])
    let report = try log.question().report(.range(since: at("2026-11-09"), until: nil))
    #expect(times(report).hasPrefix("2026-11-09T00:00 2026-11-11T12:30"))
  }
}
