import Events
import Ingest
import Testing
import Times

/// What stands around the common log format is let be, unless it is known as a whole.
@Suite struct CommonFormatTests {
  private static let common = #"[06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1" 503 612"#

  @Test(arguments: [
    "192.0.2.7 - - \(common)", "192.0.2.7 - \(common)", "192.0.2.7 \(common)", common,
    "192.0.2.7 \"-\" \"-\" \(common)", "192.0.2.7 - \"\" \(common)",
    "192.0.2.7, 198.51.100.1 10.0.0.1 - - \(common)", "192.0.2.7 10.0.0.1 - - \(common)",
    "192.0.2.7 - [192.0.2.7] - - \(common)", "INFO:app:192.0.2.7 - - \(common)",
    "nginx: 192.0.2.7 - - \(common)",
    "192.0.2.7 - - \(common) \"-\" \"curl/8\" 512 0.120",
    "192.0.2.7 - - \(common) \"-\" \"curl/8\" \"10.0.0.9\" 200 10.0.0.1:80 0.120",
    "192.0.2.7 - - \(common) \"-\" \"curl/8\" \"-\" those are random characters",
    "192.0.2.7 - - \(common) \"-\" \"curl/8\" 2.34", "192.0.2.7 - - \(common) 10.0.0.1 + 400",
  ])
  func `the line counts, and nothing is made of the rest`(line: String) throws {
    let event = try event(line)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
    #expect(event.latency == nil)
    #expect(event.consumer == nil)
    #expect(event.vendor == nil)
    #expect(event.upstreamStatus == nil)
  }

  @Test(arguments: [
    #"192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] "api.example.com" "GET /v1/a HTTP/1.1" 503 5 "-" "x" 0.038"#,
    #"192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1" 503 5 "-" "x" "-" "-" 1767716197.133 rt=0.038"#,
    #"192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] "GET /v1/a HTTP/1.1" 503 5 "-" "x" 0.038 0.036"#,
  ])
  func `a tail that is known as a whole is read`(line: String) throws {
    let event = try event(line)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.status == 503)
    #expect(event.latency == 38)
  }

  @Test(arguments: ["frank", "\"frank\"", "frank castle", "\"frank castle\""])
  func `a user is named without quotes`(user: String) throws {
    let name = user.filter { $0 != "\"" }
    #expect(try event("192.0.2.7 - \(user) \(Self.common)").consumer == name)
    #expect(try event("192.0.2.7 ident \(user) \(Self.common)").consumer == name)
  }

  @Test(
    arguments: [
      ("PATCHp /products/42 HTTP/1.1", "PATCHp", "/products/42"),
      ("VERSION-CONTROL /a HTTP/1.1", "VERSION-CONTROL", "/a"),
      ("GET /a b c HTTP/1.1", "GET", "/a b c"), ("-", nil, nil), ("", nil, nil),
      (#"\x16\x03\x01"#, nil, nil), ("quit", nil, nil),
    ] as [(String, String?, String?)])
  func `a request line is read as far as it is one`(request: String, method: String?, path: String?)
    throws
  {
    let event = try event(
      "192.0.2.7 - - [06/Jan/2026:16:16:37 +0000] \"\(request)\" 400 163 \"-\" \"-\"")
    #expect(event.status == 400)
    #expect(event.method == method)
    #expect(event.path == path)
  }

  @Test func `colours inside of a line are no part of it`() throws {
    let event = try event(
      "INFO:werkzeug:127.0.0.1 - - [12/May/2024 10:11:12] \"\u{1B}[35m\u{1B}[1mPOST /v1/a "
        + "HTTP/1.1\u{1B}[0m\" 500 -")
    #expect(event.method == "POST")
    #expect(event.path == "/v1/a")
  }
}
