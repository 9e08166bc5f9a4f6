import Arguments
import Foundation
import Manual
import Testing

@Suite struct HelpTests {
  @Test func `the help of the whole`() {
    #expect(
      sample.help == """
        errata: every API error, accounted for

        Usage: errata COMMAND [OPTION…]

        Examples:
          errata find req_8f2
              what happened to this request?

        Commands:
          import PATH…|-     read logs into the store
          rates              error rates over time
          find ID…           what happened to a request
          completions SHELL  teach a shell this command line
          help [COMMAND]     this text

        Common options:
              --store PATH             the store (or set ERRATA_STORE)
              --format table|json|csv  how results are shown (default: table)
          -o, --output FILE            write there
              --since WHEN             from then on, -7d or a date
              --vendor NAME            only these (may be repeated)
          -q, --quiet                  results and errors only
          -h, --help                   show what a command does and takes
              --version                show the version

        Exit status:
          0    all went well
          1    something failed, or some of the input could not be read
          2    the command line was not understood
          3    a threshold was crossed
          4    nothing was found
          130  interrupted
          143  asked to stop by SIGTERM

        “errata COMMAND --help” shows what a command takes.

        """)
  }

  @Test func `the help of a command`() throws {
    let help = sample.help(for: try sample.command(named: "import"))
    #expect(
      help == """
        errata import: read logs into the store

        Usage: errata import PATH…|- [OPTION…]

        Examples:
          errata import gateway.log
              add a log to the store

        Each line is counted once, however often its file is imported.

        Options:
              --max-line BYTES  longest line (default: 1MiB)
          -f, --follow          wait for more

        Common options:
              --store PATH             the store (or set ERRATA_STORE)
              --format table|json|csv  how results are shown (default: table)
          -o, --output FILE            write there
              --since WHEN             from then on, -7d or a date
              --vendor NAME            only these (may be repeated)
          -q, --quiet                  results and errors only
          -h, --help                   show what a command does and takes

        """)
  }

  @Test func `the help of a command leaves out what it does without`() throws {
    #expect(
      sample.help(for: try sample.command(named: "completions")) == """
        errata completions: teach a shell this command line

        Usage: errata completions SHELL [OPTION…]

        Common options:
          -o, --output FILE  write there
          -q, --quiet        results and errors only
          -h, --help         show what a command does and takes

        """)
  }

  @Test func `no line of help is longer than 80 columns`() {
    for text in [sample.help] + sample.commands.map({ sample.help(for: $0) }) {
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func `an exit status means what it always meant`() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 130, 143])
  }

  @Test func `the manual page is roff without a warning`() throws {
    let arguments = ["-man", "-Kutf8", "-Tutf8", "-P-cbou"]
    #expect(try output(of: "groff", arguments + ["-ww", "-z"], sample.manual) == "")
    let page = try output(of: "groff", arguments, sample.manual)
    #expect(page.contains("NAME\n       errata - every API error, accounted for\n"))
    #expect(page.contains("       -f, --follow\n              wait for more\n"))
    #expect(page.contains("       ERRATA_STORE\n              stands in for --store"))
  }

  /// A program with a manual.
  private var told: Program {
    Program(
      "told", "all is said", version: "1.0",
      commands: [
        Command("count", "how many there are") { _ in .ok },
        Command("help", "this text", operands: [Operand("NAME", isRequired: false)]) { _ in .ok },
      ],
      chapters: [Chapter(file: "Manual/units.md", text: "# Units: what is counted\n\nAll of it.\n")]
    )
  }

  @Test func `the help of the whole lists the chapters`() {
    #expect(
      told.help.contains(
        """

        Chapters of the manual:
          units  what is counted

        """))
    #expect(
      told.help.hasSuffix(
        """

        “told COMMAND --help” shows what a command takes.
        “told help CHAPTER” prints a chapter; none has the name of a command.

        """))
    #expect(
      told.manual.hasSuffix(".SH \"SEE ALSO\"\n.TP\n\\fBtold\\-units\\fR(7)\nwhat is counted\n"))
  }

  @Test func `help of a name is a command's or a chapter, or says what may have been meant`() throws
  {
    #expect(try told.help(named: "count").hasPrefix("told count: how many there are\n"))
    #expect(try told.help(named: "units") == "Units: what is counted\n\n  All of it.\n")
    for (name, hint) in [
      ("unit", "Did you mean “units”?"), ("cuont", "Did you mean “count”?"),
      ("else", "See “told help”."),
    ] {
      #expect(throws: UsageError("there is no command and no chapter “\(name)”", hint: hint)) {
        try told.help(named: name)
      }
    }
    #expect(
      throws: UsageError(
        "there is no command “units”", hint: "It is a chapter: see “told help units”.")
    ) {
      try told.command(named: "units")
    }
  }

  @Test func `a chapter's page is roff without a warning`() throws {
    let page = told.page(of: try #require(told.chapter(named: "units")))
    #expect(try output(of: "groff", ["-man", "-Kutf8", "-Tutf8", "-ww", "-z"], page) == "")
  }

  @Test func `what looks like roff in a text is text`() {
    let odd = Program(
      "odd", "a \\ back\\fBslash", version: "1",
      commands: [Command("x", "'quoted", details: [".TH point", "a-b \"c\""]) { _ in .ok }])
    #expect(odd.manual.contains("odd \\- a \\e back\\efBslash\n"))
    #expect(odd.manual.contains("\n\\&.TH point\n"))
    #expect(odd.manual.contains("\n\\(aqquoted.\n"))
    #expect(odd.manual.contains("\na\\-b \"c\"\n"))
  }
}

/// What a program prints, its complaints included, given a text to read.
func output(of program: String, _ arguments: [String], _ input: String = "") throws -> String {
  let process = Process()
  let (reading, writing) = (Pipe(), Pipe())
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.standardInput = reading
  process.standardOutput = writing
  process.standardError = writing
  try process.run()
  try reading.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try reading.fileHandleForWriting.close()
  let data = try writing.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
