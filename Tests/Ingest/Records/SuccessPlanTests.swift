import Batches
import Events
import Files
import JSON
import Profiles
import Testing

@testable import Ingest

/// A reader that counts successes by their plans counts as one that reads every record whole.
@Suite struct SuccessPlanTests {
  /// All that a reader leaves of lines.
  private struct Read: Equatable {
    var events: [String]
    var words: [[[UInt8]]]
    var traffic: [TrafficKey: Int64]
    var minutes: [MinuteKey: MinuteCounts]
    var quotas: [QuotaSightings.Key: QuotaSightings.Sighting]
    var tally: Tally
    var gateways: [String: Int64]
  }

  private static let samples: [(gateway: String, line: String)] = ((try? catalog().gateways) ?? [])
    .flatMap { gateway in
      ((try? gateway.samples) ?? []).compactMap { sample in
        if case .line(let line) = sample.input { (gateway.name, line) } else { nil }
      }
    }

  /// Those that tell of failures alone.
  private static let failing: Set = [
    "apache-proxy", "aws-cloudtrail", "cloudflared", "django", "go-reverse-proxy",
    "http-proxy-middleware",
  ]

  @Test(arguments: Set(samples.map(\.gateway)).subtracting(failing))
  func `lines like a gateway's are counted alike`(gateway: String) throws {
    var random = SeededDice(state: UInt64(gateway.utf8.count))
    var lines: [String] = []
    for sample in SuccessPlanTests.samples where sample.gateway == gateway {
      lines.append(sample.line)
      for _ in 0..<100 { lines.append(withOtherDigits(sample.line, &random)) }
      for _ in 0..<100 { lines.append(varied(sample.line, &random)) }
      for status in [200, 204, 301, 304, 404, 0, 199, 400] {
        lines.append(withStatus(status, sample.line))
      }
    }
    try expectAlike(lines + lines)
  }

  @Test func `who answered, what was asked for and when have a say`() throws {
    let values = [
      #""host":"api.zof.ai""#, #""host":"api.acme.io""#, #""host":"10.0.0.1""#, #""host":7"#,
      #""host":"-""#, #""host":null"#, #""host":["api.acme.io","b"]"#,
    ]
    let paths = ["/v1/a", "/v1/a?b=c", "https://api.zihin.ai/v1", "v1", "-", ""]
    let times = ["2026-11-02T09:00:00Z", "2999-01-01T00:00:00Z", "soon", "-"]
    var lines: [String] = []
    for host in values {
      for path in paths {
        for time in times {
          for status in ["200", "\"200\"", "\"204\"", "302", "502", "\"502, 200\"", "0", "true"] {
            lines.append(
              #"{"time":"\#(time)",\#(host),"method":"GET","path":"\#(path)","status":\#(status)}"#)
          }
        }
      }
    }
    try expectAlike(lines + lines.reversed())
  }

  @Test func `quotas are noted of successes`() throws {
    let lines = (0..<20).map {
      #"{"time":"2026-11-02T09:00:0\#($0 % 10)Z","host":"api.acme.io","path":"/a","status":200,"#
        + #""consumer":"c\#($0 % 3)","headers":{"x-ratelimit-limit-day":"100","#
        + #""x-ratelimit-remaining-day":"\#(100 - $0)"}}"#
    }
    try expectAlike(lines + lines)
  }

  /// A record of JSON with the members of a layout is not that layout's.
  @Test func `lines of a layout are their gateway's, whatever stood before`() throws {
    func line(_ number: Int) -> String {
      "http 2024-01-01T00:00:0\(number % 10).000000Z app/lb/50dc6c495c0c9188 192.168.131.39:2817 "
        + #"10.0.0.1:80 0.000 0.001 0.000 200 200 34 101 "GET /x\#(number) HTTP/1.1""#
    }
    let alike =
      #"{"type":"http","time":"2024-01-01T00:00:01.000000Z","elb":"app/lb/50dc6c495c0c9188","#
      + #""client":"192.168.131.39:2817","target":"10.0.0.1:80","request_processing_time":"0.000","#
      + #""target_processing_time":"0.001","response_processing_time":"0.000","#
      + #""elb_status_code":"200","target_status_code":"200","received_bytes":"34","#
      + #""sent_bytes":"101","request":"GET /x1 HTTP/1.1"}"#
    let other = #"{"time":"2024-01-01T00:00:02Z","path":"/a","status":200}"#
    let lines = [alike] + (1...3).map(line) + [other] + (4...9).map(line) + [alike]
    let found = read(lines, by: try reader())
    #expect(found.gateways["aws-alb"] == 9)
    try expectAlike(lines)
  }

  @Test func `a request in a list names no host, and hides none`() throws {
    try expectAlike([
      #"{"time":"2024-01-01T00:00:00Z","request":["GET /x HTTP/1.1"],"#
        + #""request_line":"GET https://api.openai.com/v1/x HTTP/1.1","http_status":200}"#,
      #"{"time":"2024-01-01T00:00:02Z","request_line":"GET /foo HTTP/1.1","http_status":200}"#,
    ])
  }

  @Test func `a redirection's body says nothing of that of a line like it`() throws {
    func line(_ status: Int, _ second: Int) -> String {
      #"{"time":"2026-11-02T09:00:0\#(second)Z","path":"/a","status":\#(status),"#
        + #""body":{"ok":false,"error":"denied"}}"#
    }
    let lines = (0..<6).map { line(302, $0) } + (0..<3).map { line(200, $0) }
    try expectAlike(lines)
  }

  @Test func `a log in a layout is counted by its plan`() throws {
    let line =
      #"10.0.0.1 - - [02/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl" rt=0.1"#
    let reader = try reader()
    _ = read(Array(repeating: line, count: 3), by: reader)
    let text = Array(line.utf8)
    let found = text.withUnsafeBufferPointer { reader.texts.read($0)?.success?.plan.status }
    #expect(found != nil)
  }

  private func withStatus(_ status: Int, _ line: String) -> String {
    var line = line
    for old in [429, 500, 502, 503, 504, 400, 401, 403, 404, 200] {
      line = line.replacing("\(old)", with: "\(status)")
    }
    return line
  }

  private func expectAlike(_ lines: [String]) throws {
    let whole = try reader()
    whole.builder.countsByPlan = false
    let found = read(lines, by: try reader())
    let expected = read(lines, by: whole)
    #expect(found == expected)
    #expect(found.tally.successes > 0)
  }

  /// One for all readers, so that they tag secrets alike.
  private let ledger = EmptyLedger()

  private func reader() throws -> RecordReader {
    var options = RecordReader.Options()
    options.now = { 1_800_000_000_000 }
    return RecordReader(catalog: try catalog(), options: options, ledger: ledger)
  }

  private func read(_ lines: [String], by reader: RecordReader) -> Read {
    let batch = Batch()
    reader.begin(batch)
    reader.read(lines, into: batch)
    reader.end(batch)
    return Read(
      events: batch.rows.map { "\(Event($0, of: batch))" }, words: batch.words,
      traffic: batch.traffic, minutes: batch.minutes, quotas: batch.quotas.latest,
      tally: batch.tally, gateways: batch.sightings.gateways)
  }
}
