import Foundation
import Testing

/// What the chapter on logging says to paste is read wholly, in the lines that real servers wrote with it.
@Suite struct LoggingChapterTests {
  private let sandbox: Sandbox
  private let page: Page
  private static let logs = Repository.fixtures.appendingPathComponent("configured")

  init() throws {
    sandbox = try Sandbox()
    page = try #require(try Page.all.first { $0.path.hasSuffix("/logging.md") })
    for block in page.blocks {
      if let file = block.file {
        try sandbox.write(block.lines.joined(separator: "\n") + "\n", to: file)
      }
    }
  }

  private func log(_ name: String) -> String {
    Self.logs.appendingPathComponent("\(name).log").path
  }

  @Test(arguments: [("errata.conf", "nginx"), ("errata-apache.conf", "apache")])
  func `a profile learnt from the configuration reads every line`(
    configuration: String, name: String
  ) throws {
    let outcome = try sandbox.run(
      "errata gateways learn -q \(configuration) --check \(log(name))")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaint)")
    #expect(outcome.output.contains("5 lines, 5 records: 5 read by it, 0 by others, 0 by none"))
  }

  @Test(arguments: ["nginx", "haproxy", "apache", "caddy", "kong", "traefik"])
  func `every line is read without a profile, with all that it has`(name: String) throws {
    try sandbox.output("errata import -q \(log(name))")
    let rows =
      try sandbox.json(
        """
        errata query --format json "select status, code, kind, request_id, consumer, path, \
        latency_ms, retry_after_ms, answered_by from events order by time_ms, id"
        """)["rows"] as? [[Any]] ?? []
    let own = ["nginx": 502, "caddy": 502, "traefik": 404][name] ?? 503
    #expect(rows.map { $0[0] as? Int } == [404, 429, 503, own])
    #expect(rows.map { $0[2] as? String }.prefix(2) == ["not_found", "rate_limit"])
    if ["nginx", "haproxy", "kong"].contains(name) {
      #expect(
        rows.map { $0[1] as? String }
          == ["run_not_found", "rate_limit_exceeded", "UPSTREAM_UNAVAILABLE", nil])
    }
    if !["apache", "caddy"].contains(name) {
      #expect(rows.last?[8] as? String == "gateway")
    }
    #expect(
      rows.prefix(3).allSatisfy { ($0[3] as? String)?.hasPrefix("req_8f2c61d09ab47e35") == true })
    #expect(rows.map { $0[5] as? String } == ["/v1/runs/7", "/v1/chat", "/v1/bots", "/none"])
    #expect(rows.allSatisfy { $0[6] is NSNumber })
    #expect(rows[1][7] as? Int == 30_000)
    if name != "caddy" {
      #expect(rows.map { $0[4] as? String }.prefix(2) == ["ci-runner", "batch-import"])
    }
    let summary = try sandbox.json("errata rates --every 1d --since 2026-11-29 --format json")
    let days = summary["rows"] as? [[String: Any]] ?? []
    #expect(days.compactMap { $0["requests"] as? Int }.reduce(0, +) == 5)
  }

  @Test func `where most errors have no code, an import says what to log`() throws {
    let told = try sandbox.run("errata import \(log("apache"))").complaint
    #expect(told.contains("errata help logging says what to log for more"))
    let enough = try sandbox.run("errata import \(log("nginx"))").complaint
    #expect(!enough.contains("errata help logging"))
  }

  @Test func `the configuration of Envoy is understood`() throws {
    let outcome = try sandbox.run("errata gateways learn errata-envoy.yaml > envoy.json")
    #expect(outcome.status == 0, "\(outcome.complaint)")
  }
}
