import Questions
import Testing
import Times

@testable import Reports

@Suite(.onEveryArchive) struct StoreMetricsTests {
  static let log = """
    {"time":"2026-11-02T09:05:00Z","vendor":"zof","status":200}
    {"time":"2026-11-03T09:20:00Z","vendor":"zof","status":429}
    {"vendor":"zof","status":500}
    {"time":"2026-11-04T10:00:00Z","vendor":"zihin","status":502}
    {"time":"2026-11-04T10:00:01Z","status":502}
    {"vendor":"mimicbot","status":201}
    {
    """

  @Test func `each vendor's errors and requests are counted, with those without a time`() throws {
    let metrics = try StoreMetrics(ImportedLog(Self.log).archive, most: 10)
    #expect(
      metrics.vendors == [
        .init(name: "zof", errors: 2, requests: 3), .init(name: nil, errors: 1, requests: nil),
        .init(name: "mimicbot", errors: 0, requests: 1),
        .init(name: "zihin", errors: 1, requests: nil),
      ])
    #expect(metrics.vendorCount == 4)
    #expect(metrics.holdings.events == 4)
    #expect(metrics.holdings.rejects == 1)
    #expect(metrics.newest == 1_793_786_401_000)
  }

  @Test func `only so many vendors are told by themselves, those with most responses`() throws {
    let metrics = try StoreMetrics(ImportedLog(Self.log).archive, most: 1)
    #expect(metrics.vendors.map(\.name) == ["zof"])
    #expect(metrics.vendorCount == 4)
  }

  @Test func `an empty store counts nothing`() throws {
    let metrics = try StoreMetrics(ImportedLog("").archive, most: 10)
    #expect(metrics.vendors == [])
    #expect(metrics.newest == nil)
    #expect(metrics.holdings.events == 0)
    #expect(try openIncidents(in: ImportedLog("").archive) == [:])
  }

  @Test func `an incident is open until the log goes on without it`() throws {
    // A quiet week, and an hour in which nearly all fails at its end.
    func line(_ minute: Int, _ status: Int) -> String {
      let time = 1_793_577_600 + minute * 60
      return #"{"time":\#(time),"vendor":"zof","status":\#(status)}"#
    }
    let week = 7 * 24 * 60
    let quiet = (0..<week).map { line($0, 200) }
    let outage = (week..<week + 60).flatMap { minute in [line(minute, 503), line(minute, 503)] }
    let log = try ImportedLog((quiet + outage).joined(separator: "\n"))
    #expect(try openIncidents(in: log.archive) == ["zof": 1])
    let after = try ImportedLog(
      (quiet + outage + (week + 60..<week + 360).map { line($0, 200) }).joined(separator: "\n"))
    #expect(try openIncidents(in: after.archive) == [:])
  }
}
