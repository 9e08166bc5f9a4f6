import Answers
import Files
import Reports
import Testing
import Times

/// What a report says beside its counts is so of these counts, or it says of what.
@Suite(.onEveryArchive) struct ReportRatioTests {
  private func lines(
    _ count: Int, from time: String, every minutes: Double, _ vendor: String, _ status: Int,
    code: String? = nil
  ) throws -> [String] {
    let start = try at(time)
    return (0..<count).map {
      line(start + Int64(Double($0) * minutes * 60_000), vendor, status, code: code)
    }
  }

  /// The report's lines, whatever the width of its columns.
  private func summary(_ log: [String], _ week: String = "2026-W46") throws -> [String] {
    let report = try ImportedLog(log).question().report(.week(ISOWeek(week)))
    return shown(report).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  @Test func `a ratio of rates says so, and has both rates beside it`() throws {
    // 40 errors in 400 requests, then 180 in 1000: 4.5 times as many, 1.8 times as many a request.
    let log =
      try lines(120, from: "2026-10-12T00:00:00Z", every: 240, "zof", 500, code: "broken")
      + lines(1080, from: "2026-10-12T00:01:00Z", every: 27, "zof", 200)
      + lines(40, from: "2026-11-02T00:00:00Z", every: 240, "zof", 500, code: "broken")
      + lines(360, from: "2026-11-02T00:01:00Z", every: 27, "zof", 200)
      + lines(180, from: "2026-11-09T00:00:00Z", every: 55, "zof", 500, code: "broken")
      + lines(820, from: "2026-11-09T00:01:00Z", every: 12, "zof", 200)
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "zof", 200)
    let said = try summary(log)
    #expect(said.contains("errors 180 (40 before)"))
    #expect(
      said.contains("of requests 18.0 % (1,000 requests; up, 1.8× per request; 10.0 % before)"))
    #expect(
      said.contains {
        $0.hasPrefix(
          "• 180 errors in 1,000 requests (18.0 %), 40 in 400 (10.0 %) the week before: up, "
            + "1.8× per request")
      })
    #expect(
      said.contains {
        $0.hasSuffix("up, 1.8×: 10.0 % to 18.0 % of requests") && $0.hasPrefix("zof")
      })
    let value = try ImportedLog(log).question().report(.week(ISOWeek("2026-W46"))).value
    for list in ["changes", "movers"] {
      for change in value[list]?.elements ?? [] {
        guard case .number(let ratio) = change["ratio"], case .number(let now) = change["rate"],
          case .number(let before) = change["rate_before"]
        else { continue }
        #expect(abs(ratio - now / before) < 1e-9)
      }
    }
  }

  @Test func `a ratio of counts needs no more words`() throws {
    let log =
      try lines(160, from: "2026-10-12T00:00:00Z", every: 189, "zof", 500, code: "broken")
      + lines(40, from: "2026-11-02T00:00:00Z", every: 240, "zof", 500, code: "broken")
      + lines(100, from: "2026-11-09T00:00:00Z", every: 100, "zof", 500, code: "broken")
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "zof", 500, code: "broken")
    let said = try summary(log)
    #expect(said.contains("errors 100 (up, 2.5×; 40 before)"))
    #expect(said.contains { $0.hasPrefix("• 100 errors, 40 the week before: up, 2.5×") })
  }

  @Test func `a week that is known in part is not told as a whole one`() throws {
    let log =
      try lines(300, from: "2026-11-06T00:29:00Z", every: 14, "acme", 404, code: "nope")
      + lines(700, from: "2026-11-09T00:00:00Z", every: 14.3, "acme", 404, code: "nope")
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "acme", 404, code: "nope")
    let said = try summary(log)
    #expect(
      said.contains("compared with 2026-W45, known from Fri 6 Nov on, by the same part of both"))
    #expect(
      said.contains(
        "• 700 errors; the week before is known from Fri 6 Nov on: 300 errors from then on, 297 "
          + "errors in the same part of this week: no clear change."))
    let first = try summary(log, "2026-W45")
    #expect(first[1] == "2026-11-02 00:00 to 2026-11-09 00:00 (UTC), known from Fri 6 Nov on")
    let value = try ImportedLog(log).question().report(.week(ISOWeek("2026-W46"))).value
    #expect(value["compared_with"]?["known_since"]?.time == (try at("2026-11-06T00:29:00Z")))
    #expect(value["compared_with"]?["compared_since"]?.time == (try at("2026-11-06")))
    let vendor = value["changes"]?.elements.first { $0["of"] == "vendor" }
    #expect(vendor?["errors"] == 700 && vendor?["before"] == 300)
    #expect(vendor?["ratio"] == .number(297.0 / 300))
  }

  @Test func `a week before that is known for a few hours is not compared`() throws {
    let log =
      try lines(30, from: "2026-11-08T20:00:00Z", every: 5, "acme", 404, code: "nope")
      + lines(100, from: "2026-11-09T00:00:00Z", every: 90, "acme", 404, code: "nope")
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "acme", 404, code: "nope")
    #expect(
      try summary(log).contains(
        "• 100 errors; the week before is known from Sun 8 Nov on, not long enough to be compared.")
    )
    let value = try ImportedLog(log).question().report(.week(ISOWeek("2026-W46"))).value
    #expect(value["compared_with"]?["compared_since"] == .null)
    #expect(value["changes"]?[0]?["change"] == "no_clear_change")
  }

  @Test func `a client that gives up is nobody's business, unless it had to wait`() throws {
    func given(_ minute: Int, _ latency: Int) -> String {
      #"{"time":"2026-11-10T10:\#(minute):00Z","vendor":"zof","status":499,"latency_ms":\#(latency)}"#
    }
    let log =
      try [given(10, 200), given(11, 9999), given(12, 10_000), given(13, 60_000)]
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "zof", 200)
    #expect(
      try summary(log).contains(
        "• Whose move it is: 2 the vendor's and 2 nobody's. 2 of the vendor's are calls given up by a "
          + "client that had waited for 10 s or more: the vendor was slow."))
    let quick = try summary(Array(log[..<2]) + [log[4]])
    #expect(quick.contains("• Whose move it is: 2 nobody's."))
    let value = try ImportedLog(log).question().report(.week(ISOWeek("2026-W46"))).value
    #expect(value["blame"]?.elements.map { $0["errors"] } == [2, 2])
  }

  @Test func `of few, counts alone are told`() throws {
    let log =
      try lines(2, from: "2026-11-03T00:00:00Z", every: 60, "acme", 200)
      + lines(1, from: "2026-11-09T01:00:00Z", every: 1, "acme", 500, code: "boom")
      + lines(2, from: "2026-11-09T02:00:00Z", every: 60, "acme", 200)
      + lines(1, from: "2026-11-10T01:00:00Z", every: 1, "acme", 404, code: "nope")
      + lines(1, from: "2026-11-11T01:00:00Z", every: 1, "acme", 404, code: "nope")
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "acme", 200)
    let said = try summary(log)
    #expect(!said.contains { $0.contains("%") })
    #expect(said.contains("errors 3 (new; 0 before, from Tue 3 Nov on)"))
    #expect(said.contains("ours to mend 2 (of 3 errors)"))
    #expect(said.contains("• Whose move it is: 2 ours and 1 the vendor's."))
  }

  @Test func `requests of some vendors are not those of all`() throws {
    // acme logs its errors alone: they are no part of zof's requests.
    let log =
      try lines(300, from: "2026-11-09T00:00:00Z", every: 20, "acme", 404, code: "nope")
      + lines(100, from: "2026-11-09T00:00:00Z", every: 20, "zof", 200)
      + lines(1, from: "2026-11-16T00:00:00Z", every: 1, "zof", 200)
    let said = try summary(log)
    #expect(!said.contains { $0.hasPrefix("of requests") })
    #expect(said.contains("• 300 errors; nothing is known of the week before."))
  }

  @Test func `of a vendor that is new every code would be new`() throws {
    let log =
      try lines(30, from: "2026-11-02T00:00:00Z", every: 60, "zof", 404, code: "usual")
      + lines(3, from: "2026-11-08T20:00:00Z", every: 60, "late", 404, code: "first")
      + lines(3, from: "2026-11-10T00:00:00Z", every: 60, "late", 404, code: "second")
      + lines(3, from: "2026-11-10T00:00:00Z", every: 60, "fresh", 404, code: "third")
      + lines(3, from: "2026-11-10T00:00:00Z", every: 60, "zof", 404, code: "fourth")
      + lines(1, from: "2026-11-16T00:00:00Z", every: 60, "zof", 404, code: "usual")
    let report = try ImportedLog(log).question().report(.week(ISOWeek("2026-W46")))
    #expect(report.value["new"]?.elements.compactMap { $0["code"]?.text } == ["fourth"])
  }
}
