internal import Manual

extension Program {
  /// The help of the whole, as it is printed.
  package var help: String { help(width: lineWidth) }

  /// - Parameter width: of the longest lines, but for what is to be typed.
  package func help(width: Int) -> String {
    let columns = commands.map { ($0.synopsis, $0.summary) }
    let codes = ExitCode.allCases.map { (String($0.rawValue), $0.meaning) }
    return paragraphs([
      ["\(name): \(summary)"],
      ["Usage: \(name) COMMAND [OPTION…]"],
      lines(of: examples, width),
      ["Commands:"] + twoColumns(columns, width),
      chapters.isEmpty
        ? []
        : ["Chapters of the manual:"]
          + twoColumns(chapters.map { ($0.name, $0.summary) }, width),
      ["Common options:"] + twoColumns(columnTexts(of: options + Option.builtIn), width),
      ["Exit status:"] + twoColumns(codes, width),
      wrapped("“\(name) COMMAND --help” shows what a command takes.", to: width)
        + (chapters.isEmpty
          ? []
          : wrapped(
            "“\(name) \(helpCommand) CHAPTER” prints a chapter; none has the name of a command.",
            to: width)),
    ])
  }

  /// What `help NAME` prints: how a command works, or a chapter.
  package func help(
    named name: String, width: Int = lineWidth
  ) throws(UsageError) -> String {
    if let command = commands.first(where: { $0.name == name }) {
      return help(for: command, width: width)
    }
    if let chapter = chapter(named: name) { return chapter.text(width: width) }
    let what = chapters.isEmpty ? "command" : "command and no chapter"
    let near = nearest(to: name, among: helpNames)
    throw UsageError(
      "there is no \(what) “\(name)”",
      hint: near.map { "Did you mean “\($0)”?" } ?? "See “\(self.name) \(helpCommand)”.")
  }

  /// What can be asked about: commands, then chapters.
  private var helpNames: [String] { commands.map(\.name) + chapters.map(\.name) }

  /// The only words that an operand can be; nil where it can be others.
  func words(for operand: Operand, of command: Command) -> [String] {
    command.name == helpCommand && operand == command.operands.first
      ? helpNames : operand.choices
  }

  /// The help of one command.
  package func help(for command: Command, width: Int = lineWidth) -> String {
    let own = columnTexts(of: command.options)
    let synopsis = "\(name) \(command.synopsis) [OPTION…]"
    let all = columnTexts(of: common(of: command) + [.help])
    return paragraphs(
      [
        wrapped("\(name) \(command.name): \(command.summary)", to: width),
        wrapped("Usage: \(synopsis)", to: width),
      ]
        + [lines(of: command.examples, width)]
        + command.details.map { wrapped($0, to: width) }
        + [own.isEmpty ? [] : ["Options:"] + twoColumns(own, width)]
        + [["Common options:"] + twoColumns(all, width)])
  }

  private func lines(of examples: [Example], _ width: Int) -> [String] {
    if examples.isEmpty { return [] }
    return ["Examples:"]
      + examples.flatMap { example in
        ["  \(example.line)"] + wrapped(example.purpose, to: width - 6).map { "      \($0)" }
      }
  }

  private func columnTexts(of options: [Option]) -> [(String, String)] {
    options.map { ($0.signature, $0.explanation) }
  }

  private func paragraphs(_ groups: [[String]]) -> String {
    groups.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}

extension Option {
  static let builtIn = [help, version]

  /// Its spellings, aligned with those of options that have a letter: `-o, --output FILE`.
  var signature: String {
    (short.map { "-\($0), " } ?? "    ") + flag + (placeholder.map { " \($0)" } ?? "")
  }

  /// The summary, and what its other fields say.
  var explanation: String {
    let isListed = !choices.isEmpty && placeholder != choices.joined(separator: "|")
    let notes = [
      isListed ? "one of \(choices.joined(separator: ", "))" : nil,
      arity == .repeated ? "may be repeated" : nil,
      arity == .list ? "several between commas" : nil,
      environment.map { "or set \($0)" },
      `default`.map { "default: \($0)" },
    ].compactMap { $0 }
    return notes.isEmpty ? summary : "\(summary) (\(notes.joined(separator: "; ")))"
  }
}
