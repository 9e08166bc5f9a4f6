import Batches
import Events
import Ingest
import Testing
import Times

/// Lines that are read by their shape alone: values that no header names, a status line, a message with its
/// properties, what nothing labels.
@Suite struct LooseShapeTests {
  @Test(
    arguments: [
      // A time behind the common format that nothing labels counts with its unit alone.
      (
        #"192.0.2.7 - - [24/Mar/2013:08:58:32 GMT] "POST /v1/a HTTP/1.1" 403 34/38 0.311 - - 2M"#,
        403, nil
      ),
      (
        #"192.0.2.7 - frank [25/Jan/2020:14:00:01 -0500] "POST /v1/a HTTP/1.1" 200 932ms""#, 200,
        932
      ),
      (
        #"a.example:80 192.0.2.7 - - [22/Mar/2019:09:30:31 +0100] "POST /v1/a HTTP/1.0" 200 8674 "-" "-" 8674 0.123 0.123,0.321"#,
        200, nil
      ),
      (
        #"192.0.2.7 - - [22/Mar/2019:09:30:31 +0100] "POST /v1/a HTTP/1.0" 200 86 "-" "-" "-" x 0.012345"#,
        200, nil
      ),
      (
        #"192.0.2.7 - - [22/Mar/2019:09:30:31 +0100] "POST /v1/a HTTP/1.0" 200 86 "-" "-" gzip 2.31 "-""#,
        200, nil
      ),
      (
        #"192.0.2.7 - - [22/Mar/2019:09:30:31 +0100] "POST /v1/a HTTP/1.0" 200 86 "-" "-" at 1553243431.123"#,
        200, nil
      ),
      // Several numbers, of which one is the status; what a cache did.
      (
        #"[03/Feb/2021:11:22:33 +0800] POST "POST /v1/a HTTP/1.1" 123 518 200 0.544 0.543"#, 200,
        544
      ),
      (
        "[x y](tel:1) 192.0.2.7 TCP_MISS/304 2912 POST https://a.example/v1/a - HIER_DIRECT/192.0.2.8 -",
        304, nil
      ),
      // Signs between a request and its status.
      ("2026-07-11 12:04:56 | INFO | main | POST /v1/a → 404 (0.5ms)", 404, 0.5),
      ("POST /v1/a ⇒ 503 12ms", 503, 12), ("✗ POST /v1/a — 500 (7 ms)", 500, 7),
      // A status in brackets of its own, a message that says what came of a request, a client's numbers.
      ("2023-05-15 02:11:24  <--  [500] POST http://a.example/v1/a [evt_1N7vZ2HxcL7]", 500, nil),
      ("2026-01-06 16:16:37 [404] POST /v1/a (12ms)", 404, 12),
      (
        "Server error: `POST https://a.example/v1/a` resulted in a `503 Service Unavailable` response",
        503, nil
      ),
      (
        "2022-08-25 14:24:52 -0400: POST http://a.example/v1/a [status:200, request:0.018s]", 200,
        18
      ),
      // Colours that a logger spelled out.
      (
        "Aug 23 01:39:28 host web: [0] #033[0mPOST /v1/a #033[32m200#033[0m 0.681 ms - 706#033[0m",
        200, 0.681
      ),
      (#"\x1b[0mPOST /v1/a \x1b[31m500\x1b[0m 3.5 ms - 7\x1b[0m"#, 500, 3.5),
      // A message and its properties.
      (
        #"[14:26:30 WRN] HTTP POST /v1/a responded 404 in 8ms {"ClientIP":"192.0.2.7","RequestHost":"a.example"}"#,
        404, 8
      ),
      (#"[14:26:30 WRN] HTTP POST /v1/a responded 503 in 9 ms {}"#, 503, 9),
      // Values that no header names.
      (
        #""2017-10-02 23:52:53","pc","a,b","192.0.2.1","","ALLOWED","http://a.example/v1/a","www","Mozilla/5.0 (X11)","200","562","1489""#,
        200, nil
      ),
      (
        "2024-01-24T15:26:47.957Z,3422ea93,15,1,35,Mapi,mail,/v1/a,,Negotiate,200,200,,POST,Proxy,132",
        200, nil
      ),
      (
        "2024-01-24 15:26:47 +0000 unit TR 192.0.2.1 443 - POST TLSv1.3 a.example HTTP/1.1 503 10916 934 /v1/a x",
        503, nil
      ),
    ] as [(String, Int, Double?)])
  func `a line tells of its response by its shape`(line: String, status: Int, latency: Double?)
    throws
  {
    let response = try explain(line)
    #expect(["event", "success"].contains(response.outcome), "\(line)")
    let event = try #require(response.event)
    #expect(event.status == status)
    #expect(event.path == "/v1/a")
    #expect(event.latency == latency)
  }

  @Test(
    arguments: [
      (#"2019-11-11 03:17:58,857 [wire] DEBUG - << "HTTP/1.1 304 Not Modified[\r][\n]""#, 304, nil),
      ("2026-01-06T16:16:37Z < HTTP/1.1 401 Unauthorized", 401, nil),
      ("2026-01-06 16:16:37 ERROR 503: Service Temporarily Unavailable.", 503, nil),
      ("2026-01-06 16:16:37 <-- HTTP/2 503", 503, nil),
      ("404 Not Found: No matching route found. (15 ms)", 404, 15),
      ("  Status: 404 Not Found 0.000028s", 404, 0.028),
    ] as [(String, Int, Double?)])
  func `a status line alone is a response`(line: String, status: Int, latency: Double?) throws {
    let response = try explain(line)
    let event = try #require(response.event, "\(line)")
    #expect(event.status == status)
    #expect(event.latency == latency)
  }

  @Test func `a time in brackets stands before a status line, and a path behind it`() throws {
    let event = try #require(try explain("[2026-01-06 16:16:37] 502 Bad Gateway - /v1/a").event)
    #expect(event.status == 502)
    #expect(event.path == "/v1/a")
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
  }

  @Test(arguments: [
    "[2026-01-06 16:16:37] 502 files - /v1/a", "[16] 502 Bad Gateway - /v1/a",
    "[2026-01-06 16:16:37] page 502 Bad Gateway - /v1/a",
    "404 Not Found", "> HTTP/1.1 404 Not Found", "see 404 Not Found (15 ms)",
    "404 not in list (15 ms)",
    "2026-01-06 16:16:37 expected HTTP/1.1 200 OK but it closed", "Status: 404 ms",
    "2026-01-06T16:16:37Z,a,b,c,/v1/a,200,404,x", "a,b,c,d,/v1/a,200,x",
    "2026-01-06T16:16:37Z a b c d /v1/a 200 x",
  ])
  func `what could be anything is none`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }

  @Test(
    arguments: [
      ("[February - 10, 2012:16:42:07]", "2012-02-10T16:42:07.000Z"),
      ("[10/янв/2026:16:42:07 +0300]", "2026-01-10T13:42:07.000Z"),
      ("[10/Ağu/2026:16:42:07 +0300]", "2026-08-10T13:42:07.000Z"),
      ("[10/paź/2026:16:42:07 +0200]", "2026-10-10T14:42:07.000Z"),
      ("[10/marzo/2026:16:42:07 +0000]", "2026-03-10T16:42:07.000Z"),
      ("[10 de septiembre de 2026 16:42:07]", "2026-09-10T16:42:07.000Z"),
    ])
  func `months are read in the languages of machines`(time: String, is expected: String) throws {
    let event = try event(#"192.0.2.7 - - \#(time) "GET /v1/a HTTP/1.0" 503 368"#)
    #expect(event.time.map(formatTime) == expected)
  }

  @Test(arguments: [
    #"<134>1 2026-01-06T16:16:37Z h app - - [http@1 method="GET" path="/v1/a" status="503"] request failed"#,
    #"<134>1 2026-01-06T16:16:37Z h app - - [a@1 x="1"][http@1 method="GET" path="/v1/a" status="503"]"#,
    #"<134>1 2026-01-06T16:16:37Z h app - - [a@1 x="[1\]"][http@1 method="GET" path="/v1/a" status="503"] said so"#,
    #"<134>1 2026-01-06T16:16:37Z h app - - [a@1 x="1"][b y="2"] GET /v1/a 503 12ms"#,
    "Jul 13 06:25:58 10.1.1.32 app_p [1957]: GET /v1/a 503 12ms",
  ])
  func `syslog's structured data are read, or the message behind them`(line: String) throws {
    let event = try event(line)
    #expect(event.status == 503)
    #expect(event.path == "/v1/a")
  }

  @Test func `a code of a status beside how long it took is that of a response`() throws {
    let line = #"{"time":"2026-01-06T16:16:37Z","feed_id":2,"status_code":503,"duration":2.456}"#
    #expect(try event(line).status == 503)
    let other = #"{"time":"2026-01-06T16:16:37Z","job":"a","status_code":137,"duration":2.456}"#
    #expect(try explain(other).outcome == "skipped")
  }

  @Test func `a firewall that lets a request pass does not answer it`() throws {
    let line =
      #"{"timestamp":1679548657700,"action":"ALLOW","responseCodeSent":null,"httpRequest":{"uri":"/a","httpMethod":"GET"}}"#
    #expect(try explain(line).outcome == "skipped")
  }

  @Test func `values between blanks may be more than their names`() throws {
    let log = try Log()
    try log.write(
      "#Fields: date time time-taken c-ip sc-status cs-method cs-uri-stem cs(User-Agent) s-ip\n"
        + "2024-03-22 16:16:01 33 192.0.2.7 503 GET /v1/a Mozilla/5.0 (X11; Linux) 192.0.2.8\n"
        + "2024-03-22 16:16:01 33 192.0.2.7 GET 503 /v1/a Mozilla/5.0 (X11; Linux) 192.0.2.8\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1)
    #expect(summary.tally.rejects == 1)
  }
}
