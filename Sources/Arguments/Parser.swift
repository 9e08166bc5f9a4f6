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
      throw unknown(String(name))
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
        throw unknown(letter)
      }
      if option.takesValue, !letters.isEmpty {
        return try add(option, String(letters.first == "=" ? letters.dropFirst() : letters))
      }
      try add(option, nil)
    }
  }

  private mutating func add(_ option: Option, _ attached: String?) throws(UsageError) {
    guard option.takesValue else { return given.append((option, "")) }
    if let attached {
      if attached.isEmpty { throw withoutValue(option) }
      return given.append((option, attached))
    }
    // A value may look negative (-7d) but is no known option: then it was forgotten.
    guard let next = words.first, !next.isEmpty, !isOption(next) else {
      throw withoutValue(option)
    }
    words.removeFirst()
    given.append((option, next))
  }

  /// An empty value is none: a variable of a script that was not set.
  private func withoutValue(_ option: Option) -> UsageError {
    UsageError(
      "\(option.flag) needs a value",
      hint: "Write \(option.flag) \(option.placeholder ?? "a value").")
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
    let own =
      command.map { program.options(of: $0) }
      ?? program.options + program.commands.flatMap(\.options)
    return own + [.help, .version]
  }

  /// What is said of an option that cannot stand here, by its long name.
  private func unknown(_ name: String) -> UsageError {
    if let command, let option = program.option(named: name) {
      return misplaced(option, command)
    }
    let near = nearest(to: name, among: known.map(\.name))
    return UsageError(
      "unknown option --\(name)",
      hint: near.map { "Did you mean --\($0)?" } ?? program.seeHelp(of: command))
  }

  /// The same, by its letter.
  private func unknown(_ letter: Character) -> UsageError {
    let option = program.commands.flatMap(\.options).first { $0.short == letter }
    if let command, let option { return misplaced(option, command) }
    return UsageError("unknown option -\(letter)", hint: program.seeHelp(of: command))
  }

  private func misplaced(_ option: Option, _ command: Command) -> UsageError {
    let owners = program.commands(taking: option.name).map(\.name)
    return UsageError(
      "\(command.name) has no option \(option.flag)",
      hint: "It belongs to: \(owners.joined(separator: ", ")).")
  }

  /// The arguments by the command's own options, which may differ from those of the same name that
  /// were known before the command was.
  func options(
    of command: Command
  ) throws(UsageError) -> [(option: Option, value: String)] {
    let own = program.options(of: command)
    var resolved: [(option: Option, value: String)] = []
    for (option, value) in given {
      guard let option = own.first(where: { $0.name == option.name }) else {
        throw misplaced(option, command)
      }
      resolved.append((option, value))
    }
    return resolved
  }
}
