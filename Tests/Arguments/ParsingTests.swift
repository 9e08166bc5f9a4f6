import Arguments
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ["rates", "--since", "-7d", "--by", "vendor,code", "-q"],
    ["rates", "--since", "-7d", "--by", " vendor , code,", "-q"],
    ["rates", "--since=-7d", "--by=vendor", "--by", "code", "--quiet"],
    ["--since", "-7d", "--by", "vendor,code", "-q", "rates"],
    ["-q", "--since", "-7d", "rates", "--by", "vendor,code", "--"],
  ])
  func `options stand in any order and place`(arguments: [String]) throws {
    let invocation = try #require(try invoke(arguments))
    #expect(invocation.command.name == "rates")
    #expect(invocation[.since] == "-7d")
    #expect(invocation.values(of: .by) == ["vendor", "code"])
    #expect(invocation.has(.quiet))
    #expect(!invocation.has(.store))
    #expect(invocation[.every] == "1h")
    #expect(invocation.operands == [])
    #expect(try invocation.run() == .notFound)
  }

  @Test(arguments: [
    ["-o", "x"], ["-ox"], ["-o=x"], ["-qo", "x"], ["-qox"], ["--output", "x"], ["--output=x"],
  ])
  func `a short option takes its value in every usual way`(arguments: [String]) throws {
    #expect(try invoke(["rates"] + arguments)?[.output] == "x")
  }

  @Test func `two dashes end the options, one dash is an operand`() throws {
    let invocation = try #require(try invoke(["import", "-", "-q", "--", "--odd", "-x", "--"]))
    #expect(invocation.operands == ["-", "--odd", "-x", "--"])
    #expect(try invoke(["rates", "-o", "-"])?[.output] == "-")
  }

  @Test func `an option that may be repeated has all its values`() throws {
    let invocation = try invoke(["rates", "--vendor", "zof", "--vendor=a,b", "-q", "-q"])
    #expect(invocation?.values(of: .vendor) == ["zof", "a,b"])
  }

  @Test func `the command line goes before the environment, that before the default`() throws {
    let environment = ["ERRATA_STORE": "/env"]
    #expect(
      try invoke(["rates", "--store", "/arg"], environment: environment)?[.store] == "/arg")
    #expect(try invoke(["rates"], environment: environment)?[.store] == "/env")
    #expect(try invoke(["rates"], environment: ["ERRATA_STORE": ""])?[.store] == nil)
    #expect(try invoke(["rates"])?[.format] == "table")
  }

  @Test(
    arguments: [
      ([], nil), (["--help"], nil), (["-h"], nil), (["rates", "--help"], "rates"),
      (["--bogus", "rates", "-h", "more"], "rates"), (["rates", "-qh"], "rates"),
    ] as [([String], String?)])
  func `help is given however wrong the rest is`(arguments: [String], name: String?) throws {
    guard case .help(let command) = try sample.parse(arguments) else {
      Issue.record("no help")
      return
    }
    #expect(command?.name == name)
  }

  @Test func `help behind two dashes is an operand`() throws {
    #expect(try invoke(["find", "--", "--help"])?.operands == ["--help"])
  }

  @Test func `the version is asked for with --version`() throws {
    guard case .version = try sample.parse(["--version"]) else {
      Issue.record("no version")
      return
    }
  }

  @Test(
    arguments: [
      (["ratse"], "there is no command “ratse”", "Did you mean “rates”?"),
      (["imp"], "there is no command “imp”", "Did you mean “import”?"),
      (["xyzzy"], "there is no command “xyzzy”", "See “errata help”."),
      (["-"], "there is no command “-”", "See “errata help”."),
      (["-q"], "which command?", "See “errata help”."),
      (["rates", "--sinse", "x"], "unknown option --sinse", "Did you mean --since?"),
      (["rates", "--xyzzy"], "unknown option --xyzzy", "See “errata rates --help”."),
      (["rates", "-7d"], "unknown option -7", "See “errata rates --help”."),
      (["rates", "--follow"], "rates has no option --follow", "It belongs to: import."),
      (["--by", "code", "import", "x"], "import has no option --by", "It belongs to: rates."),
      (["rates", "--since"], "--since needs a value", "Write --since WHEN."),
      (["rates", "--since", "--by=code"], "--since needs a value", "Write --since WHEN."),
      (["rates", "-o", "-q"], "--output needs a value", "Write --output FILE."),
      (["rates", "-f"], "rates has no option --follow", "It belongs to: import."),
      (
        ["completions", "fish", "--format", "csv"], "completions has no option --format",
        "It belongs to: import, rates, find, help."
      ),
      (
        ["--store=x", "completions", "fish"], "completions has no option --store",
        "It belongs to: import, rates, find, help."
      ),
      (["rates", "--by="], "--by needs a value", "Write --by FIELD."),
      (["rates", "--store", ""], "--store needs a value", "Write --store PATH."),
      (["rates", "-o="], "--output needs a value", "Write --output FILE."),
      (
        ["rates", "--by", " ,"], "--by needs a value",
        "There is nothing between the commas of “ ,”."
      ),
      (["rates", "--quiet=yes"], "--quiet takes no value", "Leave out “=yes”."),
      (
        ["rates", "--every", "1h", "--every=1d"], "--every is given twice", "Leave one of them out."
      ),
      (
        ["rates", "--by", "vendor,cod"], "--by cannot be “cod”",
        "Did you mean “code”? It takes one of vendor, status, code."
      ),
      (
        ["rates", "--format", "xml"], "--format cannot be “xml”",
        "It takes one of table, json, csv."
      ),
      (["rates", "x"], "unexpected argument “x”", "Usage: errata rates"),
      (["help", "a", "b"], "unexpected argument “b”", "Usage: errata help [COMMAND]"),
      (["import"], "import needs PATH", "Usage: errata import PATH…|-"),
      (["completions", "tcsh"], "SHELL cannot be “tcsh”", "It takes one of bash, zsh, fish."),
    ] as [([String], String, String?)])
  func `a mistake is named, with what to try`(
    arguments: [String], message: String, hint: String?
  ) {
    #expect(mistake(arguments) == UsageError(message, hint: hint))
  }

  @Test func `odd arguments make mistakes, never traps`() {
    let odd = [
      "", "-", "--", "---", "--=", "-=", "-\u{301}", "--since", "=", "rates", "-o", "\0", "🎉",
    ]
    for one in odd {
      for two in odd {
        for three in odd { _ = mistake([one, two, three]) }
      }
    }
    #expect(mistake([""]) != nil)
    #expect(mistake(["rates", "--" + String(repeating: "x", count: 100_000)]) != nil)
  }
}

