import Batches
import Events
import Foundation
import Testing
import Times

@testable import Ingest

/// Lines that are broken, odd or meant to break what reads them: each costs itself and nothing
/// else.
@Suite struct HostileLineTests {
  /// Broken by one rule each, from a line that is whole.
  static let broken: [String] = {
    let whole = #"{"status":500,"path":"/x","list":[1,-2.5e3,true,null],"text":"a\n\u00e9"}"#
    var lines = (1..<whole.count).map { String(whole.prefix($0)) }
    lines += [
      whole + "{", whole + "[]", whole + " x", "{\(whole)}",
    ]
    for (old, new) in [
      ("\"status\"", "'status'"), ("\"status\"", "status"), ("500,", "500,,"), ("500,", "500 "),
      ("500", "0500"), ("500", "+500"), ("500", "0x1F4"), ("500", "5."), ("500", ".5"),
      ("500", "5e"), ("500", "NaN"), ("500", "Infinity"), ("500", "--5"), ("500", "5_0"),
      ("true", "True"), ("true", "tru"), ("null", "nul"), ("null", "undefined"), (":500", " 500"),
      (":500", "::500"), ("\\n", "\\x"), ("\\n", "\\u12"), ("\\u00e9", "\\u00g9"), ("]", ",]"),
      ("]", "}"), ("[1", "[,1"), ("[1", "[1 2"), ("a\\n", "a\t"), ("a\\n", "a\u{1}"),
      ("500", "500/*five*/"), ("500", "500//five"), ("500", "{"), ("\"path\":", "path=>"),
    ] {
      lines.append(whole.replacingOccurrences(of: old, with: new))
    }
    return lines
  }()

  @Test func `what is no JSON is a reject, and the next line is read`() throws {
    let log = try Log()
    for (place, line) in Self.broken.enumerated() {
      try log.write(line + "\n" + lines([place]), to: "\(place)")
      let summary = try log.importing("\(place)")
      #expect(summary.tally.rejects == 1, "\(line)")
      #expect(summary.tally.events == 1, "\(line)")
    }
  }

  @Test(arguments: [
    #" {"status":500} "#, "\t{\"status\" :\r500 }\r", #"{"status":500,"path":"/x","":0}"#,
    #"{"status":500,"path":"/x","a":"\u0000\u001f\"\\\/\b\f\n\r\t\u2028"}"#, #"{"status":5e2}"#,
    #"{"status":500.0}"#,
    #"{"status":500,"path":"/x","n":[-0,0e0,1E+2,1e-999,123456789012345678]}"#,
    #"{"status":500,"path":"/x","a":"\ud83d\ude00\uFFFF"}"#, #"[{"status":500}]"#,
    "{\"status\":500,\"path\":\"/x\",\"a\":\"\u{2028}\u{7F}\"}",
    #"{"status":500,"path":"/x","a":[[[[]]],{"b":{}}]}"#, #"{"status":"500"}"#,
    #"{"status":"500 Oh No"}"#,
  ])
  func `what is JSON is read without a repair`(line: String) throws {
    let log = try Log()
    try log.write(line + "\n")
    let tally = try log.importing("a.log").tally
    #expect(tally.events == 1)
    #expect(tally.repaired == 0)
  }

