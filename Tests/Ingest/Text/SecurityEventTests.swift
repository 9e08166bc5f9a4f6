import Events
import Ingest
import Testing
import Times

/// Lines in the forms of collectors of security events, made by hand after their specifications.
@Suite struct SecurityEventTests {
  @Test(arguments: [
    "CEF:0|Gate|WAF|1.0|17|Blocked|5|rt=1767716197123 request=https://api.example.com/v1/a?b=1 "
      + "requestMethod=GET msg=no entry for you cn1=503 cn1Label=status src=192.0.2.7",
    "<134>Jan  6 16:16:37 gate CEF:0|Gate|WAF\\|2|1.0|17|Blocked|5|start=1767716197123 "
      + "cs1=a b c cs1Label=rule request=https://api.example.com/v1/a requestMethod=GET "
      + "cn2=503 cn2Label=response code outcome=x \\=y",
    "LEEF:1.0|Gate|WAF|1.0|17|devTime=1767716197123\turl=https://api.example.com/v1/a\t"
      + "requestMethod=GET\tresponseCode=503\tusrName=ann b",
    "LEEF:2.0|Gate|WAF|1.0|17|x5E|devTime=1767716197123^url=https://api.example.com/v1/a^"
      + "requestMethod=GET^responseCode=503",
  ])
  func `an event with a request and its status is a response`(line: String) throws {
    let event = try event(line)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.123Z")
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
    #expect(event.vendor == "api.example.com")
  }

  @Test(arguments: [
    ("07/02/2026 16:16:37.123", "MM/dd/yyyy HH:mm:ss.SSS", "2026-07-02T16:16:37.123Z"),
    ("07/02/2026 16:16:37.123", "dd/MM/yyyy HH:mm:ss.SSS", "2026-02-07T16:16:37.123Z"),
    ("Jul 02 2026 04:16:37 PM GMT+02:00", "MMM dd yyyy hh:mm:ss a z", "2026-07-02T14:16:37.000Z"),
    ("20260702T161637", "yyyyMMdd'T'HHmmss", "2026-07-02T16:16:37.000Z"),
    ("2026-07-02 16:16:37", "dd/MM/yyyy HH:mm:ss", "2026-07-02T16:16:37.000Z"),
  ])
  func `a time is read as the event says that it is written`(
    time: String, format: String, expected: String
  ) throws {
    let event = try event(
      "LEEF:1.0|Gate|WAF|1.0|17|devTime=\(time)\tdevTimeFormat=\(format)\t"
        + "url=https://api.example.com/v1/a\trequestMethod=GET\tresponseCode=503")
    #expect(event.time.map(formatTime) == expected)
  }

  @Test func `a target has its own names and needs no scheme`() throws {
    let event = try event(
      "CEF:0|Gate|WAF|1.0|17|Normal Access|3|requestTime=1767716197123 "
        + "targetUrl=api.example.com/v1/a requestMethod=GET responseCode=503")
    #expect(event.path == "/v1/a")
    #expect(event.latency == nil)
  }

  @Test(arguments: [
    "CEF:0|Gate|WAF|1.0|17|Blocked", "CEF:0|Gate|WAF|1.0|17|Blocked|5|", "LEEF:2.0|a|b|c|d|",
    "CEF:0|Gate|WAF|1.0|17|Login|5|src=192.0.2.7 suser=ann outcome=failure", "CEF:", "LEEF:1.0|",
    "CEF:0|a|b|c|d|e|f|===\\", "LEEF:2.0|a|b|c|d|xZZ|a=b", "LEEF:2.0|a|b|c|d||a=b",
  ])
  func `what is cut off or tells of no response is none`(line: String) throws {
    #expect(["no_json", "skipped"].contains(try explain(line).outcome))
  }
}
