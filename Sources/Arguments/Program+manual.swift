package import Manual

extension Program {
  /// The manual page in roff (man(7)): `errata completions man | man -l -`.
  package var manual: String {
    var page = Roff()
    page.request("TH", name.uppercased(), "1", "", "\(name) \(version)", "User Commands")
    page.section("NAME")
    page.text("\(name) - \(summary)")
    page.section("SYNOPSIS")
    page.write(synopsis: name, ["COMMAND", "[OPTION…]"])
    if !examples.isEmpty { page.section("EXAMPLES") }
    examples.forEach { page.write($0) }
    page.section("COMMANDS")
    for command in commands { write(command, to: &page) }
    page.section("COMMON OPTIONS")
    (options + Option.builtIn).forEach { page.write($0) }
    let variables = environment
    if !variables.isEmpty { page.section("ENVIRONMENT") }
    for option in variables {
      page.item(Roff.bold(option.environment ?? ""))
      page.text("stands in for \(option.flag) where it is not given")
    }
    page.section("EXIT STATUS")
    for code in ExitCode.allCases {
      page.item(Roff.bold(String(code.rawValue)))
      page.text(code.meaning)
    }
    if !chapters.isEmpty { page.section("SEE ALSO") }
    for chapter in chapters {
      page.item("\(Roff.bold("\(name)-\(chapter.name)"))(\(Chapter.section))")
      page.text(chapter.summary)
    }
    return page.text
  }

  /// A chapter's page: `errata completions man logs | man -l -`.
  package func page(of chapter: Chapter) -> String { chapter.page(of: name, version: version) }

  private func write(_ command: Command, to page: inout Roff) {
    page.request("SS", command.name)
    page.write(synopsis: "\(name) \(command.name)", command.operands.map(\.usage) + ["[OPTION…]"])
    page.request("PP")
    page.text(command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".")
    for paragraph in command.details {
      page.request("PP")
      page.text(paragraph)
    }
    command.options.forEach { page.write($0) }
    let common = (common(of: command) + [.help]).map(\.flag)
    page.request("PP")
    page.text("Common options: \(common.joined(separator: ", ")).")
    command.examples.forEach { page.write($0) }
  }

  /// The options that can be given by environment, each variable once.
  private var environment: [Option] {
    var seen: Set<String> = []
    return (options + commands.flatMap(\.options)).filter {
      $0.environment.map { seen.insert($0).inserted } ?? false
    }
  }
}

extension Roff {
  fileprivate mutating func write(synopsis bold: String, _ rest: [String]) {
    line("\(Roff.bold(bold)) \(Roff.escaped(rest.joined(separator: " ")))")
  }

  fileprivate mutating func write(_ example: Example) {
    item(Roff.bold(example.line))
    text(example.purpose)
  }

  fileprivate mutating func write(_ option: Option) {
    let flags = [option.short.map { "-\($0)" }, option.flag].compactMap { $0 }
    let names = flags.map { Roff.bold($0) }.joined(separator: ", ")
    item(names + (option.placeholder.map { " " + Roff.italic($0) } ?? ""))
    text(option.explanation)
  }
}
