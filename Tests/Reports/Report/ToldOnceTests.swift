import Answers
import Foundation
import Profiles
import Reports
import Testing
import Times

/// What changed is told once, whichever of a vendor, a kind, a code and a route it was found by.
@Suite struct ToldOnceTests {
  private func moves(_ log: ImportedLog, _ week: String) throws -> [String] {
    let report = try log.question().report(.week(try ISOWeek(week)))
    return report.sections.flatMap(\.blocks).flatMap { block -> [String] in
      guard case .chart(let chart) = block, case .comparison(let comparison) = chart.form else {
        return []
      }
      return comparison.items.map(\.name)
    }
  }

  @Test func `in the demo's log a plan that is used up is one row`() throws {
    let log = try ImportedLog("")
    let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/demo/demo.ndjson.gz")
    try log.read(demo.path)
    #expect(
      try moves(log, "2026-W46") == [
        "kind plan_limit, mostly flowestate FORBIDDEN on /leads", "zof unauthorized",
      ])
  }

  /// Lines of two weeks: a few errors each day of the first, many of the second.
  private func lines(_ sorts: [(code: String, status: Int, route: String)]) -> [String] {
    (0..<14).flatMap { day in
      (0..<24).flatMap { hour in
        sorts.enumerated().flatMap { place, sort in
          (0..<(day < 7 ? (hour % 12 == place ? 1 : 0) : 2)).map { minute in
            let time =
              "2026-11-\(day < 8 ? "0" : "")\(2 + day)T\(hour < 10 ? "0" : "")\(hour):0\(minute):\(10 + place)Z"
            return """
              {"time":"\(time)","vendor":"zihin","status":\(sort.status),"method":"POST",\
              "route":"\(sort.route)","path":"\(sort.route)","body":{"error":{"code":"\(sort.code)"}}}
              """
          }
        }
      }
    }
  }

  @Test func `one code on one route is one row, and two that have nothing in common are two`()
    throws
  {
    let one = try moves(
      ImportedLog(lines([("provider_timeout", 504, "/v1/chat")])), "2026-W46")
    #expect(one.count == 1)
    let two = try moves(
      ImportedLog(
        lines([("provider_timeout", 504, "/v1/chat"), ("invalid_request", 400, "/v1/other")])),
      "2026-W46")
    #expect(two.contains { $0.contains("provider_timeout") || $0.contains("/v1/chat") })
    #expect(two.contains { $0.contains("invalid_request") || $0.contains("/v1/other") })
    #expect(two.count < 5)
  }
}
