import Events
import Ingest
import Testing
import Times

/// Records inside of something else, made from the documentation of who wraps them.
@Suite struct WrappedRecordTests {
  @Test(
    arguments: [
      #"2026-11-20T10:00:01.5Z stdout F {"status":500,"path":"/x"}"#,
      #"[pod/api-1/main] 2026-11-20T10:00:01.5Z stdout F {"status":500,"path":"/x"}"#,
      #"app[12]: {"time":"2026-11-20T10:00:01.5Z","status":500,"path":"/x"}"#,
      #"caddy-1  | {"time":"2026-11-20T10:00:01.5Z","status":500,"path":"/x"}"#,
      #"<134>1 2026-11-20T10:00:01.5Z host app 12 - - {"status":500,"path":"/x"}"#,
      #"<134>1 2026-11-20T10:00:01.5Z host app 12 id [a@1 b="c]"][d@1 e="f"] {"status":500,"path":"/x"}"#,
      #"2026-11-20T10:00:01.5+00:00 host app[1]: {"status":500,"path":"/x"}"#,
      #"2026-11-20T10:00:01.5Z {"status":500,"path":"/x","time":"2026-11-20T10:00:01.5Z"}"#,
      #"{"log":"{\"status\":500,\"path\":\"/x\"}\n","stream":"stdout","time":"2026-11-20T10:00:01.5Z"}"#,
      #"{"logEvents":[{"id":"1","timestamp":1795168801500,"message":"status=500 path=/x"}]}"#,
      #"[{"time":1795168801500,"status":500,"path":"/x"}]"#,
      #"{"records":[{"time":"2026-11-20T10:00:01.5Z","properties":"{\"status\":500,\"path\":\"/x\"}"}]}"#,
    ])
  func `prefixes, strings and lists are taken off`(line: String) throws {
    let event = try #require(try explain(line).event)
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:01.500Z")
    #expect(event.status == 500)
    #expect(event.path == "/x")
  }

  @Test func `how long a line of text took may stand beside it`() throws {
    let line = #"{"ts":"2026-11-20T10:00:01Z","content":"GET /x returned 503","duration":"0.7ms"}"#
    let event = try #require(try explain(line).event)
    #expect(event.status == 503)
    #expect(event.latency == 0.7)
    let told = line.replacing("503", with: "503 in 12ms")
    #expect(try explain(told).event?.latency == 12)
  }

  @Test func `a syslog time without a year is that of the last twelve months`() throws {
    var options = RecordReader.Options()
    options.now = { 1_795_168_800_000 }  // 2026-11-20T10:00:00Z
    for (text, time) in [("Nov 20 09:00:00", "2026-11-20"), ("Dec 24 09:00:00", "2025-12-24")] {
      let explanation = try Explanation(
        of: "<134>\(text) host app: status=500 path=/x", catalog: catalog(), options: options)
      #expect(explanation.event?.time.map(formatTime) == "\(time)T09:00:00.000Z")
    }
  }

