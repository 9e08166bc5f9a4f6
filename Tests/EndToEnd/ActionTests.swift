import Foundation
import Testing

/// The steps for GitHub Actions that the manual shows do what it says: their shell is run as a runner does.
struct ActionTests {
  /// The scripts of the steps, in their order.
  private func scripts() throws -> [String] {
    let page = try Page("Sources/Manual/notify.md")
    return page.blocks.filter { $0.language == "yaml" }.map { block in
      let lines = block.lines.drop { !$0.hasPrefix("  run:") }
      let first = lines.first?.dropFirst("  run:".count).drop { $0 == " " } ?? ""
      if first != "|" { return String(first) }
      return lines.dropFirst().prefix { $0.hasPrefix("    ") || $0.isEmpty }
        .map { $0.dropFirst(4) }.joined(separator: "\n")
    }
  }

  /// Runs a script as `shell: bash` does:
  /// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell>.
  private func run(
    _ script: String, in sandbox: Sandbox, _ variables: String = ""
  ) throws -> Sandbox.Outcome {
    try sandbox.write(script, to: "step.sh")
    let line =
      "export GITHUB_STEP_SUMMARY=$PWD/summary.md ERRATA_STORE=$PWD/run.db \(variables); "
      + "bash --noprofile --norc -eo pipefail step.sh"
    return try sandbox.run(line)
  }

  /// A line of a log for each status, ten seconds apart.
  private func log(_ statuses: [Int]) -> String {
    statuses.enumerated().map { place, status in
      let time = 1_795_996_800 + place * 10
      let body = status < 400 ? "{}" : #"{"error":{"code":"E\#(status)","message":"no"}}"#
      return
        #"{"time":\#(time),"vendor":"zof","status":\#(status),"path":"/a","body":\#(body)}"# + "\n"
    }
    .joined()
  }

  @Test func `a job that crossed a rule fails, and its summary says why`() throws {
    let sandbox = try Sandbox()
    try sandbox.output("mkdir logs")
    try sandbox.write(log((0..<60).map { $0 % 3 == 0 ? 503 : 200 }), to: "logs/api.log")
    let outcome = try run(try scripts()[0], in: sandbox)
    #expect(outcome.status == 3, "\(outcome.complaint)")
    let summary = try sandbox.output("cat summary.md")
    #expect(summary.contains("zof: error\\_rate") || summary.contains("zof: error_rate"))
    #expect(summary.contains("| zof |"))
    #expect(summary.hasPrefix("# Check\n"))
  }

  @Test func `a job that went well passes, and its summary says so`() throws {
    let sandbox = try Sandbox()
    try sandbox.output("mkdir logs")
    try sandbox.write(log(Array(repeating: 200, count: 60)), to: "logs/api.log")
    let outcome = try run(try scripts()[0], in: sandbox)
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(try sandbox.output("cat summary.md").contains("nothing to tell"))
  }

  @Test func `a job without logs says so`() throws {
    let sandbox = try Sandbox()
    #expect(try run(try scripts()[0], in: sandbox).status == 1)
  }

  @Test func `the address of a chat comes out of a secret, and stands nowhere`() throws {
    let sandbox = try Sandbox()
    try sandbox.output("errata import -q --store run.db demo.ndjson.gz")
    let receiver = try Receiver(in: sandbox)
    let outcome = try run(
      try scripts()[1], in: sandbox, "HOOK=http://127.0.0.1:\(receiver.port)/s3cr3t")
    #expect(outcome.status == 0)
    #expect(outcome.complaint.hasPrefix("errata: sent to slack:/dev/fd/"), "\(outcome.complaint)")
    #expect(!outcome.complaint.contains("s3cr3t"))
    #expect(try receiver.requests().map(\.path) == ["/s3cr3t"])
  }
}
