import Foundation
import Testing

/// What is handed to people: the number it has, what it needs, and what is installed.
struct ReleaseTests {
  let sandbox: Sandbox
  private let root = Repository.root.path

  init() throws {
    sandbox = try Sandbox()
  }

  @Test func `one place says the version, and all others say the same`() throws {
    let source = try Repository.text(
      of: Repository.root.appending(path: "Sources/Release/ThisRelease.swift"))
    let version = try String(#require(source.firstMatch(of: /version = "([0-9.]+)"/)).1)
    let told = try sandbox.output("errata --version")
    #expect(told.wholeMatch(of: /errata ([0-9.]+)(?: \([0-9a-f]{9}\))?\n/)?.1 == version[...])
    let changes = try Repository.text(of: Repository.root.appending(path: "CHANGELOG.md"))
    #expect(changes.firstMatch(of: /(?m)^## ([0-9.]+)$/)?.1 == version[...])
    try sandbox.output(
      "errata import -q demo.ndjson.gz; errata report --format html -o report.html")
    let page = try Repository.text(of: sandbox.folder.appending(path: "report.html"))
    #expect(page.contains("<footer>Made by errata, \(version)."))
    let remembered = try sandbox.output(
      "sqlite3 data/errata/errata.db \"select name from setting where name like 'release %'\"")
    #expect(remembered == "release \(version)\n")
    let manual = try sandbox.output("errata completions man")
    #expect(manual.contains("errata \(version)"))
  }

  /// The release binary has what the commit says that it was built from, where there is one.
  @Test func `the binary says which commit it was built from`() throws {
    let log = Repository.root.appending(path: ".git/logs/HEAD")
    let told = try sandbox.output("errata --version")
    guard let moves = try? Repository.text(of: log).split(separator: "\n"), !moves.isEmpty else {
      #expect(!told.contains("("))
      return
    }
    let commits = moves.compactMap { $0.split(separator: " ").dropFirst().first?.prefix(9) }
    let commit = told.firstMatch(of: /\(([0-9a-f]+)\)/)?.1
    #expect(commits.contains { $0 == commit }, "\(told)")
  }

  @Test func `the binary is small, and runs on Debian 12`() throws {
    try sandbox.output("\(root)/.packaging/check-binary.sh \(Repository.errata.path) 2.36 16")
  }

  @Test func `a binary that needs what it should not is told`() throws {
    let outcome = try sandbox.run(
      "\(root)/.packaging/check-binary.sh \(Repository.errata.path) 2.34 16 libc.so.6")
    #expect(outcome.status == 1)
    #expect(outcome.complaint.contains("needs GLIBC_2.36, not GLIBC_2.34"))
    #expect(outcome.complaint.contains("needs libsimdjson.so."))
  }

  /// As the goals of the Makefile do it after `build`, which they are told is done.
  private func make(_ goal: String) throws -> String {
    try sandbox.output("make -s -C \(root) -o build ERRATA=\(Repository.errata.path) \(goal)")
  }

  private func files(in folder: String) throws -> Set<String> {
    Set(
      try sandbox.output("cd \(folder) && find . -type f -printf '%P\\n'")
        .split(separator: "\n").map(String.init))
  }

  @Test func `what is installed is whole, and uninstall takes it away`() throws {
    let place = "DESTDIR=\(sandbox.folder.path)/root PREFIX=/opt/e"
    _ = try make("install \(place)")
    let installed = try files(in: "root")
    let chapters = try sandbox.chapters.map { "opt/e/share/man/man7/errata-\($0).7" }
    #expect(installed.isSuperset(of: chapters))
    #expect(
      installed.isSuperset(of: [
        "opt/e/bin/errata", "opt/e/share/man/man1/errata.1",
        "opt/e/share/bash-completion/completions/errata",
        "opt/e/share/zsh/vendor-completions/_errata",
        "opt/e/share/fish/vendor_completions.d/errata.fish",
        "opt/e/lib/systemd/system/errata@.service",
        "opt/e/lib/systemd/system/errata-check.timer",
        "opt/e/share/doc/errata/examples/check.rules",
      ]))
    #expect(
      try sandbox.output("root/opt/e/bin/errata --version")
        == sandbox.output("errata --version"))
    let units = try sandbox.output("cat root/opt/e/lib/systemd/system/*.service")
    #expect(units.contains("ExecStart=/opt/e/bin/errata import --follow"))
    #expect(!units.contains("@BIN@"))
    _ = try make("uninstall \(place)")
    #expect(try files(in: "root") == [])
  }

  @Test func `the rules that come along are rules, and the units' commands are understood`() throws
  {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let units = try sandbox.output("cat \(root)/.packaging/systemd/*.service")
    let lines = units.matches(of: /ExecStart=@BIN@\/(.+)/).map { String($0.1) }
    #expect(lines.count == 3)
    for line in lines {
      let here = line.replacingOccurrences(of: "/etc/errata", with: "\(root)/.packaging")
        .replacingOccurrences(of: "/var/lib/errata/", with: "").replacingOccurrences(
          of: "%f", with: "gateways")
      let outcome = try sandbox.run("timeout 3 \(here)")
      #expect([0, 3, 124].contains(outcome.status), "\(here): \(outcome.complaint)")
    }
  }

  @Test func `the Debian package depends on the libraries that the binary asks for`() throws {
    // Its folder and its file are those of `make deb`.
    let built = try make("deb")
    let deb = try String(#require(built.firstMatch(of: /\.build\/errata_[^']+\.deb/)).0)
    let control = try sandbox.output("dpkg-deb -f \(root)/\(deb) Depends")
    for library in ["libsimdjson14", "libsqlite3-0", "libarchive13", "libmicrohttpd12", "tzdata"] {
      #expect(control.contains(library), "\(control)")
    }
    let files = try sandbox.output("dpkg-deb -c \(root)/\(deb)")
    for file in [
      "./usr/bin/errata", "./usr/share/man/man1/errata.1.gz", "./etc/errata/check.rules",
      "./lib/systemd/system/errata@.service", "./usr/share/doc/errata/copyright",
    ] {
      #expect(files.contains(" \(file)\n"), "\(files)")
    }
    let copyright = try sandbox.output(
      "dpkg-deb --fsys-tarfile \(root)/\(deb) | tar -xO ./usr/share/doc/errata/copyright")
    #expect(copyright.contains("none has been chosen yet"))
  }
}
