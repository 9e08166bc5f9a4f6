import Answers
import Events
import Rendering
import Reports
import Testing

/// What is sent to a vendor.
@Suite(.onEveryArchive) struct EvidenceTests {
  private static let failure =
    #""vendor":"zof","status":503,"method":"POST","route":"/runs","consumer":"acme-corp","#

  private func log(_ lines: [String]) throws -> ImportedLog {
    try ImportedLog(lines + [line("2026-11-16T00:00:00Z", "zof", 404)])
  }

  @Test func `failures of the vendor with their ids, and nothing of who asked`() throws {
    let log = try log([
      #"{"time":"2026-11-10T09:00:00Z",\#(Self.failure)"request_id":"req_a1","#
        + #""latency_ms":12,"body":{"error":{"code":"down","message":"Try later"}}}"#,
      #"{"time":"2026-11-10T09:00:01.250Z",\#(Self.failure)"body":{"error":{"code":"down"}}}"#,
      line("2026-11-10T09:00:02Z", "zof", 400, code: "ours"),
      line("2026-11-10T09:00:03Z", "zof", 429, code: "slow"),
      line("2026-11-10T09:00:04Z", "zihin", 500, code: "other"),
    ])
    let answer = try log.question(vendors: ["zof"]).evidence(redact: { $0 })
    #expect(answer.value["failed"] == 2)
    #expect(answer.value["without_id"] == 1)
    let requests = answer.value["requests"]?.elements ?? []
    #expect(requests.map { $0["request_id"] } == ["req_a1", .null])
    #expect(requests.first?["route"] == "/runs")
    #expect(requests.first?["time"]?.time == (try at("2026-11-10T09:00:00Z")))
    let text = shown(answer)
    #expect(text.contains("2026-11-10 09:00:00Z  req_a1"))
    #expect(text.contains("Try later"))
    for format in [shown(answer), shown(answer, as: .json), shown(answer, as: .csv)] {
      #expect(!format.contains("acme-corp"))
    }
  }

  @Test func `what a gateway answered itself is not the vendor's`() throws {
    // Kong names the status of the upstream; there was none.
    let log = try log([
      #"{"request":{"method":"GET","uri":"/v1/runs"},"response":{"status":503},"#
        + #""latencies":{"proxy":-1,"kong":3,"request":3},"service":{"name":"zof","host":"api.zof.ai"},"#
        + #""started_at":1762765200000,"upstream_status":"-"}"#,
      line("2026-11-10T09:00:00Z", "zof", 500),
    ])
    let answer = try log.question(vendors: ["zof"]).evidence(redact: { $0 })
    #expect(answer.value["failed"] == 1)
    #expect(answer.value["unproven"] == 1)
  }

  @Test func `of many, some are named, evenly spread`() throws {
    let start = try at("2026-11-10")
    let log = try log(
      (0..<1000).map { line(start + Int64($0) * 60_000, "zof", 500, code: "down") })
    let answer = try log.question(vendors: ["zof"]).evidence(redact: { $0 })
    #expect(answer.value["failed"] == 1000)
    #expect(answer.value["by_code"]?[0]?["errors"] == 1000)
    let times = (answer.value["requests"]?.elements ?? []).compactMap { $0["time"]?.time }
    #expect((25...50).contains(times.count))
    let gaps = Set(zip(times, times.dropFirst()).map { $1 - $0 })
    #expect(gaps.count == 1)
    #expect(times.first == start)
  }

  @Test func `words of the vendor are redacted once more`() throws {
    let log = try log([
      #"{"time":"2026-11-10T09:00:00Z","vendor":"zof","status":500,"body":{"error":{"message":"it broke"}}}"#
    ])
    let answer = try log.question(vendors: ["zof"]).evidence(
      redact: { $0.replacing("broke", with: "[gone]") })
    #expect(answer.value["by_code"]?[0]?["message"] == "it [gone]")
  }
}
