import Answers
import Files
import Reports
import Store
import Testing
import Times

@Suite(.onEveryArchive) struct ReportTests {
  /// Five weeks from Monday 2026-10-12, W42 to W46, and the first minutes of W47.
  static func log() throws -> [String] {
    func lines(
      _ count: Int, from: String, every seconds: Int64, _ vendor: String, _ status: Int,
      _ code: String?
    ) throws -> [String] {
      let start = try at(from)
      return (0..<count).map {
        line(start + Int64($0) * seconds * 1000, vendor, status, code: code)
      }
    }
    return try lines(126, from: "2026-10-12T00:00:00Z", every: 14400, "zof", 404, "not_found")
      + lines(180, from: "2026-10-12T08:00:00Z", every: 10_080, "zof", 200, nil)
      + lines(3, from: "2026-10-26T08:00:00Z", every: 3600, "zof", 404, "old_friend")
      + lines(42, from: "2026-11-02T00:00:00Z", every: 14400, "zof", 404, "not_found")
      + lines(5, from: "2026-11-04T08:00:00Z", every: 3600, "zof", 409, "leaving")
      + lines(60, from: "2026-11-02T08:00:00Z", every: 9000, "zof", 200, nil)
      + lines(120, from: "2026-11-09T00:00:00Z", every: 5040, "zof", 404, "not_found")
      + lines(2, from: "2026-11-10T08:00:00Z", every: 3600, "zof", 400, "brand_new")
      + lines(3, from: "2026-11-11T08:00:00Z", every: 3600, "zihin", 403, nil)
      + lines(80, from: "2026-11-09T08:00:00Z", every: 6900, "zof", 200, nil)
      + [line(nil, "zof", 500), line("2026-11-16T00:00:00Z", "zof", 404, code: "next_week")]
  }

  /// The sections of a report with some of these headings, as people read them; without any, what
  /// stands above the first one.
  private func parts(_ headings: String?..., of report: Answer) -> String {
    var part = report
    part.sections = report.sections.filter { headings.contains($0.heading) }
    if !headings.contains(nil) {
      part.title = ""
      part.notes = []
    }
    return shown(part)
  }

  @Test func `the last complete week, against the week before`() throws {
    let report = try ImportedLog(Self.log()).question().report()
    expect(
      parts(nil, of: report),
      """
      Errors in 2026-W46, 9–15 November
      2026-11-09 00:00 to 2026-11-16 00:00 (UTC)
      compared with 2026-W45

      errors        125 (up, 2.7×; 47 before)
      incidents     0 (nothing beyond the usual)
      ours to mend  100.0 % (125 errors)

      • 125 errors, 47 the week before: up, 2.7×.
      • Worse: zof (up, 1.4× per request: 60.4 % of requests, 43.1 % before).
      • New: zof brand_new (2 times).
      • Whose move it is: 100.0 % ours.

      Not in this report, as they have no time: 1 error.
      """)
    expect(
      parts("By vendor", "What changed", "New, returned and gone codes", "Incidents", of: report),
      """
      By vendor

      vendor  by day   errors  requests  error rate  5xx  week before  change
      ──────  ───────  ──────  ────────  ──────────  ───  ───────────  ──────────────────────────────────────
      zof     ███████     122       202      60.4 %    0           47  up, 1.4×: 43.1 % to 60.4 % of requests
      zihin   ▁▁█▁▁▁▁       3         -           -    0            0  new

      What changed

      The biggest moves
      By vendor, kind, code and route, each told once, the biggest first.

                                            2026-W46  week before                  change
      ────────────────────────────────────  ────────  ───────────  ──────────────  ──────────────────────────────
      kind not_found, mostly zof not_found       120           42  █████▓▓▓▓▓▓▓▓▓  up, 2.9×: 17 a day, 6.0 before

      █ as before  ▓ more than before  ░ fewer

      New, returned and gone codes

            vendor  code       errors
      ────  ──────  ─────────  ──────
      new   zof     brand_new       2
      gone  zof     leaving         5

      Incidents

      none: nothing failed more than usual
      """)
    expect(
      parts("Retries against advice", "By kind", "Most frequent errors", of: report),
      """
      Retries against advice

      None of 125 errors names its consumer and route: nothing is claimed.

      By kind

      kind        by day   errors  week before  change
      ──────────  ───────  ──────  ───────────  ────────
      not_found   ███████     120           42  up, 2.9×
      permission  ▁▁█▁▁▁▁       3            0  new
      validation  ▁█▁▁▁▁▁       2            0  new
      conflict    ▁▁▁▁▁▁▁       0            5  gone

      Most frequent errors

      vendor  status  code       kind        errors
      ──────  ──────  ─────────  ──────────  ──────
      zof        404  not_found  not_found      120
      zihin      403  -          permission       3
      zof        400  brand_new  validation       2
      """)
  }

