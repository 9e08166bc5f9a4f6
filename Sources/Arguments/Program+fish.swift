extension Program {
  /// https://fishshell.com/docs/current/completions.html
  var fishCompletions: String {
    let here = commands.flatMap { command -> [String] in
      let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
      return command.options.map { line(for: $0, condition) }
        + command.operands.enumerated().compactMap { place, operand in
          line(for: operand, of: command, self.condition(place, of: command))
        }
    }
    let lines =
      [
        "# fish completion for \(name): \(name) completions fish | source",
        "complete -c \(name) -f",
      ]
      + commands.map {
        "complete -c \(name) -n __fish_use_subcommand -a \($0.name) -d \(quoted($0.summary))"
      }
      + (options + Option.builtIn).map { line(for: $0, condition(of: $0)) } + here
    return lines.map { $0 + "\n" }.joined()
  }

  /// Where one of the program's options is offered; nil for everywhere.
  private func condition(of option: Option) -> String? {
    let others = commands.filter { $0.without.contains(option) }.map(\.name)
    return others.isEmpty
      ? nil : "-n 'not __fish_seen_subcommand_from \(others.joined(separator: " "))'"
  }

  /// Where an operand is offered. Of several, the words before it tell which is next.
  private func condition(_ place: Int, of command: Command) -> String {
    let seen = "__fish_seen_subcommand_from \(command.name)"
    if command.operands.count < 2 { return "-n '\(seen)'" }
    return "-n '\(seen); and test (count (commandline -opc)) -eq \(place + 2)'"
  }

  private func line(for option: Option, _ condition: String?) -> String {
    let parts = [
      "complete -c \(name)", condition, option.short.map { "-s \($0)" }, "-l \(option.name)",
      option.takesValue ? value(choices: option.choices, option.completion) : nil,
      "-d \(quoted(option.summary))",
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  private func line(for operand: Operand, of command: Command, _ condition: String) -> String? {
    let words = words(for: operand, of: command)
    if !words.isEmpty {
      return "complete -c \(name) \(condition) -a \(quoted(words.joined(separator: " ")))"
    }
    return switch operand.completion {
    case .nothing: nil
    case .files: "complete -c \(name) \(condition) -F"
    case .directories: "complete -c \(name) \(condition) -a '(__fish_complete_directories)'"
    }
  }

  private func value(choices: [String], _ completion: Completion) -> String {
    if !choices.isEmpty { return "-x -a \(quoted(choices.joined(separator: " ")))" }
    return switch completion {
    case .nothing: "-x"
    case .files: "-r -F"
    case .directories: "-x -a '(__fish_complete_directories)'"
    }
  }

  /// In fish's single quotes only the quote and the backslash are special.
  private func quoted(_ text: String) -> String {
    "'" + text.reduce(into: "") { $0 += "'\\".contains($1) ? "\\\($1)" : String($1) } + "'"
  }
}
