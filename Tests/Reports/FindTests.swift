import Answers
import Files
import Foundation
import Ingest
import Profiles
import Reports
import Store
import Testing
import Times

@Suite(.onEveryArchive) struct FindTests {
  static let log = """
    {"time":"2026-11-02T09:20:00.250Z","vendor":"zihin","status":502,"method":"POST",\
    "path":"/v1/agents/7f3a9c21/chat","consumer":"support","latency_ms":900.5,"retry_after":5,\
    "request_id":"req_8F2","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",\
    "body":{"error":"provider_error","message":"The provider failed","status":"error",\
    "details":{"statusCode":429}}}
    {"time":"2026-11-02T09:19:00Z","vendor":"acme","status":418,\
    "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
    {"vendor":"zof","status":500,"request_id":"no-time-1"}
    """

  @Test func `an event, what it means and what to do`() throws {
    let log = try ImportedLog(Self.log)
    let whole = shown(try log.find("req_8F2").answer).replacing(log.path, with: "gateway.log")
    #expect(whole.contains("2 failures of the requests that were asked about, in 1 min."))
    let text = whole.components(separatedBy: "\n\nThe story")[0]
    expect(
      text,
      """
      1 event

      zihin 502 provider_error

      time             2026-11-02 09:20:00 (UTC)
      vendor           zihin
      status           502
      code             provider_error
      kind             upstream
      message          The provider failed
      request id       req_8F2
      request          POST /v1/agents/7f3a9c21/chat
      route            /v1/agents/{id}/chat
      consumer         support
      latency          900.5 ms
      Retry-After      5 s
      upstream status  429
      answered by      vendor
      details          {"statusCode":429}
      source           gateway.log, byte 0
      other ids        4bf92f3577b34da6a3ce929d0e0e4736
      this error       seen once
      it means         The language-model provider behind Zihin returned an error.
      what to do       Retry with growing delays (Zihin documents none).
      """)
  }

  @Test(arguments: ["req_8F2", "REQ_8f2", "req_8f2"])
  func `an id is found in any case`(id: String) throws {
    #expect(try ImportedLog(Self.log).find(id).answer.title == "1 event")
  }