  @Test func `an earlier week, and one without anything`() throws {
    let log = try ImportedLog(Self.log())
    expect(
      parts(nil, of: try log.question().report(.week(ISOWeek("2026-W42")))),
      """
      Errors in 2026-W42, 12–18 October
      2026-10-12 00:00 to 2026-10-19 00:00 (UTC)
      compared with 2026-W41

      errors        42 (nothing known before)
      of requests   42.0 % (100 requests)
      incidents     0 (nothing beyond the usual)
      ours to mend  100.0 % (42 errors)

      • 42 errors in 100 requests (42.0 %); nothing is known of the week before.
      • Whose move it is: 100.0 % ours.

      Not in this report, as they have no time: 1 error.
      """)
    let empty = try log.question().report(.week(ISOWeek("2026-W30")))
    #expect(shown(empty).contains("No response is known from this week."))
  }

  @Test(arguments: [
    ("2026-11-15T23:59:59.999Z", "UTC", "2026-W45"),
    ("2026-11-16T00:00:00Z", "UTC", "2026-W46"),
    ("2026-11-16T00:00:00Z", "Europe/Berlin", "2026-W46"),
    ("2026-11-15T22:59:59Z", "Europe/Berlin", "2026-W45"),
    ("2026-11-15T23:00:00Z", "Europe/Berlin", "2026-W46"),
    ("2026-11-15T11:00:00Z", "Pacific/Auckland", "2026-W46"),
    ("2026-11-16T07:59:59Z", "America/Los_Angeles", "2026-W45"),
    ("2026-11-16T08:00:00Z", "America/Los_Angeles", "2026-W46"),
    ("2027-01-04T00:00:00Z", "UTC", "2026-W53"),
  ])
  func `the week that ended last at the newest event`(newest: String, zone: String, week: String)
    throws
  {
    let report = try ImportedLog(line(newest, "zof", 500)).question(zone: zone)
      .report(.lastWeek)
    #expect(report.value["week"]?.text == week)
    #expect(report.title.hasPrefix("Errors in \(week), "))
  }

  @Test func `codes are new, back and gone by the zone's week, to the minute`() throws {
    // In Auckland, W46 begins on 2026-11-08 at 11:00 UTC.
    let log = try ImportedLog([
      line("2026-09-01T00:00:00Z", "zof", 400, code: "back"),
      line("2026-11-08T10:59:00Z", "zof", 400, code: "gone"),
      line("2026-11-08T11:00:00Z", "zof", 400, code: "new"),
      line("2026-11-15T10:59:00Z", "zof", 400, code: "back"),
      line("2026-11-15T11:00:00Z", "zof", 400, code: "later"),
    ])
    let report = try log.question(zone: "Pacific/Auckland").report()
    #expect(report.value["week"]?.text == "2026-W46")
    func codes(_ name: String) -> [Value?] {
      report.value[name]?.elements.map { $0["code"] } ?? []
    }
    #expect(codes("new") == ["new"])
    #expect(codes("returned") == ["back"])
    #expect(codes("gone") == ["gone"])
    #expect(report.value["totals"]?["errors"]?.integer == 2)
    #expect(report.value["before"]?["errors"]?.integer == 1)
  }

  @Test func `in a store's first week nothing is new`() throws {
    let log = try ImportedLog([
      line("2026-11-09T10:00:00Z", "zof", 400, code: "first"), line("2026-11-16", "zof", 500),
    ])
    #expect(try log.question().report(.week(ISOWeek("2026-W46"))).value["new"] == [])
  }

  @Test func `a week has 167 or 169 hours where clocks change`() throws {
    let log = try ImportedLog(line("2026-11-09T10:00:00Z", "zof", 500))
    func hours(_ week: String) throws -> Int64 {
      let value = try log.question(zone: "Europe/Berlin").report(.week(ISOWeek(week))).value
      return ((value["until"]?.time ?? 0) - (value["since"]?.time ?? 0)) / Milliseconds.hour
    }
    #expect(try ["2026-W13", "2026-W43", "2026-W44"].map(hours) == [167, 169, 168])
  }

  @Test func `of some vendors only`() throws {
    let log = try ImportedLog(Self.log())
    func vendors(_ vendors: [String]) throws -> [Value?] {
      let report = try log.question(vendors: vendors).report()
      return report.value["totals"]?["by_vendor"]?.elements.map { $0["vendor"] } ?? []
    }
    #expect(try vendors([]) == ["zof", "zihin"])
    #expect(try vendors(["zihin"]) == ["zihin"])
    #expect(try vendors(["zihin", "zof"]) == ["zof", "zihin"])
    #expect(try log.question(vendors: ["zihin"]).report().value["undated"] == 0)
    #expect(try log.question(vendors: ["zihin", "zof"]).report().value["undated"] == 1)
  }

  @Test(arguments: [
    ("", QuestionError.Hint.importFirst),
    (#"{"vendor":"zof","status":500}"#, .findByID("1 error without one")),
  ])
  func `a store without a time has no week to report on`(
    log: String, hint: QuestionError.Hint
  ) throws {
    let question = try ImportedLog(log).question()
    let error = #expect(throws: QuestionError.self) { try question.report() }
    #expect(
      error?.message == "there is no week to report on: the store has no response with a time")
    #expect(error?.hint == hint)
    #expect(try question.report(.week(ISOWeek("2026-W46"))).value["totals"]?["errors"] == 0)
  }
}
