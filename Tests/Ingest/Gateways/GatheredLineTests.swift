import Events
import Foundation
import Ingest
import Testing
import Times

/// Lines of other projects' suites, documents and issues, each with what stands in it: Fixtures/lines.
@Suite struct GatheredLineTests {
  struct Sample: Decodable, Sendable, CustomTestStringConvertible {
    struct Expected: Decodable, Sendable {
      var status: Int?
      var method: String?
      var path: String?
      var time: String?
      var latency: Double?
      var requestID: String?
      var upstreamStatus: Int?

      enum CodingKeys: String, CodingKey {
        case status, method, path, time
        case latency = "latency_ms"
        case requestID = "request_id"
        case upstreamStatus = "upstream_status"
      }
    }

    var line: String
    /// `error`, `success`, or `skip` for a line that is no response.
    var outcome: String
    var expect: Expected?
    var source: String

    var testDescription: String { source }
  }

  private static func samples() throws -> [Sample] {
    try fixtureLines("lines/gathered.ndjson").map {
      try JSONDecoder().decode(Sample.self, from: Data($0.utf8))
    }
  }

  @Test func `lines gathered elsewhere are read as they were written`() throws {
    let samples = try Self.samples()
    #expect(samples.count > 40)
    for sample in samples { try check(sample) }
  }

  private func check(_ sample: Sample) throws {
    let response = try explain(sample.line)
    guard let expected = sample.expect else {
      #expect(!["event", "success"].contains(response.outcome), "\(sample.line)")
      return
    }
    #expect(response.outcome == (sample.outcome == "error" ? "event" : "success"), "\(sample.line)")
    guard let event = response.event else { return }
    if let status = expected.status { #expect(event.status == status, "\(sample.line)") }
    if let method = expected.method { #expect(event.method == method, "\(sample.line)") }
    if let path = expected.path { #expect(event.path == path, "\(sample.line)") }
    if let time = expected.time {
      #expect(event.time.map(formatTime) == time, "\(sample.line)")
    }
    if let latency = expected.latency {
      #expect(abs((event.latency ?? -1) - latency) < 0.01, "\(sample.line)")
    }
    if let id = expected.requestID {
      let ids = response.identifiers
      #expect(event.requestID == id || ids.contains(id), "\(sample.line)")
    }
    if let status = expected.upstreamStatus {
      #expect(event.upstreamStatus == status, "\(sample.line)")
    }
  }
}
