import Events
import Ingest
import Testing
import Times

/// Lines in no known layout, as loggers of servers and clients write them, made by hand.
@Suite struct LooseLineTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var time: String?
    var status: Int
    var method = "GET"
    var path = "/v1/a"
    /// Milliseconds.
    var latency: Double?

    var testDescription: String { text }
  }

  @Test(arguments: [
    // Status right behind the request.
    Line(text: "POST /v1/a => 503", status: 503, method: "POST"),
    Line(text: "  --> GET /v1/a 503 12ms 612b", status: 503, latency: 12),
    Line(
      text: "POST /v1/a -> 503 Service Unavailable (12 ms)", status: 503, method: "POST",
      latency: 12),
    Line(
      text:
        "2026-11-12 08:00:06,123 - httpx - INFO - HTTP Request: POST https://api.example.com/v1/a "
        + "\"HTTP/1.1 429 Too Many Requests\"",
      time: "2026-11-12T08:00:06.123Z", status: 429, method: "POST"),
    Line(
      text:
        "DEBUG:urllib3.connectionpool:https://api.example.com:443 \"GET /v1/a HTTP/1.1\" 503 None",
      status: 503),
    Line(
      text: "[2026-01-06 16:16:37 +0000] - (sanic.access)[INFO][127.0.0.1:51234]: "
        + "GET http://api.example.com/v1/a  503 612",
      time: "2026-01-06T16:16:37.000Z", status: 503),
    Line(
      text: "192.0.2.7 -  06/Jan/2026:16:16:37 +0100 \"GET /v1/a\" 503",
      time: "2026-01-06T15:16:37.000Z", status: 503),
    Line(
      text: "2026-01-06T16:16:37.123Z app[web.1]: GET \"/v1/a?b=1\" 503 - 12ms",
      time: "2026-01-06T16:16:37.123Z", status: 503, latency: 12),
    Line(
      text: "[2021-12-06 16:16:37.123][response][INFO] (login) POST /v1/a => 400 Bad Request",
      time: "2021-12-06T16:16:37.123Z", status: 400, method: "POST"),
    Line(text: "srv  log_server_r: request: POST /v1/a 127.0.0.1 500", status: 500, method: "POST"),
    Line(text: #"192.0.2.7 "GET" "/v1/a" "HTTP/1.1" 503 12"#, status: 503),
    Line(text: "192.0.2.7,GET,/v1/a,503,0.123", status: 503),
    Line(
      text: #"[849] [1556613495.891] 1/1/1/0 "GET /v1/a?b=1 HTTP/1.1" 503 back:10.0.0.1 - {x||}"#,
      time: "2019-04-30T08:38:15.891Z", status: 503),
    // In words.
    Line(
      text: "2026-01-06 16:16:37.123 +00:00 [INF] HTTP GET /v1/a responded 404 in 500 ms",
      time: "2026-01-06T16:16:37.123Z", status: 404, latency: 500),
    Line(text: "GET /v1/a took 12ms and returned 503", status: 503, latency: 12),
    Line(text: "GET /v1/a failed with status code 503, retrying in 20s", status: 503),
    Line(text: "GET /v1/a returned 503. Retrying in 20s", status: 503),
    // By name.
    Line(
      text: "Request failed with status code 503: GET https://api.example.com/v1/a", status: 503),
    Line(text: "GET /v1/a (from cache) status=503 duration=1.5s", status: 503, latency: 1500),
    // Right before it.
    Line(
      text: "[W 260106 16:16:37 web:2348] 404 GET /v1/a (127.0.0.1) 0.45ms",
      time: "2026-01-06T16:16:37.000Z", status: 404, latency: 0.45),
    Line(
      text:
        "INFO     2026-07-16T19:42:45 - [127.0.0.1:32894] 401 Unauthorized \"POST /v1/a HTTP/1.1\"",
      time: "2026-07-16T19:42:45.000Z", status: 401, method: "POST"),
    // With NGINX's names beside it, or behind a time in brackets.
    Line(
      text: "2026-01-06T16:16:37+00:00 503 upstream=503 rt=0.012 urt=0.011 GET /v1/a",
      time: "2026-01-06T16:16:37.000Z", status: 503, latency: 12),
    Line(text: "nginx 503 GET /v1/a upstream_response_time=0.041", status: 503),
    Line(
      text: "192.0.2.7 - - [06/Jan/2026:16:16:37 +0000 - 0.030] 503 \"GET /v1/a HTTP/1.1\" 11706",
      time: "2026-01-06T16:16:37.000Z", status: 503),
    // With pairs behind it.
    Line(
      text: "2026-01-06T16:16:37Z INFO POST /v1/a 503 duration_ms=12 user=joe",
      time: "2026-01-06T16:16:37.000Z", status: 503, method: "POST", latency: 12),
    Line(
      text: "INFO [io.undertow.accesslog] (default task-1) 192.0.2.7 [06/Jan/2026:16:16:37 +0000] "
        + "uri=GET /v1/a HTTP/1.1 status-code=503 bytes-sent=78 "
        + "time-consuming=12",
      time: "2026-01-06T16:16:37.000Z", status: 503, latency: 12),
    // A level right behind the time.
    Line(
      text: "Tue, 06 Jan 2026 16:16:37:DEBUG:urllib3:https://a.test:443 "
        + "\"GET /v1/a HTTP/1.1\" 503 2",
      time: "2026-01-06T16:16:37.000Z", status: 503),
    Line(
      text: "2026-01-06 16:16:37,123:ERROR:app:GET /v1/a returned 503",
      time: "2026-01-06T16:16:37.123Z", status: 503),
    // The more exact of two times.
    Line(
      text: "2025/05/01 07:57:03 [2025-05-01 07:57:03.150624] [router:host-http] GET /v1/a 404",
      time: "2025-05-01T07:57:03.150Z", status: 404),
  ])
  func `one request with its status is a response`(line: Line) throws {
    let event = try event(line.text)
    #expect(event.time.map(formatTime) == line.time)
    #expect(event.status == line.status)
    #expect(event.method == line.method)
    #expect(event.path == line.path)
    #expect(event.latency == line.latency)
  }

  @Test(arguments: [
    "seen 429 three times from zihin; slowing down", "GET /v1/a", "GET /v1/a ok",
    // What the number counts, or what else it is.
    "GET /v1/a 503 times", "GET /v1/a 200 items", "GET /v1/a 500 ms", "GET /v1/a took 500ms",
    "job 429 of 500 GET /v1/a", "2026-01-06 16:16:37 [503] GET /v1/a", "16:16:37.503 GET /v1/a ok",
    "worker 404 GET /v1/a (127.0.0.1) 1.2ms", "GET /v1/a 612", "GET /v1/a retry in 20s after 503",
    "curl -X POST https://api.example.com/v1/a -d 'status=503'",
    "expected GET /v1/a to return 200 but got 503", "test GET /v1/a returns 404 when missing",
    // Which of the numbers, or of the requests?
    "GET /a HTTP/1.1 | 208.66.27.62 | 206 | http | x", "\"GET /v1/a HTTP/1.1\" - 503 12",
    "GET /v1/a 503, then GET /v1/b 200", "GET /v1/a status=503 and later status=200",
  ])
  func `a number that is not in a status's place is none`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }

  @Test func `a message inside of JSON is read as well, with the time around it`() throws {
    let event = try event(
      #"{"timestamp":"2026-11-12T08:00:04Z","level":"INFO","message":"HTTP Request: POST "#
        + #"https://api.example.com/v1/a \"HTTP/1.1 429 Too Many Requests\""}"#)
    #expect(event.status == 429)
    #expect(event.path == "/v1/a")
    #expect(event.time.map(formatTime) == "2026-11-12T08:00:04.000Z")
  }

  @Test(arguments: [
    "2026-01-06 16:16:37.123", "2026-01-06 16:16:37,123", "2026-01-06 18:16:37.123 +02:00",
    "2026-01-06T16:16:37.123Z",
  ])
  func `a time before a line in a known layout is taken off`(time: String) throws {
    let event = try event("\(time) GET /v1/a?b=1 503 12.345 ms - 612")
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.123Z")
    #expect(event.latency == 12.345)
  }

  @Test func `a line without its time's clock is undated`() throws {
    #expect(try event("2026-01-06 GET /v1/a 503").time == nil)
  }

  @Test(arguments: [
    "2026-01-06 16:16:37,123 INFO app method=GET path=/v1/a status=503 duration=12ms",
    "[12/Nov/2026:09:06:56 +0200] client=192.0.2.44 request=\"GET /v1/a HTTP/1.1\" status=503 "
      + "request_time=0.012 upstream_response_time=0.004, 0.008",
    "I, [2026-05-12T10:11:12.345678 #12]  INFO -- : [7b1e6c5a-8f0c] method=GET path=/v1/a "
      + "status=503 duration=12.00",
    "<190>1 2026-01-06T16:16:37.123Z gate app - ID1 [method=\"GET\" path=\"/v1/a\" status=\"503\" "
      + "duration=\"12ms\"]",
    "<189>date=2026-01-06 time=16:16:37 httpmethod=\"GET\" url=\"https://api.example.com/v1/a\" "
      + "statuscode=\"503\" duration=12",
  ])
  func `pairs behind what a logger puts before them are read`(line: String) throws {
    let event = try event(line)
    #expect(event.time != nil)
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
    #expect(event.latency == 12)
  }

  @Test func `an id among the tags before pairs is that of the request`() throws {
    let id = "7b1e6c5a-8f0c-4a9e-9d55-2c1a9a3a1111"
    let event = try event("[web] [\(id)] method=GET path=/v1/a status=503 milliseconds=12")
    #expect(event.requestID == id)
    #expect(event.latency == 12)
  }

  @Test(arguments: [
    "Info: ", "[web-1] ", "2026-01-06 16:16:38,123 INFO access.log: ", "edge (proxy) > ",
    "WARN | access | ",
  ])
  func `a gateway's line behind words of a logger is the gateway's`(prefix: String) throws {
    let squid = try explain(
      prefix + "1767716197.000 192 192.0.2.7 TCP_MISS/503 366 GET http://a.test/v1/a - "
        + "DIRECT/a.test -")
    #expect(squid.gateway == "squid")
    #expect(squid.event?.status == 503)
    #expect(squid.event?.latency == 192)
    #expect(squid.event?.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    let envoy = try explain(
      prefix + #"[2026-01-06T16:16:37.123Z] "GET /v1/a HTTP/1.1" 503 UF 0 95 30 - "-" "curl" "#
        + #""id-1" "a.test" "192.0.2.8:80""#)
    #expect(envoy.gateway == "envoy")
    #expect(envoy.event?.latency == 30)
  }

  @Test(arguments: [
    "at com.example.Job - run (Job.java:503) : GET /x", "Unexpected: HTTP/1.1 500 - \"GET /x\"",
    "note: the page - see https://a.test/b - is gone | 404 of them",
  ])
  func `prose with a colon in it is no line of a gateway`(line: String) throws {
    #expect(try explain(line).event == nil)
  }

  @Test func `pairs behind a request are of it, and what its line says is not said again by them`()
    throws
  {
    let event = try event(
      #"GET /v1/a 503 12ms status=200 request_id=abc-123-def latency=99ms error="it is gone""#)
    #expect(event.status == 503)
    #expect(event.latency == 12)
    #expect(event.requestID == "abc-123-def")
    #expect(event.message == "it is gone")
  }

  @Test(arguments: [
    "worker 503 GET /v1/a", "2026-01-06T16:16:37Z 503 items=3 GET /v1/a", "[worker] 503 GET /v1/a",
  ])
  func `a number before a request is none, where nothing says so`(line: String) throws {
    #expect(try explain(line).event == nil)
  }

  @Test func `a URI that is a whole request line is read as one`() throws {
    let event = try event(
      #"{"time":"2026-01-06T16:16:37Z","httpstatus":503,"#
        + #""requesturi":"GET /v1/a?b HTTP/1.1"}"#)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
  }

  @Test(arguments: [
    "2026-01-06 16:16:37 some prose about status=500 and path=/x",
    "2026-01-06 16:16:37 INFO webapp=/solr path=/select hits=0 status=0 QTime=1",
  ])
  func `prose with pairs in it, and a search's status, are none`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }
}
