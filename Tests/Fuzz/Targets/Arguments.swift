import Arguments
import Files

/// A command line with every sort of option and operand.
private let program = Program(
  "errata", "a bit of everything", version: "1.0",
  options: [
    Option("store", value: "PATH", "the store", environment: "ERRATA_STORE", completion: .files),
    Option("format", "how results are shown", choices: ["table", "json"], default: "table"),
    Option("output", short: "o", value: "FILE", "write there"),
    Option("vendor", value: "NAME", "only these", arity: .repeated),
    Option("quiet", short: "q", "results and errors only"),
  ],
  commands: [
    Command(
      "import", "read logs", operands: [Operand("PATH", isRepeated: true)],
      options: [Option("max-line", value: "BYTES", "longest line", default: "1MiB")]
    ) { _ in .ok },
    Command(
      "rates", "error rates",
      options: [
        Option("by", value: "FIELD", "group by", choices: ["vendor", "status"], arity: .list)
      ]
    ) { _ in .ok },
    Command("help", "this text", operands: [Operand("COMMAND", isRequired: false)]) { _ in .ok },
  ])

/// Arguments, one a line; the last is what the environment says.
func fuzzArguments(_ input: UnsafeBufferPointer<UInt8>) {
  let words = input.split(separator: 0x0A, omittingEmptySubsequences: false).map {
    let name = Array($0)
    let text = name.withUnsafeBufferPointer { PathText.text(of: $0) }
    require(PathText.bytes(of: text) == name, "a name is one text, and the text that name")
    return text
  }
  do throws(UsageError) {
    let request = try program.parse(words, environment: { _ in words.last })
    guard case .run(let invocation) = request else { return }
    for option in program.options + invocation.command.options {
      _ = invocation[option]
      _ = try invocation.bytes(of: option)
    }
  } catch {
    require(!error.message.isEmpty, "a refusal says why")
  }
}