  @Test func `any id of the line finds it, the oldest event first`() throws {
    let answer = try ImportedLog(Self.log).find("4bf92f3577b34da6a3ce929d0e0e4736").answer
    #expect(answer.title == "2 events")
    #expect(answer.value["events"]?.elements.map { $0["vendor"] } == ["acme", "zihin"])
    #expect(
      answer.value["events"]?[1]?["identifiers"]
        == ["req_8F2", "4bf92f3577b34da6a3ce929d0e0e4736"])
  }

  @Test func `an event without a time is found too`() throws {
    let event = try ImportedLog(Self.log).find("no-time-1").answer.value["events"]?[0]
    #expect(event?["time"] == .null)
    #expect(event?["vendor"] == "zof")
  }

  @Test func `advice is the vendor's where it is documented, else that of the kind`() throws {
    let log = try ImportedLog(Self.log)
    let documented = try log.find("req_8F2").answer.value["events"]?[0]?["advice"]
    #expect(documented?["retry"] == "backoff")
    #expect(documented?["text"] == "Retry with growing delays (Zihin documents none).")
    let answer = try log.find("4bf92f3577b34da6a3ce929d0e0e4736").answer
    #expect(answer.value["events"]?[0]?["advice"]?["meaning"] == .null)
  }

  @Test func `an id is found when its log is gone`() throws {
    let log = try ImportedLog(Self.log)
    try log.removeLog()
    let answer = try log.find("4bf92f3577b34da6a3ce929d0e0e4736").answer
    #expect(answer.value["events"]?.elements.map { $0["identifiers"] } == [[], ["req_8F2"]])
  }

  @Test func `a line that was read back is said to be, and where`() throws {
    let log = try ImportedLog(Self.log)
    let event = try log.find("req_8F2").answer.value["events"]?[0]
    #expect(event?["line"] == "read")
    #expect(event?["line_path"] == .text(log.path))
    try log.removeLog()
    let answer = try log.find("req_8F2").answer
    #expect(answer.value["events"]?[0]?["line"] == "gone")
    #expect(answer.value["events"]?[0]?["line_path"] == .null)
    #expect(shown(answer).contains("is gone from there: other ids are not known"))
  }

  /// The same place in another log: other ids, or the same ids and another event.
  @Test(arguments: [
    #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":500,"request_id":"req_B","trace_id":"tb"}"#,
    #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":400,"request_id":"req_A","trace_id":"ta01"}"#,
    #"{"time":"2026-11-02T09:21:00Z","vendor":"zof","status":500,"request_id":"req_A","trace_id":"ta01"}"#,
    #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":500,"request_id":"req_A","trace_id":"tx01"}"#,
    #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":200,"request_id":"req_A","trace_id":"ta01"}"#,
    "not a line",
  ])
  func `no other line is shown as an event's, and no event is denied`(line: String) throws {
    let own =
      #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":500,"request_id":"req_A","trace_id":"ta01"}"#
    let log = try ImportedLog(own)
    let length = own.utf8.count
    let other = line + String(repeating: " ", count: max(0, length - line.utf8.count))
    try (other + "\n").write(toFile: log.path, atomically: false, encoding: .utf8)
    for id in ["req_A", "ta01"] {
      let answer = try log.find(id).answer
      #expect(answer.title == "1 event")
      #expect(answer.value["events"]?[0]?["identifiers"] == ["req_A"])
      #expect(answer.value["events"]?[0]?["line"] == "gone")
    }
    #expect(try log.find("req_B").isEmpty)
  }

  @Test func `a line with ids that were none when it was stored is its event's`() throws {
    let own =
      #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","status":500,"request_id":"req_A","trace_no":"ta01"}"#
    let log = try ImportedLog(own)
    // As if the name had been learnt since.
    try (own.replacing("trace_no", with: "trace_id") + "\n")
      .write(toFile: log.path, atomically: false, encoding: .utf8)
    let event = try log.find("req_A").answer.value["events"]?[0]
    #expect(event?["line"] == "read")
    #expect(event?["identifiers"] == ["req_A", "ta01"])
  }

  @Test func `an id of another text with the same hash is told apart by the line`() throws {
    let log = try ImportedLog(Self.log)
    func find(_ id: String) throws -> Bool {
      let recall = LineRecall(try Catalog(), seed: log.seed)
      let finder = Finder(
        log.archive, catalog: { try Catalog() }, zone: .utc,
        hash: { _, seed in "req_8F2".withBytes { identifierHash($0, seed: seed) } },
        line: recall.search)
      return try !finder.find(id).isEmpty
    }
    #expect(try find("req_8F2"))
    #expect(try !find("stranger"))
    try log.removeLog()
    #expect(try find("stranger"))
  }

  /// What a gateway answered does not mean what the vendor means by it.
  @Test(arguments: [
    (#""status":400,"upstream_status":"-""#, false),
    (#""status":502,"upstream_status":"504","body":{"error":{"code":"x","message":"y"}}"#, false),
    (#""status":400,"body":"<html><title>400 Bad Request</title></html>""#, false),
    (#""status":400,"body":"<html><h1>400 Request Header Or Cookie Too Large</h1></html>""#, false),
    (#""status":429"#, false),
    (#""status":400,"upstream_status":"400""#, true),
    (#""status":400,"body":{"error":{"message":"the field name is required"}}"#, true),
  ])
  func `a meaning is the vendor's only where the vendor spoke`(fields: String, isVendors: Bool)
    throws
  {
    let log = try ImportedLog(
      #"{"time":"2026-11-02T09:20:00Z","vendor":"zof","request_id":"req_A",\#(fields)}"#)
    let advice = try log.find("req_A").answer.value["events"]?[0]?["advice"]
    #expect((advice?["meaning"] == .null) != isVendors)
  }

  @Test func `several ids, each event once, and what is not known is named`() throws {
    let log = try ImportedLog(Self.log)
    let (answer, isEmpty) = try log.find(
      "req_8F2", "nothing", "4bf92f3577b34da6a3ce929d0e0e4736", "neither")
    #expect(!isEmpty)
    #expect(answer.value["events"]?.elements.map { $0["vendor"] } == ["zihin", "acme"])
    #expect(
      shown(answer).contains("\nNothing is known of nothing, neither. The store has what was"))
    #expect(answer.value["missing"]?.elements.map { $0["id"] } == ["nothing", "neither"])
    #expect(
      answer.value["query"] == "req_8F2 nothing 4bf92f3577b34da6a3ce929d0e0e4736 neither")
  }

  @Test(arguments: ["", "req_", "req_8F22", "7f3a9c21", "%", "zihin"])
  func `nothing is found where there is nothing`(id: String) throws {
    let (answer, isEmpty) = try ImportedLog(Self.log).find(id)
    #expect(isEmpty)
    #expect(answer.value["events"] == [])
  }
}
