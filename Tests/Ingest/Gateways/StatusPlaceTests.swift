import Events
import Ingest
import Testing

/// A status is the number in the status's place, and of an HTTP response.
@Suite struct StatusPlaceTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    /// Nil for what is no response.
    var status: Int?
    /// Milliseconds.
    var latency: Double?
    var path: String?

    init(_ text: String, _ status: Int?, latency: Double? = nil, path: String? = "/v1/a") {
      self.text = text
      self.status = status
      self.latency = latency
      self.path = status == nil ? nil : path
    }

    var testDescription: String { text }
  }

  private static let head = #"1.2.3.4 - - [06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1""#

  @Test(arguments: tails + quotes + gateways)
  func `of a text line whose tail is not known the head counts, and nothing else`(line: Line) throws
  {
    let explanation = try explain(line.text)
    #expect(explanation.outcome == (line.status ?? 0 < 400 ? "success" : "event"))
    #expect(explanation.event?.status == line.status)
    #expect(explanation.event?.method == "GET")
    #expect(explanation.event?.path == line.path)
    #expect(explanation.event?.latency == line.latency)
    #expect(explanation.event?.time != nil)
  }

  static let tails = [
    Line(head + #" 200 612 "-" "curl/8" 512 0.120"#, 200),
    Line(head + #" 503 612 "-" "curl/8" "10.0.0.9" 200 10.0.0.1:80 0.120"#, 503),
    Line(head + #" 503 612 "-" "curl/8" "-" those are random characters"#, 503),
    Line(head + #" 503 612 0.202 "-" "curl/8""#, 503, latency: 202),
    Line(
      head + #" 503 612 - "curl/8" 13 "Host-1" "http://172.19.0.6:14008" 247ms"#, 503,
      latency: 247),
    Line(
      head + " 404 20486 10.0.0.1 + 400 \"http://localhost/\" \"x\" X-Forwarded-For=\"::1\"", 404),
    Line("api.example.com " + head + #" 502 0 "-" "curl/8" 200 "a" 201 b"#, 502),
    // Pairs may say what they like of other things.
    Line(
      head + #" 503 612 "-" "curl/8" status=200 http.status_code=201 rt=0.250"#, 503, latency: 250),
    Line(
      head + #" 200 612 "-" "curl/8" rt=0.250 res.status=500 time=2020-01-01T00:00:00Z"#, 200,
      latency: 250),
  ]

  static let quotes = [
    // Apache, of a user without a name.
    Line(
      #"1.2.3.4 - "" [06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1" 401 5 "-" "x" y"#, 401),
    // Not escaped: where the user agent ends no one can tell.
    Line(head + #" 502 0 "-" "A "b" c" 200 12 "x" rt=0.250"#, 502),
    Line(head + #" 502 0 "-" "A" 200 5 "-" "b""#, 502),
    // Escaped as NGINX does, and as Apache does.
    Line(head + #" 502 0 "-" "A \x22 200 5 \x22-\x22 b" rt=0.250"#, 502, latency: 250),
    Line(head + #" 502 0 "-" "A \" 200 5 \"-\" b" rt=0.250"#, 502, latency: 250),
    Line(head + #" 502 0 "-" "A \\" rt=0.250"#, 502, latency: 250),
    Line(
      #"1.2.3.4 - - [06/Jan/2026:16:16:37 +0000] "GET /v1/a\" 200 5 \"- HTTP/1.1" 404 5"#, 404,
      path: #"/v1/a" 200 5 "-"#),
  ]

  static let gateways = [
    Line(
      #"[2026-01-06T16:16:37.314Z] "GET /v1/a HTTP/1.1" 503 UF 0 91 12 - "-" "A "b" 200 c" "id" "#
        + #""h" "10.0.0.1:80""#, 503, latency: 12),
    Line(
      #"http 2026-01-06T16:16:37.945958Z app/lb/50dc 192.0.2.7:2817 10.0.0.1:80 0.000 0.001 0.000 "#
        + #"503 503 34 366 "GET http://www.example.com:80/v1/a HTTP/1.1" "curl/7" - - arn:aws:x "#
        + #""Root=1-58337262" - -"#, 503, latency: 1),
    Line(
      #"127.0.0.1 - - [06/Jan/2026:16:16:37 +0000] api.zof.ai "GET /v1/a HTTP/1.1" 504 60 60.001 "#
        + #""-" "A "b" c" 10.0.0.1:443 200 30.000 "https://api.zof.ai/v1/x""#, 504, latency: 60_001),
  ]

  @Test(arguments: [
    // The request ends at its first quote: what follows is no status.
    #"1.2.3.4 - - [06/Jan/2026:16:16:37 +0000] "GET /a"b HTTP/1.1" 404 12 "-" "x""#,
    #"1.2.3.4 - - [06/Jan/2026:16:16:37 +0000] "GET / HTTP/1.1" abc 12 "-" "x" 404 5"#,
    #"1.2.3.4 - - [bad] "GET / HTTP/1.1" 1 2 "[06/Jan/2026:16:16:37 +0000] "GET / HTTP/1.1" 404 5"#,
    #"level=info msg="say "hi" status=500" method=GET path=/x"#,
    #"INFO: 1.2.3.4:5 - "GET /a"b" 200 OK"#,
  ])
  func `what does not fit as a whole gives no single values`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }

  @Test(arguments: [
    // Cut off within a quote: what follows stands in it.
    #"method=GET path=/x msg="upstream said status=500 and"#,
    #"level=info job=backup status=404 took=3"#,
    #"level=info msg="sensor read" device=t-1 status=200"#,
    #"{"status":"ok","checks":{"db":{"status":500}}}"#,
    #"{"time":"2026-01-06T16:16:37Z","device":"t-1","status":200,"battery":81}"#,
    #"{"time":"2026-01-06T16:16:37Z","job":"backup","status":404,"duration_ms":12}"#,
    #"{"time":"2026-01-06T16:16:37Z","db":"orders","statement":"SELECT 1","status":500,"rows":0}"#,
    #"{"time":"2026-01-06T16:16:37Z","url":"redis://cache:6379","command":"GET","statusCode":500}"#,
    #"{"operationName":"deviceDisconnect","category":"Connections","resultType":"404104","#
      + #""properties":{"deviceId":"b8","protocol":"Mqtt","statusCode":"404","#
      + #""errorMessage":"Device disconnected"}}"#,
    // A request that says nothing of an answer, beside the status of something else.
    #"{"method":"GET","path":"/x","job":{"status":500}}"#,
    #"{"method":"GET","path":"/x","user":{"status":null}}"#,
    #"{"request_time":0.1,"worker":{"status":503}}"#,
    #"{"health":{"status":503,"code":500},"level":500}"#,
  ])
  func `the status of something else is none`(line: String) throws {
    #expect(try explain(line).outcome == "skipped")
  }

  @Test(arguments: [
    (#"{"method":"GET","path":"/x","status":503,"job":{"http_status":200,"statusCode":200}}"#, 503),
    (#"{"method":"GET","path":"/x","status":503,"data":{"statusCode":200}}"#, 503),
    (#"{"status":200,"data":{"method":"GET","path":"/x","status":503}}"#, 503),
    (#"{"method":"GET","path":"/x","apiResponse":{"status":503}}"#, 503),
    (#"{"acme":{"verb":"GET","path":"/x","status":503}}"#, 503),
    (#"{"method":"get","statusCode":503}"#, 503),
    (#"{"job":"sync","http_status":503}"#, 503),
    (#"{"job":"sync","status":"503 Service Unavailable"}"#, 503),
    (#"{"level":"error","msg":"Request failed","status":503,"took":3}"#, 503),
    (#"{"statusCode":503,"error":"Service Unavailable","message":"try later"}"#, 503),
    (#"{"status":429,"error":{"code":"slow_down","message":"Slow down"}}"#, 429),
    (#"{"vendor":"zof","status":402}"#, 402),
    (#"{"host":"api.zof.ai","status":402}"#, 402),
    (#"{"statusCode":502,"response_body":"oops"}"#, 502),
    (#"{"status":429,"retry_after":7}"#, 429),
    (#"{"properties":{"statusCode":"404","url":"https://api.example.com/x"}}"#, 404),
    (#"level=WARN msg=request status=410"#, 410),
  ])
  func `a response's status is found by what speaks of HTTP`(line: String, status: Int) throws {
    #expect(try event(line).status == status)
  }
}
