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
        "import", "rates", "bursts", "limits", "spikes", "incidents", "incident", "retries", "find",
        "list", "report", "check", "query", "queries", "vendors", "gateways", "explain", "doctor",
        "rejects", "serve", "top", "verify", "prune", "backup", "export", "metrics", "push",
        "cluster-schema", "config", "completions", "help",
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

  @Test func `help prints every chapter, and none has the name of a command`() throws {
    let chapters = try sandbox.chapters
    let files = try Repository.names(
      in: Repository.root.appendingPathComponent("Sources/Manual"), ending: ".md")
    #expect(chapters.map { $0 + ".md" } == files)
    #expect(Set(chapters).isDisjoint(with: try sandbox.commands))
    for chapter in chapters {
      let text = try sandbox.output("errata help \(chapter)")
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(chapter)")
      #expect(text.contains(":") && text.hasSuffix("\n"))
    }
  }

  @Test func `every chapter has a page for man, without a warning`() throws {
    let groff = "groff -man -Kutf8 -Tutf8 -rLL=80n -ww -P-cbou"
    for chapter in try sandbox.chapters {
      let outcome = try sandbox.run(
        "errata completions man \(chapter) > page && \(groff) page > shown")
      #expect(outcome.status == 0 && outcome.complaint == "", "\(chapter): \(outcome.complaint)")
      let page = try sandbox.output("cat shown")
      #expect(page.contains("NAME\n       errata-\(chapter) - "), "\(chapter)")
      #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(chapter)")
    }
  }

  @Test func `make install puts the binary, all pages and the completions where they are found`()
    throws
  {
    let make = "make -s -C '\(Repository.root.path)' -o build"
    try sandbox.output("\(make) install DESTDIR=\"$PWD/there\" PREFIX=/usr")
    let files = try sandbox.output("cd there/usr && find . -type f | sort")
    let chapters = try sandbox.chapters.map { "./share/man/man7/errata-\($0).7" }
    #expect(
      files.split(separator: "\n").map(String.init) == [
        "./bin/errata", "./lib/systemd/system/errata-check.service",
        "./lib/systemd/system/errata-check.timer", "./lib/systemd/system/errata-report.service",
        "./lib/systemd/system/errata-report.timer", "./lib/systemd/system/errata@.service",
        "./share/bash-completion/completions/errata", "./share/doc/errata/examples/check.rules",
        "./share/doc/errata/examples/datasette.json", "./share/doc/errata/examples/grafana.json",
        "./share/fish/vendor_completions.d/errata.fish", "./share/man/man1/errata.1",
      ] + chapters + ["./share/zsh/vendor-completions/_errata"])
    #expect(try sandbox.output("there/usr/bin/errata --version").hasPrefix("errata "))
    try sandbox.output("\(make) uninstall DESTDIR=\"$PWD/there\" PREFIX=/usr")
    #expect(try sandbox.output("find there -type f") == "")
  }

  @Test func `no arguments at all are a plea for help`() throws {
    #expect(try sandbox.output("errata") == (try sandbox.output("errata help")))
    #expect(try sandbox.output("errata --help") == (try sandbox.output("errata help")))
  }

  @Test(arguments: ["bash", "zsh", "fish", "man"])
  func `completions and manual know every command and option`(_ shell: String) throws {
    // A page for man has its own way to write a hyphen.
    let text = try sandbox.output("errata completions \(shell)")
      .replacingOccurrences(of: "\\-", with: "-")
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