@Suite struct ValueTests {
  enum Every: String, CaseIterable { case hour = "1h", day = "1d" }

  @Test func `values are read as what they stand for`() throws {
    let invocation = try #require(try invoke(["import", "x", "--max-line", "64 KiB"]))
    #expect(try invocation.bytes(of: .maxLine) == 65_536)
    #expect(try invocation.choice(of: .every) == Every.hour)
    #expect(try invocation.integer(of: .since) == nil)
    #expect(try invoke(["rates", "--since", "12"])?.integer(of: .since) == 12)
  }

  @Test(
    arguments: [
      ("0", 0), ("1048576", 1_048_576), ("1MiB", 1_048_576), ("2k", 2048), ("1 GB", 1_000_000_000),
      ("MiB", nil), ("-1", nil), ("1.5M", nil), ("9999999999G", nil), ("1x", nil),
      ("99999999999999999999", nil), ("١", nil),
    ] as [(String, Int?)])
  func `sizes have units`(text: String, bytes: Int?) throws {
    let invocation = try #require(try invoke(["import", "x", "--max-line=\(text)"]))
    #expect((try? invocation.bytes(of: .maxLine)) == bytes)
  }

  @Test func `what cannot be read says what was expected`() throws {
    let invocation = try #require(try invoke(["rates", "--since", "soon"]))
    #expect(
      throws: UsageError("--since cannot be “soon”", hint: "It takes a whole number from 1 to 9.")
    ) {
      try invocation.integer(of: .since, in: 1...9)
    }
    #expect(throws: UsageError("--since cannot be “soon”", hint: "It takes one of 1h, 1d.")) {
      try invocation.choice(of: .since, Every.self)
    }
  }
}
