import Foundation
import Testing

/// Every command with every option: it is in the command's help and taken, or in no word of the
/// command and refused with a hint.
struct OptionTests {
  let sandbox: Sandbox
  /// The long names of the options of each command, from its help.
  private let options: [String: Set<String>]
  /// They are asked for once for all tests.
  private static let told = Result {
    let sandbox = try Sandbox()
    var options: [String: Set<String>] = [:]
    for command in try sandbox.commands {
      let help = try sandbox.output("errata help \(command)")
      options[command] = Set(
        help.matches(of: /(?m)^ +(?:-[a-z], )?--([a-z-]+)/).map { String($0.1) })
    }
    return options
  }

  init() throws {
    sandbox = try Sandbox()
    options = try Self.told.get()
  }

  private var all: Set<String> { options.values.reduce([]) { $0.union($1) } }

  @Test func `an option is in the help of a command and taken, or refused with a hint`() throws {
    #expect(all.count > 25)
    for (command, own) in options {
      for option in all {
        // What is wrong behind the option keeps the command from running.
        let outcome = try sandbox.run("errata \(command) --\(option) 1 --nonsense")
        let line = "errata \(command) --\(option)"
        if option == "help" { continue }
        #expect(outcome.status == 2, "\(line)")
        let complaint = outcome.complaint.split(separator: "\n").map(String.init)
        let isRefused = complaint.first == "errata: \(command) has no option --\(option)"
        #expect(isRefused != own.contains(option), "\(line): \(outcome.complaint)")
        guard isRefused else { continue }
        let takers = complaint.last.map { $0.dropFirst("  It belongs to: ".count).dropLast() }
        #expect(
          Set(takers?.components(separatedBy: ", ") ?? [])
            == Set(options.filter { $0.value.contains(option) }.keys), "\(line)")
      }
    }
  }

  @Test func `what stands before the command is refused as well`() throws {
    for (command, own) in options {
      for option in ["store", "format", "since", "tz", "vendor", "rule"] where !own.contains(option)
      {
        let outcome = try sandbox.run("errata --\(option)=1 \(command) a")
        #expect(outcome.status == 2)
        #expect(outcome.complaint.hasPrefix("errata: \(command) has no option --\(option)\n"))
      }
    }
  }

  @Test func `completions offer what a command takes, and nothing else`() throws {
    try sandbox.output(
      "errata completions bash > errata.bash; errata completions fish > errata.fish")
    let fish = try sandbox.output("cat errata.fish").split(separator: "\n").map(String.init)
    for (command, own) in options {
      let offered = try sandbox.output(
        """
        source errata.bash
        COMP_WORDS=(errata \(command) --); COMP_CWORD=2; _errata; printf '%s\\n' "${COMPREPLY[@]}"
        """)
      #expect(
        Set(offered.split(separator: "\n").map { String($0.dropFirst(2)) })
          == own.union(["version"]), "bash: \(command)")
      let told = fish.filter { line in
        if line.contains("not __fish_seen_subcommand_from") {
          return !line.split { " '".contains($0) }.contains(Substring(command))
        }
        return line.contains("__fish_seen_subcommand_from \(command)'")
          || !line.contains("__fish_seen_subcommand_from")
      }
      let names = told.compactMap { $0.firstMatch(of: /-l ([a-z-]+)/).map { String($0.1) } }
      #expect(Set(names) == own.union(["version"]), "fish: \(command)")
    }
  }

  @Test func `the manual has under each command what it takes, and nothing else`() throws {
    let manual = try sandbox.output("errata completions man")
    for (command, own) in options {
      let name = command.replacingOccurrences(of: "-", with: "\\-")
      let part = try #require(
        manual.components(separatedBy: ".SS \"\(name)\"\n").dropFirst().first)
      let lines = part.components(separatedBy: "\n.S")[0].split(separator: "\n")
      let common = lines.first { $0.hasPrefix("Common options: ") } ?? ""
      let terms = lines.filter { $0.hasPrefix("\\fB") } + [common]
      let names = terms.joined(separator: " ").matches(of: /\\-\\-((?:[a-z]|\\-)+)/).map {
        String($0.1).replacingOccurrences(of: "\\-", with: "-")
      }
      // A synopsis and examples are in bold as well, and name no other options.
      #expect(Set(names).isSuperset(of: own), "\(command)")
      #expect(Set(names).isSubset(of: own), "\(command)")
    }
  }

  @Test func `a variable of the environment matters where its option is taken`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    for line in ["vendors", "gateways", "queries", "completions bash", "explain '{}'"] {
      #expect(try sandbox.run("ERRATA_STORE=/ errata \(line)").status == 0)
    }
    #expect(try sandbox.run("ERRATA_STORE=/ errata rates").status == 1)
    #expect(try sandbox.run("ERRATA_STORE= errata rates").status == 0)
  }
}
