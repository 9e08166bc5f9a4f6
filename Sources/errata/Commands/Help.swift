internal import Answers
internal import Arguments
internal import Glibc
internal import Manual
internal import Rendering

extension Command {
  static let help = Command(
    "help", "what errata can do, how a command works, or a chapter of the manual",
    details: [
      "Behind the chapter json, the name of a command stands for the JSON Schema (draft 2020-12) of "
        + "what that command prints with --format json: every member, what it can be and what it says."
    ],
    operands: [
      Operand("NAME", usage: "[COMMAND|CHAPTER]", isRequired: false),
      Operand("COMMAND", isRequired: false, choices: Contract.all.map(\.command)),
    ],
    without: [.store, .format, .color, .plain, .wide],
    examples: [
      Example("errata help rates", "how a command works"),
      Example("errata help times", "a chapter of the manual"),
      Example("errata help json rates", "the schema of its answer in JSON"),
    ]
  ) { invocation in
    let program = invocation.program
    let names = invocation.operands
    guard let command = names.dropFirst().first else {
      let width = helpWidth
      let text = try names.first.map { try program.help(named: $0, width: width) }
      var output = Output()
      output.write(text ?? program.help(width: width))
      try invocation.show(output)
      return .ok
    }
    guard names[0] == "json", let contract = Contract.all.first(where: { $0.command == command })
    else {
      throw UsageError(
        "unexpected argument “\(command)”",
        hint: "Only a schema is of a command: \(program.name) help json \(command)")
    }
    var output = Output()
    JSONRenderer().render(Answer(title: "", value: .object(contract.schema)), into: &output)
    try invocation.show(output)
    return .ok
  }
}

/// How long lines of help may be: as on paper, on a narrower terminal as it has room for.
var helpWidth: Int {
  guard isatty(STDOUT_FILENO) == 1, let size = Terminal.size(STDOUT_FILENO) else {
    return lineWidth
  }
  return min(lineWidth, max(40, size.columns))
}
