/// A command with the arguments it was given, asked by option: `invocation[.since]`.
package struct Invocation: Sendable {
  /// The table it was read against, for commands that speak of it: help, completions.
  package let program: Program
  package let command: Command
  package let operands: [String]
  /// The values given on the command line, by the option's name; a switch has an empty one.
  private let given: [String: [String]]
  private let environment: [String: String]
  /// What settings say where neither the command line nor the environment does, by the option's name.
  package private(set) var settings: [String: Preset] = [:]

  /// What other names of vendors stand for, in lower case.
  package var vendorNames: [String: String] = [:]

  package struct Preset: Sendable {
    package let values: [String]
    /// Where it is said, as errors name it.
    package let source: String
  }

  init(
    program: Program, command: Command, operands: [String], given: [String: [String]],
    environment: [String: String]
  ) {
    self.program = program
    self.command = command
    self.operands = operands
    self.given = given
    self.environment = environment
  }

  /// Does what was asked for.
  package func run() throws -> ExitCode { try command.run(self) }

  /// Whether the option stood on the command line, or is a switch that settings put on.
  package func has(_ option: Option) -> Bool {
    isGiven(option.name) || (!option.takesValue && settings[option.name] != nil)
  }

  /// Whether an option of that name stood on the command line.
  package func isGiven(_ name: String) -> Bool { given[name] != nil }

  /// Takes what settings say of an option.
  package mutating func adopt(_ values: [String], for option: Option, from source: String) {
    settings[option.name] = Preset(values: values, source: source)
  }

  /// The option's value: the command line's, else the environment's, else that of settings, else the
  /// default.
  package subscript(option: Option) -> String? { values(of: option).last }

  /// All values of an option that can have several.
  package func values(of option: Option) -> [String] {
    if let values = given[option.name] { return values }
    if let value = environment[option.name] { return [value] }
    if let setting = settings[option.name] { return setting.values }
    return option.default.map { [$0] } ?? []
  }

  /// The paths that operands and options name, by the operand's name or the option's flag.
  package func files(besides others: [Option]) -> [(name: String, paths: [String])] {
    let options = (program.options + command.options).filter { option in
      option.completion == .files && !others.contains { $0.name == option.name }
    }
    let named = command.operands.enumerated().filter { $1.completion == .files }.map {
      place, operand in
      (operand.name, Array(operands.dropFirst(place).prefix(operand.isRepeated ? .max : 1)))
    }
    return named + options.map { ($0.flag, values(of: $0)) }
  }
}

// Values as something else than text.
extension Invocation {
  /// The option's value, read by `reading`; when that returns nil, the error says what was expected,
  /// such as "a time zone such as Europe/Berlin".
  package func value<T>(
    of option: Option, expected: String, reading: (String) -> T?
  ) throws(UsageError) -> T? {
    guard let text = self[option] else { return nil }
    if let value = reading(text) { return value }
    throw UsageError("\(option.flag) cannot be “\(text)”", hint: "It takes \(expected).")
  }

  package func integer(
    of option: Option, in range: ClosedRange<Int> = 0...Int.max
  ) throws(UsageError) -> Int? {
    let most = range.upperBound == Int.max ? "upwards" : "to \(range.upperBound)"
    return try value(of: option, expected: "a whole number from \(range.lowerBound) \(most)") {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// The option's value as one of an enum's cases: `try invocation.choice(of: .format, Format.self)`.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    of option: Option, _: Choice.Type = Choice.self
  ) throws(UsageError) -> Choice? {
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(of: option, expected: "one of \(names)") { Choice(rawValue: $0) }
  }

  /// The option's value in bytes: `1048576`, `64KiB`, `1 MiB`, `100MB`; `K`, `M` and `G` are powers of 1024.
  package func bytes(of option: Option) throws(UsageError) -> Int? {
    try value(of: option, expected: "a number of bytes, such as 1048576, 64KiB or 100MB") {
      byteCount($0)
    }
  }
}

private func byteCount(_ text: String) -> Int? {
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
  let units = [
    "": 1, "b": 1, "k": 1 << 10, "kib": 1 << 10, "kb": 1000, "m": 1 << 20, "mib": 1 << 20,
    "mb": 1_000_000, "g": 1 << 30, "gib": 1 << 30, "gb": 1_000_000_000,
  ]
  guard let number = Int(digits), let factor = units[unit] else { return nil }
  let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor)
  return isTooLarge ? nil : product
}
