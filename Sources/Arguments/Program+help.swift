extension Program {
  /// The help of the whole, in lines of at most 80 columns.
  package var help: String {
    let columns = commands.map { ($0.synopsis, $0.summary) }
    let codes = ExitCode.allCases.map { (String($0.rawValue), $0.meaning) }
    return paragraphs([
      ["\(name): \(summary)"],
      ["Usage: \(name) COMMAND [OPTION…]"],
      lines(of: examples),
      ["Commands:"] + twoColumns(columns),
      ["Common options:"] + twoColumns(columnTexts(of: options + Option.builtIn)),
      ["Exit status:"] + twoColumns(codes),
      ["“\(name) COMMAND --help” shows what a command takes."],
    ])
  }

  /// The help of one command.
  package func help(for command: Command) -> String {
    let own = columnTexts(of: command.options)
    let synopsis = "\(name) \(command.synopsis) [OPTION…]"
    let all = columnTexts(of: common(of: command) + [.help])
    return paragraphs(
      [["\(name) \(command.name): \(command.summary)"], ["Usage: \(synopsis)"]]
        + [lines(of: command.examples)]
        + command.details.map { wrapped($0, to: lineWidth) }
        + [own.isEmpty ? [] : ["Options:"] + twoColumns(own)]
        + [["Common options:"] + twoColumns(all)])
  }

  private func lines(of examples: [Example]) -> [String] {
    if examples.isEmpty { return [] }
    return ["Examples:"]
      + examples.flatMap { example in
        ["  \(example.line)"] + wrapped(example.purpose, to: lineWidth - 6).map { "      \($0)" }
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
