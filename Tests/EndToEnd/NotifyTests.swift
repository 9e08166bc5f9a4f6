import Foundation
import Testing

/// What crossed a rule is told outside once, whatever goes wrong.
struct NotifyTests {
  let sandbox: Sandbox
  let receiver: Receiver

  init() throws {
    sandbox = try Sandbox()
    receiver = try Receiver(in: sandbox)
    try sandbox.output("errata import -q demo.ndjson.gz")
    for name in ["slack", "teams", "webhook"] {
      try sandbox.output(
        "umask 077; echo http://127.0.0.1:\(receiver.port)/\(name)/s3cr3t > \(name)")
    }
  }

  private static let rule = "--rule 'rate_limited > 20 per 5m' --job demo"
  private static let all = "--notify slack:slack --notify teams:teams --notify webhook:webhook"

  private func check(_ time: String, _ rest: String) throws -> Sandbox.Outcome {
    let outcome = try sandbox.run("errata check \(Self.rule) --at 2026-11-10T\(time):00Z \(rest)")
    #expect(!(outcome.output + outcome.complaint).contains("s3cr3t"))
    return outcome
  }

  /// Who was asked, in order.
  private func told() throws -> [String] {
    try receiver.requests().map { String($0.path.dropFirst().prefix { $0 != "/" }) }
  }

