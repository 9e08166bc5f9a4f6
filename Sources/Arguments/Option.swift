/// A named argument: a switch (`--quiet`) or one that takes a value (`--since WHEN`).
///
/// Parsing, help, the manual page and completions all read these fields.
package struct Option: Sendable, Equatable {
  package enum Arity: Sendable {
    /// At most once.
    case once
    /// Any number of times.
    case repeated
    /// Any number of times, each with values between commas.
    case list
  }

  /// Its long name without dashes; what makes it this option.
  package let name: String
  package let short: Character?
  /// What its value is called in help; nil for a switch.
  package let placeholder: String?
  package let summary: String
  /// The only values it takes, where it is choosy.
  package let choices: [String]
  package let arity: Arity
  /// The value it has when not given.
  package let `default`: String?
  /// The environment variable asked before the default.
  package let environment: String?
  package let completion: Completion
  /// Options that say otherwise: where one of them is given, a setting of this one is left aside.
  package let rivals: [String]

  /// An option with `choices` needs no `value`: its placeholder is `one|two|three`.
  package init(
    _ name: String, short: Character? = nil, value placeholder: String? = nil, _ summary: String,
    choices: [String] = [], arity: Arity = .once, default: String? = nil,
    environment: String? = nil, completion: Completion = .nothing, rivals: [String] = []
  ) {
    self.name = name
    self.short = short
    self.placeholder = placeholder ?? (choices.isEmpty ? nil : choices.joined(separator: "|"))
    self.summary = summary
    self.choices = choices
    self.arity = arity
    self.default = `default`
    self.environment = environment
    self.completion = completion
    self.rivals = rivals
  }

  package var takesValue: Bool { placeholder != nil }

  /// How messages name it: `--since`.
  package var flag: String { "--\(name)" }

  static let help = Option("help", short: "h", "show what a command does and takes")
  static let version = Option("version", "show the version")
}

/// What a shell offers for a value beside its choices.
package enum Completion: Sendable { case nothing, files, directories }
