internal import Arguments
internal import Files
internal import Settings

extension Invocation {
  /// The same command line with what settings say where it and the environment say nothing: what is
  /// said of a command before what is said of all, the project's before the user's own.
  func adopting(_ known: KnownSettings) throws -> Invocation {
    var invocation = self
    invocation.vendorNames = known.vendorNames
    for option in program.options(of: command) where !has(option) {
      let said = known.settings.filter { $0.concerns(option, of: command) }
      for origin in [SettingsFile.Origin.project, .user] {
        let own = said.filter { $0.origin == origin }
        guard let setting = own.first(where: \.isOfOneCommand) ?? own.first else { continue }
        if case .rules = setting.subject {
          try invocation.adopt(rules: setting)
        } else if !option.rivals.contains(where: isGiven),
          let values = try setting.values(of: option),
          option.choices.isEmpty || values.allSatisfy(option.choices.contains)
        {
          invocation.adopt(values, for: option, from: setting.spot)
        }
        break
      }
    }
    return invocation
  }

  /// Rules are watched by `check`; a report tells of their error budgets, where it is about all
  /// requests.
  private mutating func adopt(rules setting: Setting) throws {
    guard let rules = Option.rule.values(of: setting.content) else { return }
    if [.rule, .rules].contains(where: has) { return }
    if command.name == "check" { return adopt(rules, for: .rule, from: setting.spot) }
    let isOfErrors = Option.fieldFilters.contains { has($0.option) } || has(.grep)
    let budgets = rules.filter { $0.lowercased().split(separator: " ").first == "budget" }
    if !isOfErrors, !budgets.isEmpty { adopt(budgets, for: .rule, from: setting.spot) }
  }
}

extension Setting {
  fileprivate var isOfOneCommand: Bool {
    if case .option(_, let command) = subject { command != nil } else { false }
  }
}

extension Complaint {
  init(_ error: SettingsError) {
    self.init(error.sentence, hint: error.hint)
    code = error.isUnreadable ? .failure : .usage
    if let near = nearest(to: error.word, among: error.known) { hint = "Did you mean “\(near)”?" }
  }

  /// Says which setting a wrong value is from, where it is from one.
  mutating func name(settingsOf invocation: Invocation) {
    guard code == .usage else { return }
    let spots = invocation.settings.values.filter { setting in
      setting.values.contains { !$0.isEmpty && message.contains(text: "“\($0)”") }
    }
    .map(\.source)
    guard let spot = spots.min() else { return }
    hint = [hint, "It is from \(spot)."].compactMap { $0 }.joined(separator: " ")
  }
}
