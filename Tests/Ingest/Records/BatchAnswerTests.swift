import Batches
import Events
import Ingest
import Testing

@testable import Ingest

/// Answers to several requests in one: each that failed is an event.
@Suite struct BatchAnswerTests {
  private func read(_ lines: [String]) throws -> Batch {
    let reader = try RecordReader(
      catalog: catalog(), options: RecordReader.Options(), ledger: MemoryLedger())
    let batch = Batch()
    reader.begin(batch)
    reader.read(lines, into: batch)
    return batch
  }

  private func line(_ body: String) -> String {
    #"{"time":"2025-11-20T10:00:00Z","status":200,"path":"/batch","response_body":\#(body)}"#
  }

  /// Microsoft Graph, Elasticsearch (bulk and msearch), Facebook, SQS, Kinesis, JSON-RPC,
  /// Salesforce, HubSpot, Expo, FCM, DynamoDB, GraphQL, Postmark, Google.
  @Test(
    arguments: [
      (
        #"""
        {"responses":[{"id":"1","status":200,"body":{}},{"id":"2","status":429,"body":{"error":
        {"code":"TooManyRequests","message":"Throttled"}}},{"id":"3","status":404,"body":{"error":
        {"code":"NotFound","message":"No such user"}}}]}
        """#, ["TooManyRequests rate_limit", "NotFound not_found"]
      ),
      (
        #"""
        {"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429,"error":
        {"type":"es_rejected_execution_exception","reason":"busy"}}}]}
        """#, ["es_rejected_execution_exception rate_limit"]
      ),
      (
        #"[{"code":200,"body":"{}"},null,{"code":400,"body":"{\"error\":{\"code\":\"c\"}}"}]"#,
        ["c validation"]
      ),
      (
        #"""
        {"value":[{"to":"+1","httpStatusCode":202,"successful":true},{"to":"+2","httpStatusCode":400,
        "errorMessage":"Invalid number.","successful":false}]}
        """#, ["- validation"]
      ),
      (
        #"{"Failed":[{"Id":"b","Code":"InvalidParameterValue","Message":"bad"}]}"#,
        ["InvalidParameterValue validation"]
      ),
      (
        #"{"FailedRecordCount":1,"Records":[{"ShardId":"s"},{"ErrorCode":"Throttling","ErrorMessage":"x"}]}"#,
        ["Throttling rate_limit"]
      ),
      (
        #"[{"jsonrpc":"2.0","id":1,"result":5},{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"x"}}]"#,
        ["-32601 not_found"]
      ),
      (
        #"{"compositeResponse":[{"body":[{"errorCode":"NOT_FOUND","message":"x"}],"httpStatusCode":404}]}"#,
        ["NOT_FOUND not_found"]
      ),
      (
        #"{"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR","message":"x"}]}"#,
        ["VALIDATION_ERROR validation"]
      ),
      (
        #"{"data":[{"status":"ok"},{"status":"error","message":"x","details":{"error":"DeviceNotRegistered"}}]}"#,
        ["DeviceNotRegistered unknown"]
      ),
      (
        #"{"success":1,"failure":1,"results":[{"message_id":"1"},{"error":"Unavailable"}]}"#,
        ["Unavailable unavailable"]
      ),
      (
        #"{"Responses":[{"Error":{"Code":"DuplicateItem","Message":"x"}},{"Item":{}}]}"#,
        ["DuplicateItem conflict"]
      ),
      (
        #"[{"data":{}},{"errors":[{"message":"x","extensions":{"code":"FORBIDDEN"}}]}]"#,
        ["FORBIDDEN permission"]
      ),
      (
        #"[{"ErrorCode":0,"Message":"OK"},{"ErrorCode":406,"Message":"Inactive"}]"#, ["406 unknown"]
      ),
      (
        #"""
        "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n--b\r\n\r\nHTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}\r\n--b--"
        """#, ["PERMISSION_DENIED permission"]
      ),
      (#"[{"jsonrpc":"2.0","id":1,"result":5}]"#, []),
      (#"{"responses":[{"id":"1","status":200,"body":{}}]}"#, []),
    ] as [(String, [String])])
  func `each part that failed is an event, the others count nothing`(
    body: String, parts: [String]
  ) throws {
    let batch = try read([line(body.replacing("\n", with: " "))])
    let events = batch.rows.map { Event($0, of: batch) }
    #expect(events.map { "\($0.code ?? "-") \($0.kind.name)" } == parts)
    #expect(events.allSatisfy { $0.status == 200 })
    #expect(batch.tally.events == Int64(parts.count))
    #expect(batch.tally.successes == (parts.isEmpty ? 1 : 0))
    #expect(batch.rows.map(\.part) == parts.indices.map(Int32.init))
  }

  @Test func `a part has a status and a delay of its own`() throws {
    let batch = try read([
      line(
        #"{"responses":[{"status":503,"headers":{"retry-after":"7"},"body":{"error":{"code":"c"}}}]}"#
      )
    ])
    let event = Event(try #require(batch.rows.first), of: batch)
    #expect(event.upstreamStatus == 503)
    #expect(event.kind == .unavailable)
    #expect(event.retryAfter == 7000)
  }

  @Test func `records behind a batch keep apart from its parts`() throws {
    let failed = #"{"status":404,"body":{"error":{"code":"c"}}}"#
    let record =
      #"{"status":200,"path":"/b","response_body":{"responses":[\#(failed),\#(failed)]}}"#
    let batch = try read([#"[\#(record),{"status":500,"path":"/x"}]"#])
    #expect(batch.rows.map(\.part) == [0, 1, 2])
    #expect(batch.tally.events == 3)
  }

  /// As many as stand in the line, which is as long as a line may be.
  @Test(arguments: [
    (#"{"results":["#, #"{"status":404,"error":{"code":"c"}}"#, "]}"),
    (#"[{"jsonrpc":"2.0"},"#, #"{"jsonrpc":"2.0","error":{"code":-1,"message":"m"}}"#, "]"),
    (#"{"responses":["#, #"{"status":404,"body":{"error":{"code":"c"}}}"#, "]}"),
    (#""--b\r\n"#, #"HTTP/1.1 404 Not Found\r\n\r\n{\"code\":\"c\"}\r\n--b\r\n"#, #"--b--""#),
  ])
  func `of a long batch each part is an event`(start: String, part: String, end: String) throws {
    let separator = part.hasPrefix("{") ? "," : ""
    let parts = Array(repeating: part, count: 2500).joined(separator: separator)
    let batch = try read([line(start + parts + end)])
    #expect(batch.tally.events == 2500)
    #expect(batch.rows.map(\.part) == (0..<2500).map(Int32.init))
  }

  @Test func `long lists of anything else are a success`() throws {
    let things = Array(repeating: #"{"id":1,"status":"gone","code":404}"#, count: 2500)
    let batch = try read([line(#"{"results":[\#(things.joined(separator: ","))]}"#)])
    #expect(batch.tally.successes == 1)
    #expect(batch.rows.isEmpty)
  }
}
