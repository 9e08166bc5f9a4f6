internal import Arguments
internal import Rendering

extension Command {
  static let completions = Command(
    "completions", "completions for a shell, or the manual page",
    operands: [Operand("SHELL", choices: Shell.allCases.map(\.rawValue) + ["man"])],
    without: [.store, .format, .color],
    examples: [
      Example("errata completions bash > /etc/bash_completion.d/errata", "for every bash"),
      Example("errata completions man > errata.1", "the manual page"),
    ]
  ) { invocation in
    let program = invocation.program
    let text =
      Shell(rawValue: invocation.operands[0]).map { program.completions(for: $0) } ?? program.manual
    try invocation.destination.write(text)
    return .ok
  }

  static let help = Command(
    "help", "what errata can do, or how a command works",
    operands: [Operand("COMMAND", isRequired: false)],
    without: [.store, .format, .color],
    examples: [Example("errata help rates", "all about rates")]
  ) { invocation in
    let program = invocation.program
    let text = try invocation.operands.first.map { name in
      program.help(for: try program.command(named: name))
    }
    try invocation.destination.write(text ?? program.help)
    return .ok
  }
}
