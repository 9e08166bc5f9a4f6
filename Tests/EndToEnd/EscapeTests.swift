import Foundation
import Testing

/// What a log or a file name holds can do nothing to a terminal.
struct EscapeTests {
  /// Escape sequences, a bell, a backspace, an overwriting return, C1, bidi and invisible ones.
  static let hostile = [
    "\u{1B}[2J\u{1B}]0;owned\u{07}", "\u{1B}]52;c;ZXZpbA==\u{07}", "over\rwritten",
    "back\u{08}space",
    "\u{9B}31m", "\u{202E}txet", "\u{2066}isolated", "zero\u{200B}width", "\u{7F}",
    "two\u{2028}lines", "\u{1B}P1$r\u{1B}\\", "\u{1B}]8;;http://x\u{1B}\\y",
    "\u{9D}52;c;eA==\u{9C}",
    // Each control character there is, but for zero, which no argument can hold.
    String(
      String.UnicodeScalarView(
        (0x01...0x9F).compactMap(Unicode.Scalar.init).filter {
          $0.value < 0x20 || $0.value > 0x7E
        })),
  ]

  @Test(arguments: ["table", "md", "html", "csv", "json", "ndjson", "slack"])
  func `hostile text in a log reaches no output raw`(_ format: String) throws {
    let sandbox = try Sandbox()
    let text = Self.hostile.joined(separator: " ")
    let line: [String: Any] = [
      "time": "2026-11-10T09:00:00Z", "status": 429, "vendor": "v\(text)", "path": "/a\(text)",
      "method": "GET", "route": "/r\(text)", "consumer": "c\(text)", "request_id": "id-\(text)-1",
      "body": ["error": ["code": "C\(text)", "message": "m\(text)"]],
    ]
    let data = try JSONSerialization.data(withJSONObject: line)
    let log = Array(repeating: String(decoding: data, as: UTF8.self) + "\n", count: 12)
    try sandbox.write(log.joined() + "no JSON \(text)\n", to: "a.log")
    try sandbox.run("errata import a.log")
    try sandbox.write("id-\(text)-1", to: "id")
    let range = "--since 2026-11-10 --until 2026-11-11"
    for command in [
      "rates \(range) --every 1d --by vendor,code,route,consumer", "bursts \(range)",
      "limits \(range)", "report --week 2026-W46", "query top-messages \(range)",
      "query 'select * from events'", "find \"$(cat id)\"", "explain a.log",
      "explain \"$(tail -n 1 a.log)\"", "query \"select '$(cat id)' from nothing\"",
      "check \(range) --rule 'errors > 1 per 5m by=vendor,code,route,consumer' --rule burst",
      "check --rule \"errors > 1 per 5m vendor='$(cat id)'\"", "check --rule \"$(cat id)\"",
      "rates --vendor \"$(cat id)\"", "rates \"--$(cat id)\"", "\"$(cat id)\"",
    ] {
      let outcome = try sandbox.run("errata \(command) --format \(format)")
      let told = Self.raw(in: outcome.complaint)
      #expect(told.isEmpty, "\(command): \(told) on standard error")
      let shown = Self.raw(in: outcome.output)
      // In a file of CSV all text is as it was.
      #expect(shown.isEmpty || format == "csv", "\(command): \(shown)")
    }
    // What was looked for is there, so that there was something to escape.
    #expect(
      try sandbox.output("errata query 'select count(*) as n from events' --format csv")
        == "n\n12\n")
    #expect(try sandbox.run("errata find \"$(cat id)\" --format \(format)").status == 0)
  }

  @Test func `a name that is no UTF-8 can be named, found, read again and shown`() throws {
    let sandbox = try Sandbox()
    let line = #"{"status":500,"request_id":"abc-12345","trace_id":"def-12345"}"#
    try sandbox.run("mkdir logs; echo '\(line)' > $'logs/a\\xff\\xc3.log'")
    #expect(try sandbox.run("errata import logs").complaint.hasPrefix("1 line: 1 event"))
    #expect(
      try sandbox.run("errata import $'logs/a\\xff\\xc3.log'").complaint.contains("1 known already")
    )
    let found = try sandbox.output("errata find def-12345")
    #expect(found.contains(#"logs/a\xff\xc3.log"#))
    #expect(found.contains("abc-12345"))
    #expect(try sandbox.run("errata verify --store $'s\\xff.db'").complaint.contains(#"s\xff.db"#))
    try sandbox.run(
      "errata import --store $'s\\xff.db' logs; errata rates -o $'o\\xfe' --format csv")
    #expect(try sandbox.output("cat $'s\\xff.db' | head -c 15") == "SQLite format 3")
    #expect(try sandbox.output("head -n 1 $'o\\xfe'").hasPrefix("start,"))
  }

  @Test func `hostile file names are shown with their escapes written out`() throws {
    let sandbox = try Sandbox()
    try sandbox.run(#"printf '{"status":500,"request_id":"abc-12345"}\n' > $'a\e[2Jb\nc.log'"#)
    for command in [
      #"import $'a\e[2Jb\nc.log'"#, #"import $'missing\e[2J'"#, "find abc-12345",
      #"rates --store $'no\e[2J.db'"#, #"verify --store $'no\e]0;x\a'"#,
      #"rates -o $'no\e[2J/x'"#, #"explain $'no\e[2J'"#, #"query $'no\e[2J.sql'"#,
    ] {
      let outcome = try sandbox.run("errata \(command)")
      #expect(Self.raw(in: outcome.output + outcome.complaint).isEmpty, "\(command)")
    }
    #expect(try sandbox.output("errata find abc-12345").contains(#"a\x1b[2Jb"#))
  }

  /// What must not reach a terminal.
  static func raw(in text: String) -> [UInt32] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
      default: false
      }
    }.map(\.value)
  }
}
