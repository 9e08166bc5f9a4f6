/// Raw arguments read against the table: options in any order and place, before the command too.
struct Parser {
  let program: Program
  private var words: ArraySlice<String>
  private(set) var command: Command?
  private(set) var given: [(option: Option, value: String)] = []
  private(set) var operands: [String] = []

  init(_ program: Program, _ words: [String]) {
    self.program = program
    self.words = words[...]
  }

  mutating func read() throws(UsageError) {
    while let word = words.popFirst() {
      if word == "--" {
        while let rest = words.popFirst() { try readOperand(rest) }
      } else if word.hasPrefix("--") {
        try readLong(word.dropFirst(2))
      } else if word.hasPrefix("-"), word != "-" {
        try readShort(word.dropFirst())
      } else {
        try readOperand(word)
      }
    }
  }

  private mutating func readOperand(_ word: String) throws(UsageError) {
    if command == nil {
      command = try program.command(named: word)
    } else {
      operands.append(word)
    }
  }

  /// `name` or `name=value`.
  private mutating func readLong(_ text: Substring) throws(UsageError) {
    let name = text.prefix { $0 != "=" }
    guard let option = known.first(where: { $0.name == name }) else {
      throw unknown("--\(name)", near: nearest(to: String(name), among: known.map(\.name)))
    }
    let attached = name.endIndex == text.endIndex ? nil : String(text[name.endIndex...].dropFirst())
    if attached != nil, !option.takesValue {
      throw UsageError("\(option.flag) takes no value", hint: "Leave out “=\(attached ?? "")”.")
    }
    try add(option, attached)
  }

  /// Letters such as `q`, `qo FILE`, `oFILE` or `o=FILE`.
  private mutating func readShort(_ letters: Substring) throws(UsageError) {
    var letters = letters
    while let letter = letters.popFirst() {
      guard let option = known.first(where: { $0.short == letter }) else {
        throw unknown("-\(letter)", near: nil)
      }
      if option.takesValue, !letters.isEmpty {
        return try add(option, String(letters.first == "=" ? letters.dropFirst() : letters))
      }
      try add(option, nil)
    }
  }

  private mutating func add(_ option: Option, _ attached: String?) throws(UsageError) {
    guard option.takesValue else { return given.append((option, "")) }
    if let attached { return given.append((option, attached)) }
    // A value may look negative (-7d) but is no known option: then it was forgotten.
    guard let next = words.first, !isOption(next) else {
      let placeholder = option.placeholder ?? "a value"
      throw UsageError("\(option.flag) needs a value", hint: "Write \(option.flag) \(placeholder).")
    }
    words.removeFirst()
    given.append((option, next))
  }

  private func isOption(_ word: String) -> Bool {
    if word == "--" { return true }
    if word.hasPrefix("--") {
      let name = word.dropFirst(2).prefix { $0 != "=" }
      return known.contains { $0.name == name }
    }
    return word.count == 2 && word.first == "-"
      && known.contains { $0.short == word.last }
  }

  /// The options that can stand here; before the command is known, those of all.
  private var known: [Option] {
    let own = command?.options ?? program.commands.flatMap(\.options)
    return program.options + own + [.help, .version]
  }

  private func unknown(_ flag: String, near: String?) -> UsageError {
    if let near { return UsageError("unknown option \(flag)", hint: "Did you mean --\(near)?") }
    let owners = program.commands.filter { $0.options.contains { $0.flag == flag } }.map(\.name)
    if let command, !owners.isEmpty { return misplaced(flag, command, owners) }
    return UsageError("unknown option \(flag)", hint: program.seeHelp(of: command))
  }

  private func misplaced(_ flag: String, _ command: Command, _ owners: [String]) -> UsageError {
    UsageError(
      "\(command.name) has no option \(flag)",
      hint: "It belongs to: \(owners.joined(separator: ", ")).")
  }

  /// The arguments by the command's own options, which may differ from those of the same name that
  /// were known before the command was.
  func options(
    of command: Command
  ) throws(UsageError) -> [(option: Option, value: String)] {
    let own = program.options + command.options
    var resolved: [(option: Option, value: String)] = []
    for (option, value) in given {
      guard let option = own.first(where: { $0.name == option.name }) else {
        let owners = program.commands.filter { $0.options.contains { $0.name == option.name } }
        throw misplaced(option.flag, command, owners.map(\.name))
      }
      resolved.append((option, value))
    }
    return resolved
  }
}
