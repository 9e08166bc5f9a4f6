package import Manual

/// A command line as data: what is parsed, and what help, the manual page and completions say.
package struct Program: Sendable {
  package let name: String
  /// A line, without a full stop.
  package let summary: String
  package let version: String
  /// Options that every command takes but those that say they do without.
  package let options: [Option]
  package let commands: [Command]
  /// What its manual is made of: none has the name of a command.
  package let chapters: [Chapter]
  package let examples: [Example]
  /// The name of one of `commands` that explains the others: hints point to it.
  package let helpCommand: String
  /// What to do with a word that stands for a command and is none, where more is known of it than its
  /// spelling: a file, for one.
  package let advice: @Sendable (String) -> String?

  package init(
    _ name: String, _ summary: String, version: String, options: [Option] = [],
    commands: [Command], chapters: [Chapter] = [], examples: [Example] = [],
    helpCommand: String = "help", advice: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.name = name
    self.summary = summary
    self.version = version
    self.options = options
    self.commands = commands
    self.chapters = chapters
    self.examples = examples
    self.helpCommand = helpCommand
    self.advice = advice
  }

  /// The program's options that a command takes.
  func common(of command: Command) -> [Option] {
    options.filter { !command.without.contains($0) }
  }

  /// All options that a command takes but help and version: its own first.
  package func options(of command: Command) -> [Option] {
    command.options + common(of: command)
  }

  /// What has this long name somewhere.
  func option(named name: String) -> Option? {
    (options + commands.flatMap(\.options)).first { $0.name == name }
  }

  /// The commands that take an option of this name.
  func commands(taking name: String) -> [Command] {
    commands.filter { options(of: $0).contains { $0.name == name } }
  }

  /// The chapter of that name.
  package func chapter(named name: String) -> Chapter? { chapters.first { $0.name == name } }

  package func command(named name: String) throws(UsageError) -> Command {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let near = nearest(to: name, among: commands.map(\.name))
    throw UsageError(
      "there is no command “\(name)”",
      hint: chapter(named: name).map {
        "It is a chapter: see “\(self.name) \(helpCommand) \($0.name)”."
      }
        ?? advice(name) ?? near.map { "Did you mean “\($0)”?" }
        ?? "See “\(self.name) \(helpCommand)”.")
  }
}
