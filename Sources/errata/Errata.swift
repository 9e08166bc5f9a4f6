internal import Arguments
internal import Files
internal import Glibc
internal import Manual
internal import Rendering

/// The command line: parses, runs, says what went wrong in one place, and exits with a code that
/// says how it went.
@main
struct Errata {
  static let program = Program(
    "errata", "every API error, accounted for", version: "0.1.0", options: Option.common,
    commands: [
      .importing, .rates, .bursts, .limits, .spikes, .incidents, .incident, .retries, .find,
      .list, .report, .checking, .query, .queries, .vendors, .gateways, .explain, .doctor,
      .rejects, .serve, .top, .verify, .prune, .backup, .push, .clusterSchema,
      .completions, .help,
    ],
    chapters: Chapter.all,
    examples: [
      Example("errata import gateway.log.gz", "import a log: only what is new of it"),
      Example("errata rates --by vendor", "error rates of the last seven days"),
      Example("errata find req_8f2c61d09ab47e3512cd", "what happened to this request?"),
      Example("errata report", "the week in a page"),
    ])

  static func main() {
    signal(SIGPIPE, SIG_DFL)
    // A file that may not grow any more is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    exit(run().rawValue)
  }

  private static func run() -> ExitCode {
    do {
      switch try program.parse(PathText.arguments, environment: variable) {
      case .run(let invocation):
        try invocation.checkDestination()
        return try invocation.run()
      case .help(let command):
        try Destination.standardOutput.write(command.map { program.help(for: $0) } ?? program.help)
      case .version: try Destination.standardOutput.write("errata \(program.version)\n")
      }
      return .ok
    } catch {
      let complaint = Complaint(error)
      complaint.say()
      return complaint.code
    }
  }

  /// A variable of the environment, which may hold the name of a file.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { PathText.text(of: $0) }
  }
}
