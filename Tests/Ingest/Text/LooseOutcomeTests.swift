import Events
import Ingest
import Testing
import Times

/// Lines that name no request, and say in words or by labels with which status something answered.
@Suite struct LooseOutcomeTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var time: String?
    var status: Int
    var path: String?
    var latency: Double?
    var requestID: String?

    var testDescription: String { text }
  }

  @Test(arguments: [
    // In words.
    Line(
      text: "2026-01-06 16:16:37 [ERROR] Payment gateway returned status 503",
      time: "2026-01-06T16:16:37.000Z", status: 503),
    Line(text: "upstream responded with 503", status: 503),
    Line(text: "Token refresh failed - Received invalid http response: 500", status: 500),
    Line(text: "HTTP error! status: 429", status: 429),
    Line(text: "[error] HTTP 429: slow down", status: 429),
    Line(text: "INFO in app: < [ HTTP 504 ]", status: 504),
    Line(
      text: "storage: service returned error: StatusCode=503, ErrorCode=ServerBusy", status: 503),
    Line(
      text: "2026-01-06T16:16:37Z ERROR sync failed: 502 Bad Gateway",
      time: "2026-01-06T16:16:37.000Z",
      status: 502),
    Line(
      text: "2026-01-06 16:16:37 ERROR upstream returned 503 (took 12ms)",
      time: "2026-01-06T16:16:37.000Z", status: 503, latency: 12),
    Line(text: "status=500 upstream timed out", status: 500),
    // What came over the wire.
    Line(text: "192.0.2.7 <-- 404 Not Found", status: 404),
    Line(
      text: "<-- 503 Service Unavailable https://api.example.com/v1/a (retry in 3s)", status: 503,
      path: "/v1/a"),
    Line(text: "[gate] <-- 503 ERROR: nobody there", status: 503),
    Line(text: "[504] 2.004s", status: 504, latency: 2004),
    // By labels.
    Line(
      text: "[read] Path: /v1/a | Status: 503 | Duration: 12ms | Error: gone", status: 503,
      path: "/v1/a", latency: 12),
    Line(
      text: "[2026-01-06 16:16:37] INFO  [ACCESS] IP: 192.0.2.7 | Endpoint: /v1/a | Status: 200",
      time: "2026-01-06T16:16:37.000Z", status: 200, path: "/v1/a"),
    Line(
      text: "[perf] API: download | Duration: 12.5ms | Status: 503 | RequestID: r-17", status: 503,
      latency: 12.5, requestID: "r-17"),
    Line(text: "method: GET, path: /v1/a, status: 503", status: 503, path: "/v1/a"),
    // By pairs behind words of any sort.
    Line(
      text: "[Orchestrator] 7f3a[2/5] [AI_RESULT] provider=groq status=429 latency=212ms",
      status: 429, latency: 212),
    Line(
      text: "[sync] requestId=r-17 finalStatus=500 duration=3.27s error: fetch failed", status: 500,
      latency: 3270, requestID: "r-17"),
    Line(
      text: "2026-01-06 16:16:37Z [ERR] Request failed  traceId=abc-123  statusCode=500",
      time: "2026-01-06T16:16:37.000Z", status: 500),
    Line(text: "http_request_finished request_id=r-17 outcome=success status=200", status: 200),
    Line(
      text: "2026-01-06T16:16:37Z DBG 200 OK conn=1 event=1", time: "2026-01-06T16:16:37.000Z",
      status: 200),
    Line(text: "WARN 404 — no such route method=POST path=/v1/a", status: 404, path: "/v1/a"),
  ])
  func `words and labels tell of a response`(line: Line) throws {
    let response = try explain(line.text)
    let event = try #require(response.event, "\(line)")
    #expect(event.time.map(formatTime) == line.time)
    #expect(event.status == line.status)
    #expect(event.path == line.path)
    #expect(event.latency == line.latency)
    if let id = line.requestID {
      #expect(event.requestID == id || response.identifiers.contains(id))
    }
  }

  @Test(arguments: [
    // What is wanted, tried out, always so or compared.
    "Readiness probe failed: HTTP probe failed with statuscode: 503",
    "2026-01-06 16:16:37 INFO Mock server configured: mode=none, count=0, statusCode=503",
    "expected HTTP 200, received status 503", "Requests without a key are rejected with HTTP 401",
    "if (response.statusCode < 400) {", "for (int i = 0; i < 500; i++) {", "x << 404 files",
    "retry on HTTP 503", "Retrying after HTTP 503", "see HTTP 429 in the manual",
    // What a program prints of an object, line by line.
    "  status: 503,", "statusCode: 502,", "    'status' => 500,",
    // What the number counts, or which of them?
    "2026-01-06 16:16:37 ERROR query returned 404 rows", "server responded with 500 items",
    "got status 503, then returned status 404", "2026-01-06 16:16:37 INFO Received 500",
    "Status: 503 | 200 of them", "| Status: 500 | what to look at |", "job status=200 name=x",
  ])
  func `a number that nothing introduces is none`(line: String) throws {
    let outcome = try explain(line).outcome
    #expect(outcome != "event" && outcome != "success", "\(line)")
  }

  @Test(arguments: [
    #"2026-01-06 16:16:37 ERROR Error code: 429 - {"error":{"message":"slow down","code":"rate"}}"#,
    "2026-01-06 16:16:37 ERROR Error code: 429 - {'error': {'message': 'slow down', 'code': 'rate'}}",
    #"2026-01-06 16:16:37 | WARNING  | [UPSTREAM ERROR] 429: {"error":{"message":"slow down","code":"rate"}}"#,
    #"2026-01-06 16:16:37 WARN api responded with 429: {"error":{"message":"slow down","code":"rate"}}"#,
  ])
  func `a body behind a status is that of the response`(line: String) throws {
    let event = try event(line)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.status == 429)
    #expect(event.message == "slow down")
    #expect(event.code == "rate")
  }

  @Test func `what a logger says beside its message is no body`() throws {
    let response = try explain(
      #"2026-01-06 16:16:37 ERROR step failed: 404 {"level":"error","message":"x","service":"y"}"#)
    #expect(response.outcome == "skipped")
  }

  @Test func `a message inside of JSON is read by its words`() throws {
    let event = try event(
      #"{"time":"2026-01-06T16:16:37Z","level":"ERROR","message":"no session after 5 attempts: Request failed with status code 502"}"#
    )
    #expect(event.status == 502)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
  }

  @Test(
    arguments: [
      ("[DELETE] /v1/a - Status: 503 - Duration: 8ms", 503, "DELETE", 8),
      (
        "2026-01-06 16:16:37 [ERR] HTTP GET /odata/Root('x')/a responded 503 in 17 ms", 503, "GET",
        17
      ),
      ("[Error] HTTP \"POST\" \"/v1/a\" from \"192.0.2.7\" responded 503", 503, "POST", nil),
      ("[a19276d2] <-- 503 POST /v1/a responseTimeMS=5001", 503, "POST", 5001),
      ("2026-01-06 16:16:37 [ERROR] API Error: 502 GET https://a.example/v1/a", 502, "GET", nil),
      ("2026-01-06 16:16:37 UTC [nginx/web-1][error] 502 GET /v1/a", 502, "GET", nil),
      ("[Log] GET /v1/a - User: 5 (Tenant: 1) - IP: 127.0.0.1 - 200 - 45ms", 200, "GET", 45),
    ] as [(String, Int, String, Double?)])
  func `a request's status stands in more places`(
    line: String, status: Int, method: String, latency: Double?
  ) throws {
    let event = try #require(try explain(line).event, "\(line)")
    #expect(event.status == status)
    #expect(event.method == method)
    #expect(event.latency == latency)
  }

  @Test func `an id in a labelled part behind a request is the request's`() throws {
    let response = try explain(
      "2026-01-06 16:16:37 +05:30 [WRN] HTTP GET /v1/a completed 404 in 12ms | RequestId: req_e5f6")
    #expect(response.event?.requestID == "req_e5f6" || response.identifiers.contains("req_e5f6"))
  }
}
