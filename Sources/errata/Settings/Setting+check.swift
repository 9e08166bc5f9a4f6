internal import Arguments
internal import Cluster
internal import Files
internal import Glibc
internal import Settings

extension Setting {
  /// The commands that answer from a store, and do nothing else: all that a project has a say in.
  private static let answering: Set<String> = [
    "rates", "bursts", "limits", "spikes", "incidents", "incident", "retries", "find", "list",
    "report", "check", "query",
  ]

  /// What a project may say of them: what is asked, and how it is shown on the screen.
  private static let projectOptions: Set<String> = Set(
    ["since", "until", "week", "compare", "tz", "every", "by", "top", "all", "limit", "around"]
      + ["format", "color", "plain", "wide", "no-pager", "rule", "store"]
      + Option.filters.map(\.name))

  /// Throws a `SettingsError` where no command takes it.
  func check(against program: Program) throws {
    guard case .option(let name, let command) = subject else { return }
    if let command {
      guard let command = program.commands.first(where: { $0.name == command }) else {
        throw unknown("there is no command “\(command)”", command, program.commands.map(\.name))
      }
      guard let option = program.options(of: command).first(where: { $0.name == name }) else {
        throw unknown(
          "\(command.name) has no option --\(name)", name,
          program.options(of: command).map(\.name))
      }
      try check(content, for: option)
    } else {
      let options = program.commands.flatMap { program.options(of: $0) }.filter { $0.name == name }
      guard let option = options.first else {
        throw unknown(
          "no command has an option --\(name)", name,
          program.commands.flatMap { program.options(of: $0).map(\.name) })
      }
      if name == "tz" {
        throw error(
          "this is the zone of answers here, and that of times in logs there",
          hint: "Write “zone” for answers, and tz below a command such as import.")
      }
      try check(content, for: option)
    }
    if origin == .project { try checkProject(name, command) }
  }

  private func check(_ content: Content, for option: Option) throws {
    switch content {
    case .isOn where option.takesValue:
      throw error("\(option.flag) takes \(option.placeholder ?? "a value")")
    case .texts where !option.takesValue:
      throw error("\(option.flag) takes no value", hint: "Write true or false.")
    case .texts:
      let texts = option.values(of: content) ?? []
      if texts.count > 1, option.arity == .once {
        throw error("\(option.flag) takes one value")
      }
      for text in texts where !option.choices.isEmpty && !option.choices.contains(text) {
        throw unknown("\(option.flag) cannot be “\(text)”", text, option.choices)
      }
    case .isOn: break
    }
  }

  private func checkProject(_ name: String, _ command: String?) throws {
    if let command, !Setting.answering.contains(command) {
      throw error(
        "a project's file has no say in \(command)",
        hint: "It is for what is asked of a store; write the rest into your own config.json.")
    }
    guard Setting.projectOptions.contains(name) else {
      throw error(
        "a project's file has no say in --\(name)",
        hint:
          "It tells what is asked and how it is shown; write the rest into your own config.json.")
    }
    if name == "store" { _ = try storePath }
  }

  /// The store of a project: in its own folder, and nowhere else, whatever links there are.
  private var storePath: String {
    get throws {
      guard case .texts(let texts) = content, let name = texts.first else { return "" }
      if ClusterAddress.isAddress(name) {
        throw error(
          "a project's file names no cluster",
          hint: "Whoever wrote it would be sent the password. Say --store or ERRATA_STORE.")
      }
      let folder = FilePath.folder(of: file)
      let path = "\(folder)/\(name)"
      let isBelow =
        !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        && (try? FilePath.target(of: path)).flatMap(FilePath.absolute)?
          .hasPrefix((FilePath.absolute("\(folder)/.") ?? folder).dropLast()) ?? false
      if isBelow { return path }
      throw error(
        "a project's store stands in its folder",
        hint: "Name one there, without links, or say --store or ERRATA_STORE.")
    }
  }

  /// What the option has; nil where the setting leaves it off.
  func values(of option: Option) throws -> [String]? {
    if origin == .project, option.name == "store" { return [try storePath] }
    return option.values(of: content)
  }

  /// Whether it is about an option of a command, if nothing nearer says otherwise.
  func concerns(_ option: Option, of command: Command) -> Bool {
    switch subject {
    case .option(option.name, command: command.name): true
    // What is removed is named by who removes it.
    case .option(option.name, command: nil):
      command.name != "prune"
        && (origin == .user || Setting.answering.contains(command.name))
    case .zone: option == .tz
    case .rules: option.name == "rule" || option.name == "rules" && command.name == "report"
    default: false
    }
  }

  private func unknown(_ message: String, _ word: String, _ known: [String]) -> SettingsError {
    var error = error(message)
    error.word = word
    error.known = known
    return error
  }
}

extension Option {
  /// As a command line would give them: a list's may stand between commas.
  func values(of content: Setting.Content) -> [String]? {
    switch content {
    case .isOn(let isOn): isOn ? [""] : nil
    case .texts(let texts) where arity == .list:
      texts.flatMap { text in
        text.split(separator: ",").map { part in
          String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
      }
    case .texts(let texts): texts
    }
  }
}
