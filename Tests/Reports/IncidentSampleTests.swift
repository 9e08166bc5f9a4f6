import Answers
import Foundation
import Reports
import Testing
import Times

/// Logs of which it is known what is in them: see Fixtures/incidents/README.md.
@Suite struct IncidentSampleTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var log: String
    var what: [String]
    /// From the first failure's minute to the end of the last one's.
    var start: String
    var end: String
    var failures: Int64
    /// Nil where most, but not all requests fail.
    var isAll = true
    var testDescription: String { log }
  }

  static let samples = [
    Sample(
      log: "noresp", what: ["outage"], start: "2026-11-12T10:04:00Z", end: "2026-11-12T11:00:00Z",
      failures: 62),
    Sample(
      log: "outage20h", what: ["outage"], start: "2026-11-10T06:01:00Z",
      end: "2026-11-11T02:00:00Z", failures: 591),
    Sample(
      log: "outage30h", what: ["outage"], start: "2026-11-10T06:01:00Z",
      end: "2026-11-11T11:44:00Z", failures: 879),
    Sample(
      log: "outage60h", what: ["outage"], start: "2026-11-10T06:01:00Z",
      end: "2026-11-12T17:59:00Z", failures: 1790),
    Sample(
      log: "storm30h", what: ["rejections"], start: "2026-11-10T06:00:00Z",
      end: "2026-11-11T12:00:00Z", failures: 3594, isAll: false),
    Sample(
      log: "revoked-key-3h", what: ["credentials"], start: "2026-11-10T06:01:00Z",
      end: "2026-11-10T09:00:00Z", failures: 190),
    Sample(
      log: "dropout", what: ["outage"], start: "2026-11-12T12:05:00Z",
      end: "2026-11-12T14:00:00Z", failures: 8),
  ]

  @Test(arguments: samples)
  func `trouble is one incident, whole and as it was`(_ sample: Sample) throws {
    let report = try report(sample.log)
    let incidents = report["incidents"]?.elements ?? []
    #expect(incidents.count == 1)
    let incident = try #require(incidents.first)
    #expect(sample.what.contains(incident["what"]?.text ?? ""))
    #expect(incident["vendor"] == "acme")
    #expect(incident["vendors"] == ["acme"])
    #expect(incident["ongoing"] == false)
    // A stray error beside it is no harm.
    let (start, end) = (try at(sample.start), try at(sample.end))
    let slack = max(10 * 60_000, (end - start) / 50)
    #expect(abs((incident["start"]?.time ?? 0) - start) <= slack)
    #expect(abs((incident["end"]?.time ?? 0) - end) <= slack)
    let failures = incident["failures"]?.integer ?? 0
    #expect(abs(failures - sample.failures) <= max(1, sample.failures / 50))
    if sample.isAll { #expect(incident["requests"]?.integer ?? 0 <= failures + 1) }
    #expect(report["habits"] == [])
  }

  @Test func `as many more requests with as many more errors are no incident`() throws {
    let report = try report("campaign")
    #expect(report["incidents"] == [])
    #expect(report["spikes"] == [])
  }

  @Test func `what comes every hour or night is told once, and is no incident`() throws {
    let cron = try report("cron")
    #expect(cron["incidents"] == [])
    #expect(cron["habits"]?.elements.count == 1)
    let habit = cron["habits"]?[0]
    #expect(habit?["vendor"] == "acme")
    #expect(habit?["what"] == "rejections")
    #expect(habit?["every"] == "hour")
    #expect(habit?["at"] == ":00")
    #expect(habit?["size"] == 12)
    #expect(habit?["route"] == "batch")
    #expect(habit?["consumer"] == "cron")
    let night = try report("night")
    #expect(night["incidents"] == [])
    #expect(night["habits"]?.elements.count ?? 0 <= 1)
  }

  @Test func `an incident is found again by its id, and its evidence is all there is`() throws {
    let log = try log("noresp")
    let question = try log.question()
    let incident = try #require(
      try question.report(.week(ISOWeek("2026-W46"))).value["incidents"]?[0])
    let id = try #require(incident["id"]?.text)
    let story = try #require(try question.incident(id, elsewhere: true)).value
    for member in ["id", "what", "start", "end", "failures", "requests", "expected"] {
      #expect(story[member] == incident[member])
    }
    let inside = (story["minutes"]?.elements ?? []).filter { minute in
      (minute["start"]?.time ?? 0) >= (incident["start"]?.time ?? 0)
        && (minute["end"]?.time ?? 0) <= (incident["end"]?.time ?? 0)
    }
    #expect(inside.reduce(0) { $0 + ($1["unanswered"]?.integer ?? 0) } == 62)
    #expect(inside.reduce(0) { $0 + ($1["requests"]?.integer ?? 0) } == 62)
    #expect(try question.incident(String(id.prefix(6)), elsewhere: true) != nil)
    #expect(try question.incident("nothing", elsewhere: true) == nil)
    #expect(
      try log.question(since: "2026-11-02", until: "2026-11-05")
        .incident(id, elsewhere: false) == nil)
  }

  private func report(_ name: String) throws -> Value {
    try log(name).question().report(.week(ISOWeek("2026-W46"))).value
  }

  private func log(_ name: String) throws -> ImportedLog {
    let log = try ImportedLog("")
    try log.read(
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/incidents/\(name).ndjson.gz").path)
    return log
  }
}
