import Foundation
import Testing

/// Logs that are made to take all memory, or all time.
struct HostileInputTests {
  private static let event = #"{"time":"2026-11-10T09:00:00Z","status":500,"path":"/x"}"#

  /// How each is made, what becomes of it, and its status.
  static let large = [
    (
      "a line of 100 MB",
      #"printf '{"status":500,"m":"'; head -c 100000000 /dev/zero | tr '\0' x; echo '"}'"#,
      "2 lines: 1 event, 0 successes, 1 reject"
    ),
    (
      "100 MB of zeros before a line", "head -c 100000000 /dev/zero",
      "1 line: 1 event, 0 successes"
    ),
    (
      "100 MB without a newline, and nothing after",
      "head -c 100000000 /dev/urandom | tr -d '\\n'; exit",
      "1 line: 0 events, 0 successes, 1 held back"
    ),
    (
      "a million brackets", "head -c 1000000 /dev/zero | tr '\\0' '['; echo",
      "2 lines: 1 event, 0 successes, 1 reject"
    ),
    (
      "60,000 members of an object",
      "printf '{\"status\":200,\"path\":\"/x\"'; seq -f ',\"k%.0f\":1' 60000 | tr -d '\\n'; echo '}'",
      "2 lines: 1 event, 1 success"
    ),
    (
      "300,000 rejects", "yes x | head -n 300000",
      "300,001 lines: 1 event, 0 successes, 300,000 rejects"
    ),
  ]

  @Test(arguments: large)
  func `memory does not grow with what is read`(
    _ what: String, _ make: String, _ summary: String
  ) throws {
    let sandbox = try Sandbox()
    let base = try peak("errata import --store base.db -", reading: "echo '\(Self.event)'", sandbox)
    let log = try peak(
      "errata import --store log.db -", reading: "\(make); echo '\(Self.event)'", sandbox)
    #expect(log.complaint.contains(summary + "\n"), "\(what): \(log.complaint)")
    #expect(log.kibibytes < base.kibibytes + 64 << 10, "\(what)")
  }

  @Test(arguments: ["gzip -1", "zstd -q", "xz -0", "bzip2"])
  func `what unpacks to 400 MB of zeros takes no memory, nor all the time`(tool: String) throws {
    let sandbox = try Sandbox()
    try sandbox.run("head -c 400000000 /dev/zero | \(tool) > bomb")
    let base = try peak("errata import --store base.db -", reading: "echo '\(Self.event)'", sandbox)
    let bomb = try peak("errata import --store log.db bomb", reading: "true", sandbox)
    #expect(bomb.kibibytes < base.kibibytes + 64 << 10)
    // gzip packs no more than 1032 to 1.
    let isRefused = bomb.complaint.contains("unpacks to more than 1000 times its size")
    #expect(isRefused || tool.hasPrefix("gzip"))
  }

  /// Text of a megabyte that is all one pattern.
  static let patterns = [
    "a", "1", "{", "[", "\\\\", "\\\"", "; a: ", "maximum number of ", "5,", "/1", "=", "é",
    "e\u{301}", "\u{301}", "limit ", "a@b.", "\\ud800", "\u{202E}",
  ]

  @Test(arguments: patterns)
  func `time grows with a line's length and not with its square`(pattern: String) throws {
    let sandbox = try Sandbox()
    func seconds(_ length: Int) throws -> Double {
      let text = String(repeating: pattern, count: length / pattern.utf8.count)
      try sandbox.write(
        """
        {"status":403,"path":"/\(text)","body":{"error":{"code":"plan_limit_reached","message":"\(text)"}}}
        {"status":"\(text)","time":"\(text)","url":"https://\(text)","consumer":"\(text)","body":"\(text)"}
        {"time":"\(text)","latency":"\(text)","status":429,"retry_after":"\(text)","request_id":"\(text)"}

        """, to: "log")
      // Of the processor's time, which does not depend on what else the machine does.
      return try (0..<3).map { number in
        let seconds = try sandbox.output(
          """
          /usr/bin/time -f '%U %S' -o seconds \
            errata import --max-line 64MiB --store \(length)-\(number).db log > said 2>&1; cat seconds
          """)
        return try seconds.split(whereSeparator: \.isWhitespace).map { try #require(Double($0)) }
          .reduce(0, +)
      }.min() ?? 0
    }
    let (short, long) = (try seconds(1 << 18), try seconds(1 << 21))
    // Eight times as long; its square is sixty-four times.
    #expect(long < short * 24, "\(short) s, \(long) s")
  }

  @Test func `a store, what belongs to it and the answer's file are no logs of a folder`() throws {
    let sandbox = try Sandbox()
    try sandbox.run("mkdir logs; echo '\(Self.event)' > logs/a.log")
    // Once the answer's file is there, it is one of the folder's, and is not written over.
    for status in [0, 2] as [Int32] {
      let outcome = try sandbox.run(
        "errata import --store logs/s.db --format ndjson -o logs/answer logs")
      #expect(outcome.status == status, "\(outcome.complaint)")
    }
    #expect(
      try sandbox.output("ls logs").split(separator: "\n").contains("answer"))
    #expect(
      try sandbox.output(
        "errata query --store logs/s.db 'select count(*) n from events' --format csv")
        == "n\n1\n")
    let sources = "errata verify --store logs/s.db --format ndjson"
    #expect(try sandbox.output(sources).contains(#""sources":1,"#))
  }

  private struct Run {
    var complaint: String
    var kibibytes: Int
  }

  /// Runs a command with what another prints on standard input, and says how much memory it has had
  /// at most.
  private func peak(_ command: String, reading input: String, _ sandbox: Sandbox) throws -> Run {
    let outcome = try sandbox.run(
      "/usr/bin/time -f %M -o peak \(command) < <(\(input)) 2> said; tail -n 1 peak")
    return Run(
      complaint: try sandbox.output("cat said"),
      kibibytes: try #require(Int(outcome.output.dropLast())))
  }
}