  @Test(
    arguments: [
      Array("{\"status\":500,\"path\":\"/x\",\"m\":\"caf".utf8) + [0xE9] + Array("\"}".utf8),
      Array("{\"status\":500,\"path\":\"/x\",\"m\":\"".utf8) + [0xED, 0xA0, 0xBD, 0xC0, 0xAF]
        + Array("\"}".utf8),
      Array(#"{"status":500,"path":"/x","m":"\ud800"}"#.utf8),
      Array(#"{"status":500,"path":"/x","m":"\udc00\ud800"}"#.utf8),
      Array(#"{"status":500,"path":"/x","m":1e999,"n":-123456789012345678901234567890}"#.utf8),
      [0, 0, 0] + Array(#"{"status":500}"#.utf8),
    ] as [[UInt8]])
  func `what has a plain meaning is repaired, kept and counted`(line: [UInt8]) throws {
    let log = try Log()
    try log.write(line + [0x0A] + Array(lines(0..<1).utf8), to: "a.log")
    let tally = try log.importing("a.log").tally
    #expect(tally.events == 2)
    #expect(tally.repaired == 1)
  }

  @Test func `zeros before a line are passed over, however many`() throws {
    for count in [1, 5000, 1 << 20, 5 << 20] {
      let log = try Log()
      let zeros = [UInt8](repeating: 0, count: count)
      try log.write(
        Array(lines(0..<1).utf8) + zeros + Array((lines(1..<2) + "no JSON\n" + lines(2..<3)).utf8),
        to: "a.log")
      let summary = try log.importing("a.log")
      #expect(summary.tally.events == 3, "\(count) zeros")
      #expect(summary.tally.rejects == 1)
      #expect(log.ledger.sources[0].consumed == Int64(count + lines(0..<3).utf8.count + 8))
    }
  }

  @Test func `zeros to the end wait for what comes after them`() throws {
    let log = try Log()
    try log.write(
      Array(lines(0..<1).utf8) + [UInt8](repeating: 0, count: 3 << 20), to: "a.log")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1)
    #expect(summary.tally.rejects == 0)
    #expect(summary.heldBack == 1)
  }

  @Test(arguments: [
    ("[", "]", "too_deep"), (#"{"a":"#, "}", "too_deep"), (#"[{"":"#, "}]", "too_deep"),
    ("[", "", "no_json"), (#"{"a":"#, "", "json_syntax"),
  ])
  func `nesting without end is refused`(open: String, close: String, reason: String) throws {
    for depth in [200, 100_000] {
      let line =
        String(repeating: open, count: depth) + (close.isEmpty ? "" : "0")
        + String(repeating: close, count: depth)
      #expect(try explain(line).outcome == reason)
      let inside = #"{"status":500,"body":\#(quoted(line))}"#
      #expect(try explain(inside).outcome == "event")
    }
  }

  @Test func `of a name that stands twice the last counts, in fields and in bodies`() throws {
    let event = try event(
      #"{"status":200,"path":"/a","status":503,"path":"/b","body":{"code":"x","code":"y"}}"#)
    #expect(event.status == 503)
    #expect(event.path == "/b")
    #expect(event.code == "y")
    let nested = try explain(#"{"response":{"status":500},"response":{"status":404}}"#)
    #expect(nested.event?.status == 404)
  }

  @Test(
    arguments: [
      ("\"429\"", 429), ("429.0", 429), ("\" 429 \"", 429), ("\"429 Too Many Requests\"", 429),
      ("4.29e2", 429), ("999", 999), ("0", nil), ("-1", nil), ("null", nil), ("\"0\"", nil),
    ] as [(String, Int?)])
  func `a status may be written in many ways`(value: String, status: Int?) throws {
    let event = try event(#"{"method":"GET","path":"/x","status":\#(value)}"#)
    #expect(event.status == status)
  }

  @Test(arguments: ["true", "\"ok\"", "4290", "99", "429.5", "{}", "[]", "1e300", "\"4 29\""])
  func `what is no status makes no API response`(value: String) throws {
    #expect(try explain(#"{"method":"GET","path":"/x","status":\#(value)}"#).outcome == "skipped")
  }

  @Test func `what claims to be later than tomorrow is kept and undated`() throws {
    let now: Int64 = 1_795_132_804_908
    var options = RecordReader.Options()
    options.now = { now }
    for (time, isDated) in [
      (now, true), (now + Milliseconds.day, true), (now + Milliseconds.day + 1, false),
      (4_000_000_000_000, false), (631_151_999_000, false), (-1, false),
    ] {
      let explanation = try Explanation(
        of: #"{"status":500,"time":\#(time)}"#, catalog: catalog(), options: options)
      #expect(explanation.outcome == "event")
      #expect(explanation.event?.time == (isDated ? time : nil))
    }
  }

  @Test func `a type of about:blank says nothing, and what says more is heard`() throws {
    let blank = #"{"type":"about:blank","title":"Not Found","status":404,"detail":"no such order"}"#
    let event = try event(#"{"status":404,"path":"/x","body":\#(blank)}"#)
    #expect(event.code == nil)
    #expect(event.message == "no such order")
    let other = try explain(
      #"{"status":400,"body":{"error":{"code":"about:blank","type":"bad_thing"}}}"#)
    #expect(other.event?.code == "bad_thing")
  }
}
