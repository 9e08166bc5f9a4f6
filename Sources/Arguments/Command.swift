/// One thing the program does.
package struct Command: Sendable {
  package let name: String
  /// A line, lower case, without a full stop.
  package let summary: String
  /// Paragraphs for its help and the manual.
  package let details: [String]
  package let operands: [Operand]
  /// Its own; those it shares with nearly all are the program's.
  package let options: [Option]
  /// The program's options that it has no use for, and refuses.
  package let without: [Option]
  package let examples: [Example]
  package let run: @Sendable (Invocation) throws -> ExitCode

  package init(
    _ name: String, _ summary: String, details: [String] = [], operands: [Operand] = [],
    options: [Option] = [], without: [Option] = [], examples: [Example] = [],
    run: @escaping @Sendable (Invocation) throws -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.operands = operands
    self.options = options
    self.without = without
    self.examples = examples
    self.run = run
  }

  /// The name and its operands: `import PATH…|-`.
  var synopsis: String { ([name] + operands.map(\.usage)).joined(separator: " ") }
}

/// An argument without a name, known by its place.
package struct Operand: Sendable, Equatable {
  package let name: String
  /// As it stands in a synopsis: `PATH…`, `[NAME]`.
  package let usage: String
  package let isRequired: Bool
  /// Whether it takes all that follow; then it is the last one.
  package let isRepeated: Bool
  package let choices: [String]
  package let completion: Completion

  package init(
    _ name: String, usage: String? = nil, isRequired: Bool = true, isRepeated: Bool = false,
    choices: [String] = [], completion: Completion = .nothing
  ) {
    let plain = name + (isRepeated ? "…" : "")
    self.name = name
    self.usage = usage ?? (isRequired ? plain : "[\(plain)]")
    self.isRequired = isRequired
    self.isRepeated = isRepeated
    self.choices = choices
    self.completion = completion
  }
}

/// A command line worth showing, and what it is for.
package struct Example: Sendable, Equatable {
  package let line: String
  package let purpose: String

  package init(_ line: String, _ purpose: String) {
    self.line = line
    self.purpose = purpose
  }
}
