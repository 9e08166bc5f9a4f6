import Foundation
import Testing

/// Help, completions and the manual say the same as the program does.
struct HelpTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test func `help names every command of this version`() throws {
    #expect(
      try sandbox.commands == [
        "import", "rates", "bursts", "limits", "spikes", "retries", "find", "report", "check",
        "query", "queries", "vendors", "gateways", "explain", "rejects", "verify", "prune",
        "backup", "completions", "help",
      ])
  }

  @Test func `every command has help with usage and an example`() throws {
    for command in try sandbox.commands {
      let help = try sandbox.output("errata help \(command)")
      #expect(help.hasPrefix("errata \(command): "))
      #expect(help.contains("\nUsage: errata \(command)"))
      #expect(help.contains("\nExamples:\n  "))
      #expect(try sandbox.output("errata \(command) --help") == help)
      #expect(try sandbox.output("errata \(command) --nonsense -h") == help)
      #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func `no arguments at all are a plea for help`() throws {
    #expect(try sandbox.output("errata") == (try sandbox.output("errata help")))
    #expect(try sandbox.output("errata --help") == (try sandbox.output("errata help")))
  }

  @Test(arguments: ["bash", "zsh", "fish", "man"])
  func `completions and manual know every command and option`(_ shell: String) throws {
    let text = try sandbox.output("errata completions \(shell)")
    for command in try sandbox.commands { #expect(text.contains(command)) }
    for option in ["store", "format", "since", "until", "tz", "vendor", "every", "by", "gateway"] {
      #expect(text.contains(option))
    }
  }

  @Test func `bash takes the completions and completes with them`() throws {
    let script = """
      source <(errata completions bash)
      COMP_WORDS=(errata ra); COMP_CWORD=1; _errata; echo "${COMPREPLY[@]}"
      COMP_WORDS=(errata rates --by c); COMP_CWORD=3; _errata; echo "${COMPREPLY[@]}"
      COMP_WORDS=(errata rates --ev); COMP_CWORD=2; _errata; echo "${COMPREPLY[@]}"
      """
    #expect(try sandbox.output(script) == "rates\ncode consumer\n--every\n")
  }
}
