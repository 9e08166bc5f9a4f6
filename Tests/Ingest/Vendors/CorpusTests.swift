import Events
import Foundation
import Ingest
import Testing
import Times

/// Labelled bodies of vendors without a profile, and of the five with one;
/// Fixtures/bodies/README.md says where they are from.
@Suite struct CorpusTests {
  /// Of each file: how many lines it has, and how many may be misread.
  @Test(arguments: [("bodies/corpus.ndjson", 437, 0), ("bodies/more.ndjson", 590, 0)])
  func `code, message, request id and kind are as labelled`(
    file: String, count: Int, misses: Int
  ) throws {
    let lines = try fixtureLines(file)
    #expect(lines.count == count)
    var missed = 0
    for (place, line) in lines.enumerated() {
      let sample = try #require(object(line))
      let wrong = try difference(sample, body: body(in: line))
      if wrong.isEmpty { continue }
      missed += 1
      print("\(file):\(place + 1): \(sample["vendor"] ?? ""): \(wrong.joined(separator: "; "))")
    }
    #expect(missed <= misses)
  }

  /// Bodies that were once misread, each for a reason of its own.
  @Test func `what was misread once is read`() throws {
    let lines = try fixtureLines("bodies/faults.ndjson")
    #expect(lines.count == 64)
    for line in lines {
      let sample = try #require(object(line))
      let expected = try #require(sample["expect"] as? [String: Any])
      let event = try event(
        """
        {"time":"2025-11-20T10:00:00Z","vendor":"\(sample["vendor"] ?? "")",
        "status":\(sample["status"] ?? 0),
        "response":{"headers":\(text(sample["headers"])),"body":\(text(sample["body"]))}}
        """)
      let why = Comment(rawValue: "\(sample["why"] ?? ""): \(line)")
      #expect(event.code == expected["code"] as? String, why)
      if let message = expected["message"] as? String { #expect(event.message == message, why) }
      if let kind = expected["kind"] as? String { #expect(event.kind.name == kind, why) }
      #expect(event.kind.name != expected["kind_not"] as? String, why)
      if let id = expected["request_id"] as? String { #expect(event.requestID == id, why) }
      if let delay = expected["retry_after_ms"] as? Int64 {
        #expect(event.retryAfter == delay, why)
      }
      if let count = expected["issues"] as? Int {
        let issues = event.details.flatMap(object)?["issues"] as? [Any] ?? []
        #expect(issues.count == count, why)
      }
    }
  }

  /// What is not as labelled.
  private func difference(_ sample: [String: Any], body: String) throws -> [String] {
    let expected = try #require(sample["expect"] as? [String: Any])
    let event = try event(
      """
      {"time":"2025-11-20T10:00:00Z","vendor":"\(sample["vendor"] ?? "")",
      "status":\(sample["status"] ?? 0),
      "response":{"headers":\(text(sample["headers"])),"body":\(body)}}
      """)
    var wrong: [String] = []
    func compare(_ name: String, _ value: String?, _ wanted: Any?) {
      let wanted = wanted as? String
      if value != wanted { wrong.append("\(name) is \(value ?? "none"), not \(wanted ?? "none")") }
    }
    compare("code", event.code, expected["code"])
    compare("message", event.message, expected["message"])
    compare("kind", event.kind.name, expected["kind"])
    compare("request id", event.requestID, expected["requestId"])
    if let seconds = expected["retryAfter"] as? Double {
      compare("delay", event.retryAfter.map(String.init), String(Int64((seconds * 1000).rounded())))
    }
    return wrong
  }

  /// The body as the line writes it: its members stand in order.
  private func body(in line: String) throws -> String {
    let start = try #require(line.range(of: "\"body\":")).upperBound
    let end = try #require(line.range(of: ",\"expect\":", options: .backwards)).lowerBound
    return String(line[start..<end])
  }

  private func object(_ text: String) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  private func text(_ value: Any?) -> String {
    let data = try? JSONSerialization.data(
      withJSONObject: value ?? NSNull(), options: .fragmentsAllowed)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
