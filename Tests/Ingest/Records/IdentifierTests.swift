import Events
import Ingest
import Testing

@Suite struct IdentifierTests {
  @Test(
    arguments: [
      (#""request_id":"req-12345""#, "req-12345"),
      (#""headers":{"X-Request-Id":"abcd-1"}"#, "abcd-1"),
      (#""request":{"id":"2f69463"}"#, "2f69463"), (#""req":{"id":"0f0f0f0f"}"#, "0f0f0f0f"),
      (#""RayID":"9f6d3eb692345cde""#, "9f6d3eb692345cde"), (#""id":"top-level""#, "top-level"),
      (#""trackingReference":"TRACKING""#, "TRACKING"), (#""correlationId":"corr-1""#, "corr-1"),
      (#""req":{"id":12}"#, nil), (#""id":1"#, nil), (#""request_id":"12""#, nil),
      (#""request_id":"-","correlation_id":"corr-1""#, "corr-1"), (#""request_id":"""#, nil),
      (#""route":{"id":"not-this"}"#, nil), (#""insertId":"not-this""#, nil),
    ] as [(String, String?)])
  func `the request id is the gateway's where the body has none`(member: String, id: String?) throws
  {
    #expect(try event(#"{"status":500,"path":"/x",\#(member)}"#).requestID == id)
  }

  @Test func `the vendor's own id goes first, and the gateway's finds the event too`() throws {
    let explanation = try explain(
      #"""
      {"vendor":"mimicbot","status":404,"request_id":"gateway-1","body":
      {"error":{"code":"NOT_FOUND","message":"x","requestId":"req_own"}}}
      """#)
    #expect(explanation.event?.requestID == "req_own")
    #expect(explanation.identifiers.sorted() == ["gateway-1", "req_own"])
  }

  @Test(arguments: [
    (
      #""traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01""#,
      ["0af7651916cd43dd8448eb211c80319c"]
    ),
    (
      #""x-amzn-trace-id":"Self=1-67-a;Root=1-67891233-abcdef01;Sampled=1""#,
      ["1-67891233-abcdef01"]
    ),
    (#""trace":{"id":"0af76519"},"span":{"id":"b7ad6b71"}"#, ["0af76519", "b7ad6b71"]),
    (#""trace_id":"projects/p/traces/0af76519""#, ["0af76519"]),
    (#""headers":{"cf-ray":["8a1b2c3d"]},"dd.trace_id":"123456789""#, ["123456789", "8a1b2c3d"]),
    (#""upstream":{"headers":{"x-request-id":"behind-1"}}"#, ["behind-1"]),
    (#""upstream_http_x_request_id":"req_1b2c3d""#, ["req_1b2c3d"]),
    (#""request_id":"same-id","correlation_id":"same-id""#, ["same-id"]),
    (
      #""headers":{"X-Cloud-Trace-Context":"105445aa7843bc8bf206b12000100000/1;o=1"}"#,
      ["105445aa7843bc8bf206b12000100000"]
    ),
    (
      #""b3":"80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90""#,
      ["80f198ee56343ba864fe8b2a57d3eff7"]
    ),
    (#""headers":{"b3":"463ac35c9f6413ad-72485a3953bb6124-d"}"#, ["463ac35c9f6413ad"]),
    (
      #""sentry-trace":"771a43a4192642f0b136d5159a501700-7c51afd529da4a2a-1""#,
      ["771a43a4192642f0b136d5159a501700"]
    ),
    (#""uber-trace-id":"3c8d91b04ae57f26:7bd21c90e4aa3f15:0:1""#, ["3c8d91b04ae57f26"]),
    (
      #""headers":{"cf-ray":"8f2ac1d94f0b5c3e-FRA"}"#, ["8f2ac1d94f0b5c3e", "8f2ac1d94f0b5c3e-FRA"]
    ),
    (
      #""request_id":"main-1","headers":{"x-vercel-id":"fra1::iad1::q7xkd-1731400267482-4f0c7d1e9ab2"}"#,
      ["main-1", "q7xkd-1731400267482-4f0c7d1e9ab2"]
    ),
    (
      #"""
      "request_id":"main-1","headers":{"x-amz-id-2":"9vKBCM6pBz2R1JY3nT8sWqLx0/fEo4hAuZd7mGiCyXbPkNlr5t/QeVSOwUaHjD2IFgM8R1c6T0Y="}
      """#,
      [
        "9vKBCM6pBz2R1JY3nT8sWqLx0/fEo4hAuZd7mGiCyXbPkNlr5t/QeVSOwUaHjD2IFgM8R1c6T0Y=", "main-1",
      ]
    ),
    (
      #""request_id":"main-1","headers":{"x-azure-ref":"20261112T093107Z-17d9c5b8f4dk2w7h""#
        + #","eagleeye-traceid":"21014d2b17","CDN-RequestId":"f0c1d2e3a4"}"#,
      ["20261112T093107Z-17d9c5b8f4dk2w7h", "21014d2b17", "f0c1d2e3a4", "main-1"]
    ),
    (
      #""upstream_http_x_amz_id_2":"short-id-2","sent_http_cf_ray":"8f2ac1d94f0b5c3e""#,
      ["8f2ac1d94f0b5c3e", "short-id-2"]
    ),
    (#""request_id":7,"trace_id":"00","span_id":null"#, []),
  ])
  func `every id on the line finds its event, counters aside`(member: String, ids: [String]) throws
  {
    let explanation = try explain(#"{"status":500,"path":"/x",\#(member)}"#)
    #expect(explanation.identifiers.sorted() == ids)
  }

  @Test(arguments: [
    (
      #""source":"upstream","latencies":{},"request":{},"response":{"status":500},"started_at":1"#,
      AnsweredBy.vendor
    ),
    (
      #""source":"kong","latencies":{},"request":{},"response":{"status":429},"started_at":1"#,
      .gateway
    ),
    (
      #""response_flags":"-","response_code":503,"start_time":1,"response_code_details":"via_upstream""#,
      .vendor
    ),
    (
      #""response_flags":"UF","response_code":503,"start_time":1,"response_code_details":"no_healthy""#,
      .gateway
    ),
    (
      #""response_flags":"-","response_code":503,"start_time":1,"response_code_details":null"#,
      .unknown
    ),
    (#""DownstreamStatus":502,"OriginStatus":502,"RequestMethod":"GET","Overhead":1"#, .vendor),
    (#""DownstreamStatus":502,"RequestMethod":"GET","Overhead":1"#, .gateway),
    (#""RayID":"9f6d3eb6","EdgeResponseStatus":403,"OriginResponseStatus":0"#, .gateway),
    (#""RayID":"9f6d3eb6","EdgeResponseStatus":403,"OriginResponseStatus":403"#, .vendor),
    (#""status":502,"upstream_status":"504, 502""#, .vendor),
    (#""status":502,"upstream_status":"200""#, .gateway),
    (#""status":502,"upstream_status":"""#, .gateway), (#""status":502"#, .unknown),
    (#""status":404,"vendor":"mimicbot","body":{"error":{"code":"NOT_FOUND"}}"#, .vendor),
    (#""status":404,"vendor":"mimicbot","body":{"message":"no Route matched"}"#, .unknown),
  ])
  func `who answered is said on evidence only`(member: String, answeredBy: AnsweredBy) throws {
    #expect(try event(#"{\#(member),"path":"/x"}"#).answeredBy == answeredBy)
  }
}
