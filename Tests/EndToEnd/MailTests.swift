import Foundation
import Testing

/// Letters are letters to a program that reads mail: Python's.
struct MailTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output(
      "mkdir bin; printf '#!/bin/sh\\necho \"$@\" >> arguments\\ncat > letter\\n' > bin/sendmail; chmod +x bin/*"
    )
    try sandbox.write(Self.reader, to: "read.py")
  }

  /// What Python reads of the letter.
  private func letter() throws -> [String: Any] {
    try sandbox.json("python3 read.py letter")
  }

  private func run(_ line: String) throws -> Sandbox.Outcome {
    try sandbox.run("PATH=$PWD/bin:$PATH \(line)")
  }

  @Test func `a report comes as a text and as the page`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let outcome = try run("errata report --send mail:team@example.org --send mail:ops")
    #expect(outcome.status == 0 && outcome.output == "")
    #expect(
      outcome.complaint
        == "errata: sent to mail:team@example.org\nerrata: sent to mail:ops\n")
    #expect(try sandbox.output("cat arguments") == "-i team@example.org\n-i ops\n")
    let letter = try letter()
    #expect(letter["type"] as? String == "multipart/alternative")
    #expect(letter["defects"] as? [String] == [])
    let headers = try #require(letter["headers"] as? [String: String])
    let title = "Errors in 2026-W46, 9–15 November"
    #expect(headers["To"] == "ops" && headers["Subject"] == "errata: \(title)")
    #expect(headers["Auto-Submitted"] == "auto-generated" && headers["Date"]?.isEmpty == false)
    let parts = try #require(letter["parts"] as? [String: String])
    #expect(Set(parts.keys) == ["text/plain", "text/html"])
    let page = try sandbox.output("errata report --format html")
    #expect(parts["text/html"] == page)
    #expect(parts["text/plain"]?.hasPrefix("\(title)\n") == true)
    #expect(parts["text/plain"]?.contains("/data/errata/errata.db\n") == true)
  }

  @Test func `with -o it is printed as well`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let outcome = try run("errata report -q --send mail:ops --format md -o -")
    #expect(outcome.output == (try sandbox.output("errata report --format md")))
    #expect(outcome.complaint == "")
  }

  @Test func `whatever a log says becomes no header`() throws {
    let vendor = "v\nBcc: evil@example.org\r\n\r\n<script> ünï =?utf-8?q?x?= \u{2028}X: y"
    let line: [String: Any] = [
      "time": "2026-11-10T09:00:00Z", "status": 503, "vendor": vendor, "path": "/a",
      "consumer": vendor, "body": ["error": ["code": vendor, "message": vendor]],
    ]
    let text = String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self)
    try sandbox.write(String(repeating: text + "\n", count: 30), to: "a.log")
    try sandbox.run("errata import -q a.log")
    let outcome = try run(
      "errata check --since 2026-11-10 --until 2026-11-11 --rule 'errors > 1 per 5m by=code,consumer' --notify mail:ops"
    )
    #expect(outcome.status == 3, "\(outcome.complaint)")
    let letter = try letter()
    #expect(letter["defects"] as? [String] == [])
    let headers = try #require(letter["headers"] as? [String: String])
    #expect(
      Set(headers.keys) == [
        "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
      ])
    #expect(headers["Subject"]?.contains("ünï") == true)
    #expect(try sandbox.output("cat arguments") == "-i ops\n")
  }

  @Test func `one that does not take a letter is told in its words`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    try sandbox.write("#!/bin/sh\necho 'no mailbox here' >&2; exit 67\n", to: "bin/sendmail")
    let outcome = try run("errata report --send mail:ops")
    #expect(outcome.status == 1)
    #expect(outcome.complaint.hasSuffix("which ended with 67: no mailbox here\n"))
  }

  private static let reader = """
    import email, email.policy, json, sys
    letter = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
    parts = list(letter.walk())[1:]
    json.dump({
      "type": letter.get_content_type(),
      "headers": {name: str(value) for name, value in letter.items()},
      "parts": {part.get_content_type(): part.get_content() for part in parts},
      "defects": [str(d) for p in [letter] + parts for d in p.defects],
    }, sys.stdout)
    """
}
