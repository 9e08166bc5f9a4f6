extension Program {
  /// The manual page in roff (man(7)): `errata help --man | man -l -`.
  package var manual: String {
    var page = Roff()
    page.request("TH", name.uppercased(), "1", "", "\(name) \(version)", "User Commands")
    page.section("NAME")
    page.text("\(name) - \(summary)")
    page.section("SYNOPSIS")
    page.synopsis(name, ["COMMAND", "[OPTION…]"])
    if !examples.isEmpty { page.section("EXAMPLES") }
    examples.forEach { page.example($0) }
    page.section("COMMANDS")
    for command in commands { write(command, to: &page) }
    page.section("COMMON OPTIONS")
    (options + Option.builtIn).forEach { page.option($0) }
    let variables = environment
    if !variables.isEmpty { page.section("ENVIRONMENT") }
    for option in variables {
      page.item("\\fB\(Roff.escaped(option.environment ?? ""))\\fR")
      page.text("stands in for \(option.flag) where it is not given")
    }
    page.section("EXIT STATUS")
    for code in ExitCode.allCases {
      page.item("\\fB\(code.rawValue)\\fR")
      page.text(code.meaning)
    }
    return page.text
  }

  private func write(_ command: Command, to page: inout Roff) {
    page.request("SS", command.name)
    page.synopsis("\(name) \(command.name)", command.operands.map(\.usage) + ["[OPTION…]"])
    page.request("PP")
    page.text(command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".")
    for paragraph in command.details {
      page.request("PP")
      page.text(paragraph)
    }
    command.options.forEach { page.option($0) }
    let common = (common(of: command) + [.help]).map(\.flag)
    page.request("PP")
    page.text("Common options: \(common.joined(separator: ", ")).")
    command.examples.forEach { page.example($0) }
  }

  /// The options that can be given by environment, each variable once.
  private var environment: [Option] {
    var seen: Set<String> = []
    return (options + commands.flatMap(\.options)).filter {
      $0.environment.map { seen.insert($0).inserted } ?? false
    }
  }
}

/// A page in the language of man(7).
private struct Roff {
  private(set) var text = ""

  mutating func request(_ name: String, _ arguments: String...) {
    let quoted = arguments.map { " \"\(Roff.escaped($0, inQuotes: true))\"" }
    text += ".\(name)\(quoted.joined())\n"
  }

  mutating func section(_ heading: String) { request("SH", heading) }

  mutating func text(_ words: some StringProtocol) {
    line(Roff.escaped(String(words)))
  }

  mutating func synopsis(_ bold: String, _ rest: [String]) {
    line("\\fB\(Roff.escaped(bold))\\fR \(Roff.escaped(rest.joined(separator: " ")))")
  }

  mutating func example(_ example: Example) {
    item("\\fB\(Roff.escaped(example.line))\\fR")
    text(example.purpose)
  }

  mutating func option(_ option: Option) {
    let flags = [option.short.map { "-\($0)" }, option.flag].compactMap { $0 }
    let names = flags.map { "\\fB\(Roff.escaped($0))\\fR" }.joined(separator: ", ")
    item(names + (option.placeholder.map { " \\fI\(Roff.escaped($0))\\fR" } ?? ""))
    text(option.explanation)
  }

  /// A term whose meaning follows.
  mutating func item(_ term: String) {
    request("TP")
    line(term)
  }

  /// A line of text: at its start a point or an apostrophe would make it a request.
  private mutating func line(_ roff: String) {
    text += (roff.hasPrefix(".") || roff.hasPrefix("'") ? "\\&" : "") + roff + "\n"
  }

  static func escaped(_ text: String, inQuotes: Bool = false) -> String {
    var roff = ""
    for character in text {
      switch character {
      case "\\": roff += "\\e"
      case "-": roff += "\\-"
      case "\"" where inQuotes: roff += "\\(dq"
      case "'": roff += "\\(aq"
      case "\n": roff += " "
      default: roff.append(character)
      }
    }
    return roff
  }
}
