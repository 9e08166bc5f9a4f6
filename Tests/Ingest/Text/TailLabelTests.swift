import Batches
import Events
import Ingest
import Testing
import Times

/// What labels say behind the common log format, and other things that are told by a word beside them;
/// made by hand.
@Suite struct TailLabelTests {
  private static let common =
    #"192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1" 503 612"#

  @Test(arguments: [
    #"\#(common) "-" "curl/8" "host.test to: 10.0.0.1:80" rt="0.012" uct="0.000""#,
    #"\#(common) - "curl/8" - latency=0.012000288s"#,
    #"\#(common) "-" "curl/8" x_forwarded_for:"192.0.2.7" response_time:0.012000 app_index:"0""#,
    #"\#(common) "-" "curl/8" to: 10.0.0.1:80: upstream_response_time 0.003 request_time 0.012"#,
    #"\#(common) "-" "curl/8" | duration=12ms | x"#,
    #"192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] GET /v1/a HTTP/1.1 "503" 612 "-" "curl/8" rt="0.012""#,
  ])
  func `the time taken is read behind its label`(line: String) throws {
    let event = try event(line)
    #expect(event.status == 503)
    #expect(event.path == "/v1/a")
    #expect(event.latency.map { ($0 * 100).rounded() / 100 } == 12)
  }

  @Test(arguments: [
    #"\#(common) "-" "curl rt=0.512" x"#,
    #"\#(common) "-" "curl/8" upstream_response_time 0.512 x"#,
    #"\#(common) "-" "curl/8" x rt=12"#, #"\#(common) "-" "curl/8" x rt=0.5"#,
    #"\#(common) "-" "curl/8" x uht=0.512"#, #"\#(common) "-" "curl/8" x rt=-"#,
  ])
  func `another time, or one of no clear unit, is none`(line: String) throws {
    #expect(try event(line).latency == nil)
  }

  @Test func `a request's id is read behind its label`() throws {
    let event = try event(#"\#(Self.common) "-" "curl/8" x vcap_request_id:"2f6c1d2e-1111-4222""#)
    #expect(event.requestID == "2f6c1d2e-1111-4222")
  }

  @Test func `labels are asked of each line, however alike the lines are`() throws {
    let events = try ["x rt=0.512", "x ab=0.512", "x rt=0.513", "x rt=1.5ms"].flatMap { tail in
      try [event("\(Self.common) \"-\" \"curl/8\" \(tail)")]
    }
    #expect(events.map(\.latency) == [512, nil, 513, 1.5])
  }

  @Test(arguments: [
    "2026-01-06T16:16:37+00:00\tnginx.access\t",
    "2026/01/06 16:16:37\tERROR\thttp.log.access\thandled request\t",
  ])
  func `a time before JSON is its time`(prefix: String) throws {
    let event = try event(
      prefix + #"{"method":"GET","path":"/v1/a","code":"503","agent":"curl/8"}"#)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.status == 503)
  }

  @Test(arguments: [
    "method=GET, uri=/v1/a?b=1, status=503", #"method="GET", uri="/v1/a?b=1", status="503""#,
  ])
  func `commas may stand between pairs`(line: String) throws {
    let event = try event(line)
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
  }

  @Test(arguments: [
    "2026-01-06 16:16:37.345  INFO 1 --- [main] com.example.Job : Completed 404 items",
    "[PaymentClient#charge] <--- END HTTP (503-byte body)",
    "I, [2026-01-06T16:16:37 #1]  INFO -- job: Status 404",
    "ERROR root: 503 errors for url: https://api.example.com/v1/a",
    "2026-01-06 16:16:37 worker 12 GET /a x 80 - 192.0.2.7 of 404 items in 12",
    "2026-01-06 16:16:37.345 [worker-1] INFO  app - retries: 503 of 12 in 12ms",
    "Received 503 headers after 12ms - 4",
  ])
  func `a number beside other words is none`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }

  @Test func `an object called message is read, whatever other profiles call so`() throws {
    let event = try event(#"{"host":"a","message":{"method":"GET","path":"/v1/a","status":503}}"#)
    #expect(event.status == 503)
  }
}
