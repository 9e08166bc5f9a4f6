import Foundation
import Testing

/// What files say holds where the command line and the environment say nothing; what a project's file
/// says cannot harm.
struct ConfigTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz; mkdir -p .config/errata/queries work/deep")
  }

  private func user(_ text: String) throws {
    try sandbox.write(text, to: ".config/errata/config.json")
  }
  private func project(_ text: String) throws { try sandbox.write(text, to: "work/.errata.json") }

  @Test func `flags win over the environment, that over the project, that over the user`() throws {
    try user(#"{"defaults": {"*": {"format": "csv"}, "rates": {"every": "1d", "by": "vendor"}}}"#)
    try project(#"{"defaults": {"rates": {"every": "1w"}}}"#)
    let usual = try sandbox.output("errata rates --since 2026-11-09 | head -3")
    #expect(usual.hasPrefix("start,end,vendor,"))
    #expect(usual.contains("2026-11-09T00:00:00.000Z,2026-11-10T00:00:00.000Z"))
    let below = try sandbox.output("cd work/deep; errata rates --since 2026-11-09")
    #expect(below.contains("2026-11-09T00:00:00.000Z,2026-11-16T00:00:00.000Z"))
    let given = try sandbox.output(
      "cd work; errata rates --since 2026-11-09 --every 12h --format ndjson")
    #expect(given.contains("\"end\":\"2026-11-09T12:00:00.000Z\""))
    #expect(try sandbox.output("ERRATA_CONFIG=- errata rates | head -1") == "Error rates\n")
    try user(#"{"defaults": {"*": {"store": "/nowhere/errata.db"}}}"#)
    #expect(try sandbox.run("errata rates").status == 1)
    let store = "\(sandbox.folder.path)/data/errata/errata.db"
    #expect(try sandbox.run("ERRATA_STORE=\(store) errata rates").status == 0)
    #expect(try sandbox.run("errata rates --store \(store)").status == 0)
  }

  @Test func `what is given leaves aside what says otherwise`() throws {
    try user(#"{"defaults": {"*": {"top": 3}, "report": {"week": "2026-W45"}}}"#)
    #expect(try sandbox.run("errata rates --by code --all").status == 0)
    #expect(try sandbox.output("errata report | head -1").contains("2026-W45"))
    #expect(try sandbox.run("errata report --since 2026-11-09").status == 0)
  }

  @Test func `a zone is that of answers, and not of logs`() throws {
    try user(#"{"zone": "Asia/Kolkata"}"#)
    #expect(try sandbox.output("errata rates").contains("(Asia/Kolkata)"))
    try sandbox.write(#"{"status":500,"time":"2026-11-10 10:00:00"}"# + "\n", to: "plain.log")
    try sandbox.output("errata import -q --store plain.db plain.log")
    let time = try sandbox.output(
      "errata query --store plain.db --format csv 'select time from events'")
    #expect(time.contains("2026-11-10T10:00:00.000Z"))
  }

  @Test func `a vendor has the names that one gives it, and rules are watched`() throws {
    try user(
      #"{"vendors": {"Payments": "zihin"}, "rules": ["rate_limited > 20 per 5m vendor=payments"]}"#)
    #expect(
      try sandbox.output("errata rates --vendor payments --format csv")
        == sandbox.output("errata rates --vendor zihin --format csv"))
    let check = try sandbox.run("errata check --stateless --since 2026-11-10 --until 2026-11-13")
    #expect(check.status == 3)
    #expect(check.output.contains("zihin: rate_limited 189 > 20 per 5m"))
    let given = try sandbox.run(
      "errata check --stateless --since 2026-11-10 --until 2026-11-13 "
        + "--rule 'rate_limited > 20 per 5m vendor!=PAYMENTS' "
        + "--rule 'errors > 1000 per 1h vendor=payments,zof'")
    #expect(given.output.isEmpty && given.complaint.isEmpty && given.status == 0)
    let other = try sandbox.run("errata check --stateless --rule 'errors > 1000000 per 1h'")
    #expect(other.status == 0)
  }

  @Test func `a query of one's own is asked by its name`() throws {
    try sandbox.write(
      "-- title: Ours\n-- summary: How many there are.\nSELECT COUNT(*) AS n FROM events\n",
      to: ".config/errata/queries/ours.sql")
    #expect(try sandbox.output("errata query ours").hasPrefix("Ours\n"))
    let listed = try sandbox.output("errata queries --format ndjson | grep '\"ours\"'")
    #expect(listed.contains("How many there are.") && listed.contains("queries/ours.sql"))
    let near = try sandbox.run("errata query oursx")
    #expect(near.complaint.contains("Did you mean “ours”?"))
  }

  @Test(arguments: [
    (
      #"{"defaults": {"rates": {"evry": "1d"}}}"#,
      ":1:25: defaults.rates.evry: rates has no option --evry", "“every”"
    ),
    (#"{"defaults": {"rate": {"every": "1d"}}}"#, "there is no command “rate”", "“rates”"),
    (#"{"defaults": {"*": {"format": "yaml"}}}"#, "--format cannot be “yaml”", ""),
    (
      #"{"defaults": {"*": {"tz": "UTC"}}}"#, "defaults.*.tz: this is the zone of answers here",
      "“zone”"
    ),
    (#"{"defaults": {"*": {"quiet": "yes"}}}"#, "--quiet takes no value", "true or false"),
    (#"{"defaults": {"rates": {"every": ["1d", "1h"]}}}"#, "--every takes one value", ""),
    (#"{"zone": "No/Where"}"#, "No/Where", "It is from {…}/.config/errata/config.json:1:2."),
  ])
  func `a mistake says where it is and what to do`(text: String, what: String, hint: String) throws
  {
    try user(text)
    let outcome = try sandbox.run("errata rates")
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains(what), "\(outcome.complaint)")
    let told = outcome.complaint.replacingOccurrences(of: sandbox.folder.path, with: "{…}")
    #expect(hint.isEmpty || told.contains(hint), "\(told)")
  }

  /// Each would change what is stored, removed or written, or where.
  @Test(arguments: [
    #"{"defaults": {"import": {"no-redact": true}}}"#,
    #"{"defaults": {"*": {"no-redact": true}}}"#,
    #"{"defaults": {"*": {"output": "/tmp/taken"}}}"#,
    #"{"defaults": {"*": {"profile": "p.json"}}}"#,
    #"{"defaults": {"prune": {"before": "2030-01-01"}}}"#,
    #"{"defaults": {"import": {"vendor": "zof"}}}"#,
    #"{"defaults": {"serve": {"port": 80}}}"#,
    #"{"defaults": {"backup": {"force": true}}}"#,
    #"{"defaults": {"*": {"quiet": true}}}"#,
    #"{"defaults": {"check": {"rules": "/etc/passwd"}}}"#,
    #"{"defaults": {"*": {"store": "/etc/errata.db"}}}"#,
    #"{"defaults": {"*": {"store": "../errata.db"}}}"#,
    #"{"defaults": {"*": {"store": "link/errata.db"}}}"#,
  ])
  func `a project's file has no say in what could harm`(text: String) throws {
    try project(text)
    try sandbox.output("ln -s /tmp work/link")
    let outcome = try sandbox.run("cd work; errata rates")
    #expect(outcome.status == 2, "\(text)")
    #expect(outcome.complaint.contains(".errata.json:1:"), "\(outcome.complaint)")
  }

  @Test func `a project may keep a store in its folder, and prune is not told by it`() throws {
    try project(#"{"defaults": {"*": {"store": "api.db", "vendor": "zof"}}}"#)
    let missing = try sandbox.run("cd work/deep; errata rates")
    #expect(missing.complaint.contains("work/api.db"), "\(missing.complaint)")
    try sandbox.output("cd work; errata import -q ../demo.ndjson.gz")
    #expect(
      !FileManager.default.fileExists(atPath: sandbox.folder.appending(path: "work/api.db").path))
    let pruned = try sandbox.json(
      "cd work; errata prune --before 2030-01-01 --dry-run --format json || errata prune --before 2026-11-16 --dry-run --format json"
    )
    #expect(pruned["events"] as? Int ?? 0 > 1000)
  }

  @Test func `a project's file of another user is not read`() throws {
    try project(#"{"defaults": {"*": {"format": "csv"}}}"#)
    try sandbox.output("chmod o+w work/.errata.json")
    let outcome = try sandbox.run("cd work; errata rates")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("Error rates"))
    #expect(outcome.complaint.contains(".errata.json"), "\(outcome.complaint)")
  }

  @Test func `config says what holds, and where it is from`() throws {
    try user("{\n  \"zone\": \"UTC\",\n  \"defaults\": {\"*\": {\"format\": \"table\"}}\n}")
    try project(#"{"zone": "Europe/Berlin"}"#)
    let shown = try sandbox.output("cd work; errata config --origin")
    #expect(shown.contains("work/.errata.json:1:2"))
    #expect(shown.contains("config.json:2:3"))
    let json = try sandbox.json("cd work; errata config --format json")
    let settings = json["settings"] as? [[String: Any]] ?? []
    #expect(settings.map { $0["overridden"] as? Bool } == [false, true, false])
  }
}
