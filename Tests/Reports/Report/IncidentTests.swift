import Answers
import Reports
import Testing
import Times

/// Trouble as incidents, with what their errors have in common.
@Suite(.onEveryArchive) struct IncidentTests {
  /// Four quiet weeks with a server error each six hours, then trouble on 10 November.
  private func log(_ trouble: [String]) throws -> ImportedLog {
    let start = try at("2026-10-12")
    return try ImportedLog(
      (0..<140).map { line(start + Int64($0) * 6 * Milliseconds.hour, "zof", 500, code: "usual") }
        + trouble + [line("2026-11-16T00:00:00Z", "zof", 404)])
  }

  private func lines(
    _ count: Int, from: String, every seconds: Int64, _ vendor: String, _ status: Int, code: String,
    route: String? = nil, consumer: String? = nil
  ) throws -> [String] {
    let start = try at(from)
    return (0..<count).map {
      line(
        start + Int64($0) * seconds * 1000, vendor, status, code: code, route: route,
        consumer: consumer)
    }
  }

  @Test func `a spike and a burst of one vendor that overlap are one incident`() throws {
    let log = try log(
      lines(
        60, from: "2026-11-10T14:00:00Z", every: 10, "zof", 503, code: "down", route: "/runs",
        consumer: "batch")
        + lines(
          40, from: "2026-11-10T14:05:00Z", every: 10, "zof", 429, code: "slow", route: "/runs",
          consumer: "web"))
    let incidents = try log.question().report().value["incidents"]?.elements ?? []
    #expect(incidents.count == 1)
    let incident = try #require(incidents.first)
    #expect(incident["vendor"] == "zof")
    #expect(incident["server_errors"] == 60)
    #expect(incident["rejections"] == 40)
    #expect(incident["start"]?.time == (try at("2026-11-10T14:00:00Z")))
    #expect(incident["end"]?.time == (try at("2026-11-10T14:12:00Z")))
    #expect(
      incident["codes"] == [["name": "down", "count": 60], ["name": "slow", "count": 40]])
    #expect(incident["routes"] == [["name": "/runs", "count": 100]])
    #expect(
      incident["consumers"] == [["name": "batch", "count": 60], ["name": "web", "count": 40]])
    #expect(
      incident["blame"] == [
        ["whose": "vendor", "errors": 60], ["whose": "ours", "errors": 40],
      ])
  }

  @Test func `those of two vendors, or hours apart, are several`() throws {
    let log = try log(
      lines(60, from: "2026-11-10T14:00:00Z", every: 10, "zof", 503, code: "down")
        + lines(40, from: "2026-11-10T14:05:00Z", every: 10, "zihin", 429, code: "slow")
        + lines(60, from: "2026-11-12T03:00:00Z", every: 10, "zof", 503, code: "down"))
    let incidents = try log.question().report().value["incidents"]?.elements ?? []
    #expect(incidents.map { $0["vendor"] } == ["zof", "zof", "zihin"])
    #expect(incidents.map { $0["rejections"] } == [0, 0, 40])
  }

  @Test func `other errors of the time are no part of it`() throws {
    let log = try log(
      lines(60, from: "2026-11-10T14:00:00Z", every: 10, "zof", 503, code: "down")
        + lines(800, from: "2026-10-12T00:05:00Z", every: 3600, "zof", 404, code: "elsewhere")
        + lines(60, from: "2026-11-10T14:00:00Z", every: 60, "flowestate", 404, code: "other"))
    let incident = try #require(
      try log.question().report().value["incidents"]?.elements.first { $0["vendor"] == "zof" })
    #expect(incident["codes"] == [["name": "down", "count": 60]])
  }

  @Test func `a quiet week has none, and says so`() throws {
    let report = try log([]).question().report()
    #expect(report.value["incidents"] == [])
    #expect(shown(report).contains("none: nothing failed more than usual"))
  }
}
