import Events
import Ingest
import Testing
import Times

/// Lines that say in words how a request was answered, and bodies of errors that are lines of their own.
@Suite struct ToldStatusTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var status: Int
    var method: String?
    var path: String?
    var latency: Double?

    var testDescription: String { text }
  }

  @Test(arguments: [
    // Of a request that the line names.
    Line(
      text: "Shop API error (401): Unauthorized [GET /v1/a]", status: 401, method: "GET",
      path: "/v1/a"),
    Line(
      text:
        "[edge] upstream error -> 502: ECONNREFUSED connect ECONNREFUSED 192.0.2.7:9902 for POST /v1/a",
      status: 502, method: "POST", path: "/v1/a"),
    Line(
      text: "HTTP GET on resource 'http://api.example.com:80/v1/a' failed: not found (404).",
      status: 404,
      method: "GET", path: "/v1/a"),
    Line(
      text:
        "Description: HTTP GET on resource ‘http://api.example.com/v1/a’ failed: unauthorized (401)",
      status: 401, method: "GET", path: "/v1/a"),
    Line(
      text: "POST https://api.example.com/v1/a: 403 rate limited", status: 403, method: "POST",
      path: "/v1/a"),
    Line(
      text: "[www] GET 500 /v1/a 4ms - 44b", status: 500, method: "GET", path: "/v1/a", latency: 4),
    Line(
      text:
        "192.0.2.7 <<6113>> [16/Aug/2013:15:45:34 +0000] 1966093us \"GET /v1/a HTTP/1.1\" 200 3478",
      status: 200, method: "GET", path: "/v1/a", latency: 1966.093),
    // Of none.
    Line(text: "Unexpected status code 503 on `getOrders`", status: 503),
    Line(text: "status 500: upstream broken", status: 500),
    Line(
      text: "Failed to load resource: the server responded with a status of 403 (Forbidden)",
      status: 403),
    Line(text: "upstream error -> 502: socket hang up", status: 502),
    Line(text: "HTTP/1.1 429 Too Many Requests", status: 429),
    Line(text: "< HTTP/1.1 503 Service Unavailable", status: 503),
    Line(
      text:
        "192.0.2.7:61108 stats/<NOSRV>/10009 [21/Nov/2023:08:57:43 +0000] \" HTTP/1.1\" 408 0 \"\"",
      status: 408),
    // Behind a clock, and with the URL for a message, as zerolog writes to a terminal.
    Line(
      text:
        "1:41PM WRN http://api.example.com/v1/a duration=19.001 method=DELETE res_bytes=155 status_code=404",
      status: 404, method: "DELETE", path: "/v1/a", latency: 19.001),
    Line(
      text: "[ai] task=quiz ok=false ms=8123 attempts=4 status=429 reason=quota", status: 429,
      latency: 8123),
    // With its body.
    Line(
      text:
        #"refused, attempt 6 -> status=429 body={"message":"Too many attempts","status":"error"}"#,
      status: 429),
  ])
  func `words tell of a response`(line: Line) throws {
    let event = try #require(try explain(line.text).event, "\(line)")
    #expect(event.status == line.status)
    #expect(event.method == line.method)
    #expect(event.path == line.path)
    #expect(event.latency == line.latency)
  }

  @Test(arguments: [
    "Returns error 404 for GET /v1/a", "GET /v1/a is rejected with error (401)",
    "GET 200 /items a day", "see GET /v1/a, error: 404 lines were skipped",
    "if it fails: error (401) for GET /v1/a would be told",
    "probe: error -> 502: timeout for GET /v1/a",
    "a status of 403 means that", "exit status 255: killed", "code 500: a block of houses",
    "HTTP/1.1 200 OK", "> HTTP/1.1 404 Not Found", "HTTP/1.1 404 Not Found is what it says",
    "x -> 404", "see page not found (404 of them)", "1:41PM WRN batch size=3 count=404",
    "GET request for \"/v1/a\" takes 500 at most", "POST https://api.example.com/v1/a: 200 rows",
  ])
  func `numbers in prose are no statuses`(line: String) throws {
    let outcome = try explain(line).outcome
    #expect(outcome != "event" && outcome != "success", "\(line)")
  }

  @Test(
    arguments: [
      (#"{"statusCode":422,"name":"validation_error","message":"Invalid from"}"#, 422),
      (#"{"responseCode":500,"message":"Internal error"}"#, 500),
      (
        #"{"type":"about:blank","title":"Workspace unavailable","status":503,"code":"gone","detail":"try later"}"#,
        503
      ),
      (
        #"{"level":"error","message":"Authentication required","service":"shop","stack":null,"statusCode":401}"#,
        401
      ),
      (
        #"{"message":"Could not create","meta":{"error":"Request failed with status code 403"},"severity":"ERROR"}"#,
        403
      ),
      (
        #"{"message":"Could not create","err":{"message":"Request failed with status code 403"},"level":"error"}"#,
        403
      ),
    ] as [(String, Int)])
  func `the body of an error is one wherever it stands`(line: String, status: Int) throws {
    #expect(try event(line).status == status)
  }

  @Test(arguments: [
    #"{"job":"nightly","status":503,"message":"failed"}"#,
    #"{"job":"nightly","statusCode":503,"message":"failed"}"#,
    #"{"status":503,"message":"stored","service":"disk"}"#,
    #"{"statusCode":777,"message":"a number of ours"}"#,
    #"{"statusCode":200,"message":"fine","x":1}"#,
    #"{"error":"the page says error 404 and more","x":1}"#,
  ])
  func `a status of something else is none`(line: String) throws {
    let outcome = try explain(line).outcome
    #expect(outcome != "event" && outcome != "success", "\(line)")
  }

  @Test func `what a collector's tag says before an event of CEF is passed over`() throws {
    let event = try #require(
      try explain(
        "Sep 2 17:50:25 192.0.2.130 ASM:CEF:0|F5|ASM|10.1.0|Illegal length|Illegal length|6|cn1=403 "
          + "cn1Label=response_code requestMethod=GET app=HTTP request=/v1/a rt=Sep 02 2009 17:09:25"
      ).event)
    #expect(event.status == 403)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
  }

  @Test func `stern puts the names of a pod and its container before a line`() throws {
    let event = try #require(
      try explain(
        "edge-controller-v92ft edge 2021/05/23 12:30:52 [error] 2022#2022: *599250 upstream prematurely closed connection while reading response header from upstream, client: 192.0.2.5, server: a.example, request: \"POST /v1/a HTTP/2.0\", upstream: \"http://192.0.2.66:8080/v1/a\", host: \"a.example\""
      ).event)
    #expect(event.method == "POST")
    #expect(event.path == "/v1/a")
    #expect(event.time.map(formatTime) == "2021-05-23T12:30:52.000Z")
  }
}