  @Test func `each place is told once, in its own words`() throws {
    let outcome = try check("14:05", Self.all)
    #expect(outcome.status == 3 && outcome.complaint == "")
    #expect(try told() == ["slack", "teams", "webhook"])
    let line = "zihin: rate_limited 106 > 20 per 5m, since 2026-11-10 14:03 (UTC)"
    #expect(outcome.output == line + "\n")

    let requests = try receiver.requests()
    #expect(
      requests[0].body["text"] as? String == line.replacingOccurrences(of: ">", with: "&gt;"))
    let card = try #require(requests[1].body["attachments"] as? [[String: Any]])
    #expect(card[0]["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
    let webhook = requests[2].body
    #expect(
      Set(webhook.keys) == [
        "id", "at", "errata", "command", "host", "store", "job", "text", "answer",
      ])
    #expect(webhook["command"] as? String == "check" && webhook["job"] as? String == "demo")
    #expect(webhook["text"] as? String == line)
    #expect(
      webhook["store"] as? String == sandbox.folder.resolvingSymlinksInPath().path
        + "/data/errata/errata.db")
    let crossed = (webhook["answer"] as? [String: Any])?["crossed"] as? [[String: Any]]
    #expect(crossed?.count == 1 && crossed?[0]["vendor"] as? String == "zihin")
    #expect(requests[2].headers["idempotency-key"] == "\"\(webhook["id"] ?? "")\"")

    let second = try check("14:10", Self.all)
    #expect(second.status == 0 && second.output == "" && second.complaint == "")
    #expect(try told().count == 3)
    _ = try check("14:45", Self.all + " --resolved")
    #expect(try told().count == 6)
  }

  @Test func `the chapter tells every member that a webhook is sent`() throws {
    _ = try check("14:05", "--notify webhook:webhook")
    let chapter = try Page("Sources/Manual/notify.md").text
    for name in try receiver.requests()[0].body.keys { #expect(chapter.contains("`\(name)`")) }
  }

  @Test func `a place that is away keeps no other from being told, and is told later`() throws {
    try sandbox.output("umask 077; echo http://127.0.0.1:1/s3cr3t > away; echo x > broken")
    let places = "--notify slack:away --notify slack:broken --notify teams:gone " + Self.all
    // Nothing listens there, and a minute would be long.
    let outcome = try check("14:05", "\(places) --notify mail:ops")
    #expect(outcome.status == 3)
    #expect(try told() == ["slack", "teams", "webhook"])
    #expect(outcome.complaint.contains("errata: slack:away (http://127.0.0.1:1) cannot be reached"))
    #expect(outcome.complaint.contains("errata: what stands in broken is no address"))
    #expect(outcome.complaint.contains("errata: the address in gone cannot be read"))
    #expect(outcome.complaint.contains("errata: there is no sendmail"))
    // Nothing is new, and places still wait.
    try sandbox.output("umask 077; for place in away broken gone; do cp slack $place; done")
    try sandbox.output(
      "mkdir bin; printf '#!/bin/sh\\ncat > letter\\n' > bin/sendmail; chmod +x bin/*")
    let later = try sandbox.run(
      "PATH=$PWD/bin:$PATH errata check \(Self.rule) --at 2026-11-10T14:10:00Z \(places) --notify mail:ops"
    )
    #expect(later.status == 0 && later.output == "" && later.complaint == "")
    #expect(try told().count == 6)
    #expect(try sandbox.output("cat letter").hasPrefix("To: ops\n"))
  }

  @Test func `a place that is busy is left alone for as long as it wants`() throws {
    try receiver.answer("429 Retry-After: 3600")
    let outcome = try check("14:05", "--notify slack:slack")
    #expect(outcome.status == 3)
    #expect(outcome.complaint.contains("answers with status 429"))
    try receiver.answer("200")
    #expect(try check("14:10", "--notify slack:slack").status == 0)
    #expect(try told().count == 1)
    try sandbox.output("sqlite3 data/errata/errata.db 'update delivery set after_ms = 0'")
    #expect(try check("14:10", "--notify slack:slack").status == 0)
    #expect(try told().count == 2)
  }

  @Test func `a place that says no for good is told so once`() throws {
    try receiver.answer("400")
    let outcome = try check("14:05", "--notify slack:slack")
    #expect(outcome.status == 3 && outcome.complaint.contains("answers with status 400"))
    let second = try check("14:10", "--notify slack:slack")
    #expect(second.status == 0 && second.complaint == "")
    #expect(try told().count == 1)
  }

  @Test func `one that is not there is an error where nothing crossed`() throws {
    let outcome = try check("09:00", "--notify slack:gone")
    #expect(outcome.status == 1 && outcome.output == "")
  }

  @Test func `a check that is killed while it tells leaves nothing out, and tells nothing twice`()
    throws
  {
    try receiver.answer("hang")
    for name in ["webhook", "slack"] {
      // Killed once the request was read, and before there is an answer.
      try sandbox.run(
        """
        errata check --rule 'rate_limited > 20 per 5m' --job \(name) --at 2026-11-10T14:05:00Z \
          --notify \(name):\(name) & pid=$!
        until grep -qs /\(name)/ receiver-*/requests; do sleep 0.05; done; kill -9 $pid
        """)
    }
    try receiver.answer("200")
    for name in ["webhook", "slack"] {
      let line =
        "errata check --rule 'rate_limited > 20 per 5m' --job \(name) --at 2026-11-10T14:06:00Z --notify \(name):\(name)"
      let second = try sandbox.run(line)
      #expect(second.output == "")
      #expect(second.status == (name == "slack" ? 1 : 0), "\(second.complaint)")
      #expect(
        second.complaint.contains("errata was ended while it told that") == (name == "slack"))
      let third = try sandbox.run(line)
      #expect(third.status == 0 && third.complaint == "")
    }
    let requests = try receiver.requests().filter { $0.path.hasPrefix("/webhook") }
    #expect(requests.count == 2)
    #expect(Set(requests.compactMap { $0.body["id"] as? String }).count == 1)
    #expect(try told().filter { $0 == "slack" }.count == 1)
  }

  @Test func `a check that is killed between two tries leaves nothing out, wherever it tells`()
    throws
  {
    try receiver.answer("503 Retry-After: 20")
    try sandbox.run(
      """
      errata check \(Self.rule) --at 2026-11-10T14:05:00Z --notify slack:slack & pid=$!
      until [ -e receiver-*/requests ] && [ "$(sqlite3 data/errata/errata.db \
        'select is_begun from delivery')" = 0 ]; do sleep 0.05; done; kill -9 $pid
      """)
    try receiver.answer("200")
    let outcome = try check("14:06", "--notify slack:slack")
    #expect(outcome.status == 0 && outcome.complaint == "")
    #expect(try told() == ["slack", "slack"])
  }

  @Test func `a check that is killed anywhere tells at least once`() throws {
    for delay in stride(from: 5, through: 125, by: 10) {
      let job = "job\(delay)"
      let line =
        "errata check --rule 'rate_limited > 20 per 5m' --job \(job) --at 2026-11-10T14:05:00Z --notify webhook:webhook"
      try sandbox.run(
        "\(line) & sleep 0.\(delay < 10 ? "00" : delay < 100 ? "0" : "")\(delay); kill -9 $!")
      _ = try sandbox.run(line)
      let ids = try receiver.requests().filter { $0.body["job"] as? String == job }
        .compactMap { $0.body["id"] as? String }
      #expect(Set(ids).count == 1, "\(delay) ms: \(ids)")
    }
  }

  @Test func `checks at once tell once`() throws {
    try receiver.answer("429 Retry-After: 3600")
    _ = try check("14:05", "--notify webhook:webhook --notify slack:slack")
    #expect(try told().count == 2)
    try sandbox.output("sqlite3 data/errata/errata.db 'update delivery set after_ms = 0'")
    try receiver.answer("200")
    let line =
      "errata check \(Self.rule) --at 2026-11-10T14:06:00Z --notify webhook:webhook --notify slack:slack"
    let outcome = try sandbox.run("for n in 1 2 3 4; do \(line) & done; wait")
    #expect(outcome.output == "" && outcome.complaint == "")
    #expect(try told() == ["webhook", "slack", "webhook", "slack"])
  }

  @Test func `places of one's own settings are told, those of a project's are not`() throws {
    try sandbox.output("mkdir -p .config/errata")
    try sandbox.write(
      #"{"defaults": {"report": {"send": "webhook:webhook"}, "check": {"notify": ["slack:slack"]}}}"#,
      to: ".config/errata/config.json")
    #expect(try sandbox.run("errata report -q").status == 0)
    let sent = try #require(try receiver.requests().first)
    let answer = try #require(sent.body["answer"] as? [String: Any])
    #expect(answer["week"] as? String == "2026-W46")
    #expect(try check("14:05", "").status == 3)
    #expect(try told() == ["webhook", "slack"])
    try sandbox.output("rm .config/errata/config.json")
    try sandbox.write(#"{"defaults": {"check": {"notify": "slack:slack"}}}"#, to: ".errata.json")
    #expect(try check("14:45", "--resolved").status == 2)
    #expect(try told().count == 2)
  }

  @Test func `a range is told each time, and remembers nothing`() throws {
    let line =
      "errata check --rule 'rate_limited > 20 per 5m' --since 2026-11-10 --until 2026-11-11 --notify webhook:webhook"
    for _ in 0..<2 { #expect(try sandbox.run(line).status == 3) }
    #expect(try told().count == 2)
    let rows = try sandbox.output("sqlite3 data/errata/errata.db 'select count(*) from delivery'")
    #expect(rows == "0\n")
  }

  @Test func `an address is not written over, nor read from a command line`() throws {
    let outcome = try sandbox.run("errata report --send slack:slack -o ./slack")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaint.hasPrefix(
        "errata: cannot write to ./slack: it holds the address of somebody to tell\n"))
    for place in [
      "http://127.0.0.1:1/s3cr3t", "slack:https://h.test/s3cr3t", "pigeon:x", "mail:a b",
    ] {
      for line in ["report --send", "check --notify"] {
        let outcome = try sandbox.run("errata \(line) '\(place)'")
        #expect(outcome.status == 2 && !outcome.complaint.contains("s3cr3t"))
        #expect(outcome.complaint.split(separator: "\n").count == 2)
      }
    }
    #expect(try told().isEmpty)
  }

  @Test func `nobody is told who cannot prove who it is`() throws {
    try sandbox.output(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 \
        -subj /CN=localhost -addext subjectAltName=DNS:localhost 2> /dev/null
      """)
    let secure = try Receiver(in: sandbox, isSecure: true)
    try sandbox.output("umask 077; echo https://localhost:\(secure.port)/s3cr3t > hook")
    let outcome = try sandbox.run("errata report --send slack:hook")
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(
      outcome.complaint.contains(
        "slack:hook (https://localhost:\(secure.port)) cannot be proven to be who it says it is"))
    #expect(!outcome.complaint.contains("s3cr3t"))
    #expect(try secure.requests().isEmpty)
    let known = try sandbox.run("SSL_CERT_FILE=$PWD/cert.pem errata report --send slack:hook")
    #expect(known.status == 0, "\(known.complaint)")
    #expect(try secure.requests().count == 1)
  }
}
