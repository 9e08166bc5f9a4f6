import Testing

/// A value that an option cannot take.
struct OptionValueTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox.withDemo() }

  @Test(arguments: [
    "rates --tz No/Where", "rates --every never", "bursts --since someday", "spikes --until ''",
    "limits --vendor ''", "retries --vendor ,", "report --week 2026-W60", "report --tz No/Where",
    "find --tz No/Where x", "find --since soon x", "check --late never", "check --tz No/Where",
    "rates --status 5x", "bursts --kind nothing", "spikes --answered-by nobody", "list --limit 0",
    "limits --code NO_SUCH_CODE", "retries --consumer 'nobody*'", "report --route /nowhere",
    "incidents --status 299", "list --gateway kongg", "list --vendor 'q*'", "list --before x",
    "list --follow --format md", "list --follow --before 5", "list --until yesterdy",
    "report --rules a.log --status 5xx", "query --tz No/Where codes", "queries --format yaml",
    "queries --color red", "vendors -o ''",
    "explain --tz No/Where '{}'", "explain --vendor zovf '{}'", "import --tz No/Where a.log",
    "import --max-line many a.log", "import --gateway nobody a.log", "import --format yaml a.log",
    "rejects --limit some", "rejects --retry --max-line 1", "prune --before someday",
    "prune --before -1d --tz No/Where", "verify --store ''", "backup --store '' b.db",
    "report --since 2026-11-02 --until 2026-11-01", "find --since 2026-11-02 --until 2026-11-01 x",
  ])
  func `a value that means nothing is an error in every command`(_ line: String) throws {
    try sandbox.write("", to: "a.log")
    let outcome = try sandbox.run("errata \(line)")
    #expect(outcome.status == 2, "\(line): \(outcome.complaint)")
    #expect(outcome.output == "")
    #expect(outcome.complaint.split(separator: "\n").count >= 2, "a hint: \(outcome.complaint)")
  }
}