  @Test func `OpenTelemetry's log record`() throws {
    let explanation = try explain(
      #"""
      {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"me"}}]},
      "scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"0",
      "observedTimeUnixNano":"1700000000000000000","body":{"stringValue":"refused"},"attributes":[
      {"key":"http.response.status_code","value":{"intValue":"429"}},
      {"key":"http.request.method","value":{"stringValue":"POST"}},
      {"key":"url.full","value":{"stringValue":"https://api.zof.ai/v1/runs?x=1"}},
      {"key":"http.response.header.retry-after","value":{"arrayValue":{"values":[{"stringValue":"7"}]}}},
      {"key":"http.response.body.content",
      "value":{"stringValue":"{\"error\":{\"code\":\"rate_limited\",\"message\":\"Slow down\"}}"}}],
      "traceId":"5b8aa5a2d2c872e8321cf37308d69df2","spanId":"051581bf3cb55c13"}]}]}]}
      """#)
    let event = try #require(explanation.event, "\(explanation.outcome)")
    #expect(explanation.gateway == "opentelemetry")
    #expect(event.time.map(formatTime) == "2023-11-14T22:13:20.000Z")
    #expect(event.status == 429)
    #expect(event.method == "POST")
    #expect(event.path == "/v1/runs")
    #expect(event.vendor == "zof")
    #expect(event.retryAfter == 7000)
    #expect(event.message == "Slow down")
    #expect(explanation.identifiers.contains("5b8aa5a2d2c872e8321cf37308d69df2"))
  }

  @Test func `OpenTelemetry's span, whose latency is its length`() throws {
    let event = try event(
      #"""
      {"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":[
      {"traceId":"5b8aa5a2d2c872e8321cf37308d69df2","spanId":"051581bf3cb55c13","kind":3,
      "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000012345678",
      "attributes":[{"key":"http.status_code","value":{"intValue":503}},
      {"key":"http.method","value":{"stringValue":"GET"}},
      {"key":"http.target","value":{"stringValue":"/v1/x?y"}}],"status":{"code":2}}]}]}]}
      """#)
    #expect(event.time.map(formatTime) == "2023-11-14T22:13:20.000Z")
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/x")
    #expect(event.latency == 12.345)
  }

  @Test(arguments: [
    // The second is the first in base64.
    "HTTP/1.1 429 Too Many Requests Retry-After: 7 X-Request-Id: abcd-1234 {\\\"error\\\":"
      + "{\\\"code\\\":\\\"slow\\\",\\\"message\\\":\\\"Slow down\\\"}}",
    "SFRUUC8xLjEgNDI5IFRvbyBNYW55IFJlcXVlc3RzDQpSZXRyeS1BZnRlcjogNw0KWC1SZXF1ZXN0LUlkOiBhYmNkLTEy"
      + "MzQNCg0KeyJlcnJvciI6eyJjb2RlIjoic2xvdyIsIm1lc3NhZ2UiOiJTbG93IGRvd24ifX0=",
    "HTTP/1.1 429 Too Many Requests\\r\\nRetry-After: 7\\r\\nX-Request-Id: abcd-1234\\r\\n\\r\\n"
      + "{\\\"error\\\":{\\\"code\\\":\\\"slow\\\",\\\"message\\\":\\\"Slow down\\\"}}",
  ])
  func `Tyk's response, as it was on the wire`(response: String) throws {
    let explanation = try explain(
      #"""
      {"level":"info","msg":"","time":"0001-01-01T00:00:00Z","tyk-analytics-record":{"method":"GET",
      "host":"api.zof.ai","path":"/get","response_code":429,"api_id":"1","org_id":"o1",
      "request_time":12,"latency":{"total":12,"upstream":1111},"raw_request":"",
      "timestamp":"2025-01-01T00:00:00.123Z","raw_response":"\#(response)"}}
      """#)
    let event = try #require(explanation.event, "\(explanation.outcome)")
    #expect(explanation.gateway == "tyk")
    #expect(event.time.map(formatTime) == "2025-01-01T00:00:00.123Z")
    #expect(event.status == 429)
    #expect(event.path == "/get")
    #expect(event.latency == 12)
    #expect(event.retryAfter == 7000)
    #expect(event.message == "Slow down")
    #expect(event.requestID == "abcd-1234")
    #expect(event.vendor == "zof")
  }

  @Test(
    arguments: [
      (
        "aws-api-gateway",
        #"{"requestId":"c6af9ac6-7b61","ip":"1.2.3.4","requestTime":"01/Jan/2025:00:00:00 +0000","#
          + #""httpMethod":"GET","resourcePath":"/a","path":"/a","status":"429","#
          + #""protocol":"HTTP/1.1","responseLength":"32","responseLatency":"100","#
          + #""integrationStatus":"-","error.message":"Too Many Requests"}"#, "c6af9ac6-7b61"
      ),
      (
        "gravitee-elasticsearch",
        #"{"gateway":"gw","@timestamp":"2025-01-01T00:00:00Z","type":"request","_id":"13f5ae30","#
          + #""transaction-id":"13f5ae30","method":3,"uri":"/a","status":429,"response-time":100}"#,
        "13f5ae30"
      ),
      (
        "google-cloud",
        #"{"httpRequest":{"requestMethod":"GET","requestUrl":"https://x.io/a?b=1","status":429,"#
          + #""latency":"0.1s"},"jsonPayload":{"statusDetails":"denied_by_security_policy"},"#
          + #""logName":"projects/p/logs/requests","timestamp":"2025-01-01T00:00:00Z"}"#, nil
      ),
      (
        "apigee",
        #"{"jsonPayload":{"proxyResponseCode":"429","targetResponseCode":"","verb":"GET","#
          + #""requestUri":"/a?x=1","correlationId":"abcd-1","clientReceived":"1735689600000","#
          + #""proxyResponseSent":"1735689600100"}}"#, "abcd-1"
      ),
    ] as [(String, String, String?)])
  func `gateways in the cloud`(gateway: String, line: String, id: String?) throws {
    let explanation = try explain(line)
    let event = try #require(explanation.event, "\(explanation.outcome)")
    #expect(explanation.gateway == gateway)
    #expect(event.time.map(formatTime) == "2025-01-01T00:00:00.000Z")
    #expect(event.status == 429)
    #expect(event.method == "GET")
    #expect(event.path == "/a")
    #expect(event.latency == 100)
    #expect(event.requestID == id)
    #expect(event.answeredBy == (gateway == "gravitee-elasticsearch" ? .unknown : .gateway))
  }
}
