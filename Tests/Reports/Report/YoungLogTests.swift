import Answers
import Reports
import Testing
import Times

/// The first report that anybody sees is of a log of a few days.
@Suite(.onEveryArchive) struct YoungLogTests {
  private static func line(_ time: String, _ status: Int) -> String {
    #"{"time":"\#(time)Z","vendor":"zof","status":\#(status),"code":"broken"}"#
  }

  private static let days = [
    line("2026-11-07T09:30:00", 500), line("2026-11-08T10:00:00", 200),
    line("2026-11-09T11:00:00", 500),
  ]

  @Test func `of a log younger than a week it is of all its days, across the end of a week`() throws
  {
    let report = try ImportedLog(Self.days).question().report()
    #expect(report.title == "Errors")
    #expect(
      report.notes.map(\.text) == [
        "2026-11-07 09:00 to 2026-11-09 11:01 (UTC)",
        "all that is known yet, from 2026-11-07 09:30 to 2026-11-09 11:00: there is no week before",
      ])
    #expect(report.value["totals"]?["errors"] == .integer(2))
    #expect(report.value["week"] == .null)
  }

  @Test func `there is nothing of a time before that nobody knows`() throws {
    let sections = try ImportedLog(Self.days).question().report().sections
    #expect(!sections.contains { $0.heading == "What changed" })
    let tables = sections.flatMap(\.blocks).compactMap { block in
      if case .table(let table) = block { table } else { nil }
    }
    #expect(!tables.contains { $0.columns.contains { ["change", "before"].contains($0.name) } })
  }

  @Test func `a week of it is a week`() throws {
    let log = try ImportedLog(Self.days + [Self.line("2026-11-14T10:00:00", 500)])
    #expect(try log.question().report().title == "Errors in 2026-W45, 2–8 November")
    #expect(try log.question().report(.lastWeek).title == "Errors in 2026-W45, 2–8 November")
  }

  @Test func `a week of which nothing is known is told in a line, with what is known`() throws {
    let report = try ImportedLog(Self.days).question().report(.week(try ISOWeek("2026-W40")))
    #expect(
      report.notes.dropLast().last
        == Note(
          "responses are known from 2026-11-07 09:30 to 2026-11-09 11:00 only",
          next: .askAboutWeek("2026-W45")))
    #expect(
      report.sections == [Section(.bullets(["No response is known from this week."]))])
  }

  @Test func `a range behind the newest event goes on to now, with the days that are known`() throws
  {
    let question = try ImportedLog(Self.days).question()
    let (since, now) = try (at("2026-11-20"), at("2026-11-27"))
    let choice = ReportPeriod.Choice.range(since: since, until: nil).reaching(now, in: question)
    #expect(choice == .range(since: since, until: now))
    let report = try question.report(choice)
    #expect(report.notes.first?.text == "2026-11-20 00:00 to 2026-11-27 00:00 (UTC)")
    #expect(
      report.notes[1].next == .askAbout(.init(since: "2026-11-07", until: "2026-11-10")))
    // What is known goes on as far as that.
    let known = ReportPeriod.Choice.range(since: try at("2026-11-08"), until: nil)
    #expect(known.reaching(now, in: question) == known)
    #expect(ReportPeriod.Choice.lastWeek.reaching(now, in: question) == .lastWeek)
  }

  @Test func `answers say from when on anything is known`() throws {
    let question = try ImportedLog(Self.days).question()
    #expect(
      try question.bursts().notingKnown(question).notes.first?.text
        == "2026-11-02 11:00 to 2026-11-09 11:00 (UTC), known from Sat 7 Nov on")
    let empty = try ImportedLog([]).question()
    #expect(
      try empty.bursts().notingKnown(empty).notes.first
        == Note("the store has no response with a time", next: .importFirst))
    let undated = try ImportedLog([#"{"vendor":"zof","status":500}"#]).question()
    #expect(try undated.bursts().notingKnown(undated).notes.first?.next == nil)
  }

  @Test func `where neither codes nor messages were logged, that is said`() throws {
    func line(_ minute: Int, _ more: String) -> String {
      #"{"time":"2026-11-07T09:1\#(minute):00Z","vendor":"zof","status":500\#(more)}"#
    }
    func notes(_ more: String) throws -> [Note] {
      let lines = (0..<4).map { line($0, $0 == 2 ? more : "") }
      let question = try ImportedLog(lines).question()
      return try question.report().notes + question.limits().notes
    }
    #expect(try notes("").filter { $0.next == .logMore }.count == 2)
    #expect(
      try notes(#","response_body":{"error":{"code":"broken"}}"#).allSatisfy { $0.next != .logMore }
    )
    #expect(
      try notes(#","response_body":{"error":{"message":"it broke"}}"#).allSatisfy {
        $0.next != .logMore
      })
  }

  @Test func `rates do not tell of no errors before anything is known`() throws {
    let question = try ImportedLog(Self.days).question()
    let value = try question.rates().value
    guard case .array(let rows)? = value["rows"] else {
      Issue.record("there are no rows")
      return
    }
    #expect(rows.first?["start"] == .time(try parseMoment("2026-11-07T09:00Z", now: 0, zone: .utc)))
    #expect(rows.last?["errors"] == .integer(1))
    #expect(rows.count == 51)
    #expect(
      try question.rates().notes.first?.text.hasSuffix(", known from Sat 7 Nov on") == true)
  }
}
