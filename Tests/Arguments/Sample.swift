import Arguments

extension Option {
  static let store = Option(
    "store", value: "PATH", "the store", environment: "ERRATA_STORE", completion: .files)
  static let format = Option(
    "format", "how results are shown", choices: ["table", "json", "csv"], default: "table")
  static let output = Option("output", short: "o", value: "FILE", "write there", completion: .files)
  static let since = Option("since", value: "WHEN", "from then on, -7d or a date")
  static let vendor = Option("vendor", value: "NAME", "only these", arity: .repeated)
  static let quiet = Option("quiet", short: "q", "results and errors only")

  static let every = Option("every", "the length of a row", choices: ["1h", "1d"], default: "1h")
  static let by = Option(
    "by", value: "FIELD", "group by these fields, which are told apart in a column each",
    choices: ["vendor", "status", "code"], arity: .list)
  static let maxLine = Option("max-line", value: "BYTES", "longest line", default: "1MiB")
  static let follow = Option("follow", short: "f", "wait for more")
}

/// A command line with a bit of everything.
let sample = Program(
  "errata", "every API error, accounted for", version: "1.0",
  options: [.store, .format, .output, .since, .vendor, .quiet],
  commands: [
    Command(
      "import", "read logs into the store",
      details: ["Each line is counted once, however often its file is imported."],
      operands: [Operand("PATH", usage: "PATH…|-", isRepeated: true, completion: .files)],
      options: [.maxLine, .follow],
      examples: [Example("errata import gateway.log", "add a log to the store")]
    ) { _ in .ok },
    Command(
      "rates", "error rates over time", options: [.every, .by],
      examples: [Example("errata rates --by vendor", "an hour and vendor a row, seven days")]
    ) { invocation in invocation.has(.quiet) ? .notFound : .ok },
    Command("find", "what happened to a request", operands: [Operand("ID", isRepeated: true)]) {
      _ in .notFound
    },
    Command(
      "completions", "teach a shell this command line",
      operands: [Operand("SHELL", choices: Shell.allCases.map(\.rawValue))],
      without: [.store, .format, .since, .vendor]
    ) { _ in .ok },
    Command("help", "this text", operands: [Operand("COMMAND", isRequired: false)]) { _ in .ok },
  ],
  examples: [Example("errata find req_8f2", "what happened to this request?")])

/// What the arguments invoke.
func invoke(
  _ arguments: [String], environment: [String: String] = [:]
) throws -> Invocation? {
  if case .run(let invocation) = try sample.parse(arguments, environment: { environment[$0] }) {
    return invocation
  }
  return nil
}

/// The error the arguments make.
func mistake(_ arguments: [String], environment: [String: String] = [:]) -> UsageError? {
  do throws(UsageError) {
    _ = try sample.parse(arguments, environment: { environment[$0] })
    return nil
  } catch {
    return error
  }
}
