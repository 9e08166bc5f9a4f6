import Events
import Foundation
import Ingest
import Testing

/// Labelled bodies of the five vendors, to the last detail; bodies/README.md says where they are from.
@Suite struct BodiesTests {
  private static let vendors = ["zenstep", "mimicbot", "zihin", "flowestate", "zof"]
  private static let lines = ((try? fixtureLines("bodies/corpus.ndjson")) ?? []).filter { line in
    vendors.contains { line.hasPrefix(#"{"vendor":"\#($0)""#) }
  }

  @Test func `all of them are there`() {
    #expect(BodiesTests.lines.count == 56)
  }

  @Test(arguments: lines)
  func `a labelled body is read as its label says`(line: String) throws {
    let sample = try #require(object(line))
    let expected = try #require(sample["expect"] as? [String: Any])
    let vendor = try #require(sample["vendor"] as? String)
    let status = try #require(sample["status"] as? Int)
    let event = try event(
      """
      {"vendor":"\(vendor)","status":\(status),
      "response":{"headers":\(try text(sample["headers"])),"body":\(try text(sample["body"]))}}
      """)
    #expect(event.vendor == vendor)
    #expect(event.status == status)
    #expect(event.code == expected["code"] as? String)
    #expect(event.message == expected["message"] as? String)
    #expect(event.kind.name == expected["kind"] as? String)
    #expect(event.requestID == expected["requestId"] as? String)
    #expect(event.retryAfter == (expected["retryAfter"] as? Int64).map { $0 * 1000 })
    #expect(event.upstreamStatus == expected["upstreamStatus"] as? Int)

    let details = event.details.flatMap(object) ?? [:]
    let param = expected["param"] as? String
    #expect(details["param"] as? String == param)
    if param == nil {
      #expect(
        details["issues"] as? [[String: String]] == expected["issues"] as? [[String: String]])
    }
    if let resource = expected["resource"] as? String {
      #expect(details["resource"] as? String == resource)
    }
    #expect(details["limit"] as? Int == expected["limit"] as? Int)
  }

  private func object(_ text: String) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  private func text(_ value: Any?) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: #require(value))
    return String(decoding: data, as: UTF8.self)
  }
}
