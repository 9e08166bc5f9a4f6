internal import Glibc

extension Program {
  /// Reads the arguments that follow the program's name.
  package func parse(
    _ arguments: [String],
    environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
  ) throws(UsageError) -> Request {
    if let request = helpOrVersion(arguments) { return request }
    var parser = Parser(self, arguments)
    try parser.read()
    if parser.given.contains(where: { $0.option == .help }) { return .help(parser.command) }
    guard let command = parser.command else {
      throw UsageError("which command?", hint: seeHelp(of: nil))
    }
    // What the command does not take is told before what it lacks.
    let given = try collect(parser.options(of: command))
    try check(parser.operands, of: command)
    return .run(
      Invocation(
        program: self, command: command, operands: parser.operands,
        given: given,
        environment: try values(from: environment, for: options(of: command))))
  }

  /// Where help is; without a command, that of the whole.
  func seeHelp(of command: Command?) -> String {
    command.map { "See “\(name) \($0.name) --help”." } ?? "See “\(name) \(helpCommand)”."
  }

  /// Help is given however wrong the rest of the line may be.
  private func helpOrVersion(_ arguments: [String]) -> Request? {
    let words = arguments.prefix { $0 != "--" }
    if arguments.isEmpty { return .help(nil) }
    if words.contains("--help") || words.contains("-h") {
      return .help(words.lazy.compactMap { word in commands.first { $0.name == word } }.first)
    }
    return words.contains("--version") ? .version : nil
  }

  private func check(_ operands: [String], of command: Command) throws(UsageError) {
    let hint = "Usage: \(name) \(command.synopsis)"
    let required = command.operands.prefix { $0.isRequired }
    if operands.count < required.count {
      throw UsageError("\(command.name) needs \(required[operands.count].name)", hint: hint)
    }
    for (place, text) in operands.enumerated() {
      let last = command.operands.last.flatMap { $0.isRepeated ? $0 : nil }
      guard let operand = place < command.operands.count ? command.operands[place] : last else {
        throw UsageError("unexpected argument “\(text)”", hint: hint)
      }
      // What a synopsis does not name is named by the command.
      if operand.usage.split(whereSeparator: { !$0.isLetter }).contains(operand.name[...]) {
        try check(text, in: operand.choices, for: operand.name)
      } else if !operand.choices.isEmpty, !operand.choices.contains(text) {
        throw UsageError(
          "there is no “\(command.name) \(text)”", hint: advice(on: text, operand.choices))
      }
    }
  }

  private func advice(on text: String, _ choices: [String]) -> String {
    let near = nearest(to: text, among: choices).map { "Did you mean “\($0)”? " } ?? ""
    return near + "It takes one of \(choices.joined(separator: ", "))."
  }

  private func check(_ text: String, in choices: [String], for name: String) throws(UsageError) {
    if choices.isEmpty || choices.contains(text) { return }
    throw UsageError("\(name) cannot be “\(text)”", hint: advice(on: text, choices))
  }

  private func collect(
    _ given: [(option: Option, value: String)]
  ) throws(UsageError) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for (option, text) in given {
      let isRepeat = values[option.name] != nil
      if isRepeat, option.takesValue, option.arity == .once {
        throw UsageError("\(option.flag) is given twice", hint: "Leave one of them out.")
      }
      let parts = option.arity == .list ? listed(text) : [text]
      if parts.isEmpty {
        throw UsageError(
          "\(option.flag) needs a value", hint: "There is nothing between the commas of “\(text)”.")
      }
      for part in parts where option.takesValue {
        try check(part, in: option.choices, for: option.flag)
      }
      values[option.name, default: []] += parts
    }
    return values
  }

  /// The values between commas, without the blanks around them.
  private func listed(_ text: String) -> [String] {
    text.split(separator: ",").compactMap { part in
      let value = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      return value.isEmpty ? nil : String(value)
    }
  }

  /// What the environment says, by option; an empty variable says nothing.
  private func values(
    from environment: (String) -> String?, for options: [Option]
  ) throws(UsageError) -> [String: String] {
    var values: [String: String] = [:]
    for option in options {
      guard let variable = option.environment, let value = environment(variable), !value.isEmpty
      else { continue }
      try check(value, in: option.choices, for: variable)
      values[option.name] = value
    }
    return values
  }
}
