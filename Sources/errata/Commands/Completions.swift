internal import Arguments
internal import Manual
internal import Rendering

extension Command {
  static let completions = Command(
    "completions", "completions for a shell, or the manual's pages",
    operands: [
      Operand("SHELL", choices: Shell.allCases.map(\.rawValue) + ["man"]),
      Operand("CHAPTER", isRequired: false, choices: Chapter.all.map(\.name)),
    ],
    without: [.store] + Option.ofAnswers,
    examples: [
      Example("errata completions bash > /etc/bash_completion.d/errata", "for every bash"),
      Example("errata completions man > errata.1", "the manual's page about the commands"),
      Example("errata completions man json > errata-json.7", "a chapter's page"),
    ]
  ) { invocation in
    let program = invocation.program
    let chapter = invocation.operands.dropFirst().first.flatMap(program.chapter(named:))
    if let shell = Shell(rawValue: invocation.operands[0]) {
      if let chapter {
        throw UsageError(
          "completions for \(shell.rawValue) have no chapters",
          hint: "Write: \(program.name) completions man \(chapter.name)")
      }
      try invocation.destination.write(program.completions(for: shell))
    } else {
      try invocation.destination.write(chapter.map { program.page(of: $0) } ?? program.manual)
    }
    return .ok
  }
}
