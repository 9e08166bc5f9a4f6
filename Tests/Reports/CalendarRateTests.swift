import Answers
import Files
import Reports
import Testing
import Times

/// Rates by the calendar of a zone, where days have 23, 24 or 25 hours.
@Suite(.onEveryArchive) struct CalendarRateTests {
  /// An error at every full hour, and at a minute past it.
  private func log(since: String, days: Int) throws -> ImportedLog {
    let start = try at(since)
    return try ImportedLog(
      (0..<days * 24).flatMap { hour -> [String] in
        let time = start + Int64(hour) * Milliseconds.hour
        return [line(time, "zof", 500), line(time + Milliseconds.minute, "zof", 500)]
      })
  }

  private func rows(_ answer: Answer) -> String {
    answer.value["rows"]?.elements.map { row in
      "\(formatTime(row["start"]?.time ?? 0).dropLast(8)) \(row["errors"]?.integer ?? -1)"
    }
    .joined(separator: "\n") ?? ""
  }

  @Test func `the day on which clocks go back has 25 hours`() throws {
    let log = try log(since: "2026-10-23T00:00:00Z", days: 5)
    let question = try log.question(since: "2026-10-24", until: "2026-10-27", zone: "Europe/Berlin")
    try expect(
      rows(question.rates(every: .day)),
      """
      2026-10-23T22:00 48
      2026-10-24T22:00 50
      2026-10-25T23:00 48
      """)
  }

  @Test func `the day on which clocks go forward has 23 hours`() throws {
    let log = try log(since: "2026-03-27T00:00:00Z", days: 5)
    let question = try log.question(since: "2026-03-28", until: "2026-03-31", zone: "Europe/Berlin")
    try expect(
      rows(question.rates(every: .day)),
      """
      2026-03-27T23:00 48
      2026-03-28T23:00 46
      2026-03-29T22:00 48
      """)
  }

  @Test func `a zone a quarter of an hour off has its days too`() throws {
    let log = try log(since: "2026-11-01T00:00:00Z", days: 4)
    let question = try log.question(
      since: "2026-11-02", until: "2026-11-04", zone: "Asia/Kathmandu")
    try expect(
      rows(question.rates(every: .day)),
      """
      2026-11-01T18:15 48
      2026-11-02T18:15 48
      """)
  }

  @Test func `weeks begin on Monday`() throws {
    let log = try log(since: "2026-10-25T00:00:00Z", days: 10)
    let question = try log.question(since: "2026-10-25", until: "2026-11-04")
    try expect(
      rows(question.rates(every: .week)),
      """
      2026-10-25T00:00 48
      2026-10-26T00:00 336
      2026-11-02T00:00 96
      """)
  }

  @Test func `longer than seven days, the rows are days`() throws {
    let log = try log(since: "2026-10-25T00:00:00Z", days: 10)
    #expect(
      try log.question(since: "2026-10-25", until: "2026-11-01").rates().notes[1] == "every 1h")
    #expect(
      try log.question(since: "2026-10-25", until: "2026-11-02").rates().notes[1] == "every 1d")
  }

  @Test func `too many rows are refused`() throws {
    let log = try log(since: "2026-10-25T00:00:00Z", days: 1)
    let question = try log.question(since: "1990-01-02", until: "2026-11-02")
    #expect(throws: TimeError.self) { try question.rates(every: Every("1m")) }
  }
}
