import Events
import Formats
import Ingest
import Profiles
import Testing

/// What a configuration states beside what can be learnt, and what formats by name become.
@Suite struct StatedFormatTests {
  @Test func `a format that cannot be learnt keeps no other from being learnt`() throws {
    let stated = try Configuration.formats(
      in: """
        http {
          log_format good '$msec $request_uri $status';

          log_format bad escape=json '{"a":"$status",,}';
          log_format also '$remote_addr $request_uri $status';
        }
        """)
    #expect(stated.formats.map(\.name) == ["good", "also"])
    #expect(stated.formats.map(\.line) == [2, 5])
    #expect(stated.refused.map(\.name) == ["bad"])
    #expect(stated.refused.map(\.line) == [4])
    #expect(stated.named("bad").refused.count == 1)
    #expect(stated.named("bad").formats.isEmpty)
  }

  @Test func `a configuration of which nothing can be learnt is refused by name and line`() {
    let error = #expect(throws: FormatError.self) {
      try Configuration.formats(in: "# none\nlog_format bad '{\"a\":\"$status\",,}';")
    }
    #expect(error?.name == "bad")
    #expect(error?.line == 2)
  }

  @Test func `what does not go into the profile is told, format by format`() throws {
    let stated = try Configuration.formats(
      in: """
        LogFormat "%t %U %>s" plain
        LogFormat "%t (? %U %>s" odd
        LogFormat "{\\"t\\":\\"%t\\",\\"s\\":\\"%>s\\"}" one
        LogFormat "{\\"u\\":\\"%U\\",\\"s\\":\\"%>s\\"}" two
        """)
    let draft = try ProfileDraft(name: "own", of: stated.formats, known: nil)
    #expect(draft.refused.map { "\($0.line ?? 0) \($0.name)" } == ["2 odd", "4 two"])
    #expect(draft.text.contains(", plain, one\""))
  }

  /// Lines that servers wrote, for each format that GoAccess has a name for.
  @Test(arguments: [
    (
      "COMBINED",
      #"192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12 "-" "curl/8 (x)""#
    ),
    (
      "VCOMBINED",
      #"x.test:443 192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12 "-" "c""#
    ),
    ("COMMON", #"192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12"#),
    (
      "VCOMMON",
      #"x.test:443 192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12"#
    ),
    (
      "W3C",
      "2026-11-12 08:00:00 10.0.0.5 GET /v1/a - 443 - 192.0.2.1 curl/8 - 500 0 0 31"
    ),
    (
      "CLOUDFRONT",
      "2026-11-12\t08:00:00\tFRA2\t12\t192.0.2.1\tGET\td1.cloudfront.net\t/v1/a\t500\t-\tcurl\t-"
        + "\t-\tError\tid\tx.test\thttps\t23\t0.031\t-\tTLSv1.2\tECDHE\tError\tHTTP/2.0\t-"
    ),
    (
      "AWSELB",
      "https 2026-11-12T08:00:00.123456Z app/lb/1 192.0.2.1:2817 10.0.0.1:80 0.000 0.031 0.000 500 "
        + #"500 34 366 "GET https://x.test:443/v1/a HTTP/1.1" "curl/8" ECDHE TLSv1.2 arn:aws:x "#
        + #""Root=1-5" "x.test""#
    ),
    (
      "SQUID",
      "Nov 12 08:00:00 x.test squid[7]: 1794470400.123     31 192.0.2.1 TCP_MISS/500 612 GET "
        + "http://x.test/v1/a"
    ),
    (
      "CADDY",
      #"{"level":"info","ts":1794470400.123,"request":{"client_ip":"192.0.2.1","proto":"HTTP/2.0","#
        + #""method":"GET","host":"x.test","uri":"/v1/a"},"duration":0.031,"size":12,"status":500}"#
    ),
    (
      "TRAEFIKCLF",
      #"192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12 "-" "curl" 7 "#
        + #""web@docker" "http://10.0.0.1:80" 31ms"#
    ),
  ])
  func `formats by the names that GoAccess has for them`(name: String, line: String) throws {
    let settings = "time-format %T\nlog-format \(name)\n# log-format COMMON\n"
    let stated = try Configuration.formats(in: settings)
    let alone = try Configuration.formats(in: name.lowercased())
    let draft = try ProfileDraft(name: "own", of: stated.formats, known: nil)
    #expect(try ProfileDraft(name: "own", of: alone.formats, known: nil).text == draft.text)
    let catalog = try Catalog([
      ProfileFile(name: "own.json", text: Array(draft.text.utf8), sort: .gateway)
    ])
    let read = try Explanation(of: line, catalog: catalog, options: RecordReader.Options())
    let event = try #require(read.event, "\(read.outcome): \(draft.text)")
    #expect(read.gateway == "own", "\(draft.text)")
    #expect(event.status == 500)
    #expect(event.path == "/v1/a")
    #expect(event.time != nil)
    #expect(event.latency == nil || event.latency == 31)
  }

  @Test func `a name that GoAccess has not is refused`() {
    let error = #expect(throws: FormatError.self) {
      try Configuration.formats(in: "log-format COMBINDE\n")
    }
    #expect(error?.name == "COMBINDE")
  }

  /// All that a format, a directive or a configuration may repeat without end.
  @Test(arguments: [
    "log_format x '$status' ", "LogFormat \"%>s %{\" n\n", "format:\n  a: \"%REQ(\"\n",
    "{", "%{a", "'", "\\\n", "  log-format %[", "accesslog:\n", "json:\n",
    "log_format main '$remote_addr $status';\n", "pattern=\"%h %{\"AccessLogValve",
  ])
  func `a long configuration is read in time`(piece: String) {
    let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
    let clock = ContinuousClock()
    let short = clock.measure { learn(String(text.prefix(text.count / 8))) }
    let long = clock.measure { learn(text) }
    // Eight times as long; sixty-four times would be the square.
    #expect(long < short * 30 + .seconds(2), "\(short) and \(long)")
  }

  private func learn(_ text: String) {
    guard let stated = try? Configuration.formats(in: text) else { return }
    _ = try? ProfileDraft(name: "own", of: stated.formats, known: nil)
  }
}
