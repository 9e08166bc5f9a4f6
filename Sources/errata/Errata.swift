internal import Arguments
internal import Cluster
// What the binary is linked with in place of glibc's own.
internal import CMath
internal import Files
internal import Glibc
internal import Manual
internal import Release
internal import Rendering

/// The command line: parses, runs, says what went wrong in one place, and exits with a code that
/// says how it went.
@main
struct Errata {
  static let program = Program(
    "errata", "every API error, accounted for", version: ThisRelease.version,
    options: Option.common,
    commands: [
      .importing, .rates, .bursts, .limits, .spikes, .incidents, .incident, .retries, .find,
      .list, .report, .checking, .query, .queries, .vendors, .gateways, .explain, .doctor,
      .rejects, .serve, .top, .verify, .prune, .backup, .export, .metrics, .push, .clusterSchema,
      .config, .completions, .help,
    ],
    chapters: Chapter.all,
    examples: [
      Example("errata import gateway.log.gz", "import a log: only what is new of it"),
      Example("errata rates --by vendor", "error rates of the last seven days"),
      Example("errata find req_8f2c61d09ab47e3512cd", "what happened to this request?"),
      Example("errata report", "the week in a page"),
    ], advice: adviceOnFile)

  static func main() {
    signal(SIGPIPE, SIG_DFL)
    // A file that may not grow any more is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    // All is written by now. `exit` would take down libraries while threads may still be working: those
    // that read ahead, and those that make pages.
    _exit(run().rawValue)
  }

  private static func run() -> ExitCode {
    var invocation: Invocation?
    do {
      switch try program.parse(PathText.arguments, environment: variable) {
      case .run(let plain):
        let adopted = try adopt(plain)
        invocation = adopted
        try adopted.checkDestination()
        let code = try adopted.run()
        try adopted.tellCosts()
        return code
      case .help(let command):
        let width = helpWidth
        try Destination.standardOutput.write(
          command.map { program.help(for: $0, width: width) } ?? program.help(width: width))
      case .version:
        let commit = Commit.short.map { " (\($0))" } ?? ""
        try Destination.standardOutput.write("errata \(program.version)\(commit)\n")
      }
      return .ok
    } catch let error as ClusterError where error.cause == .stopped {
      return Interruption.signal == SIGTERM ? .terminated : .interrupted
    } catch {
      var complaint = Complaint(error)
      if let invocation { complaint.name(settingsOf: invocation) }
      complaint.say()
      return complaint.code
    }
  }

  /// The command line with what settings say; those that speak of errata alone need none.
  private static func adopt(_ invocation: Invocation) throws -> Invocation {
    if ["help", "completions", "config"].contains(invocation.command.name) { return invocation }
    let known = try settings()
    if let warning = known.warning, !invocation.has(.quiet) { Complaint(warning).say() }
    return try invocation.adopting(known)
  }

  /// What files say of options.
  static func settings() throws -> KnownSettings {
    try KnownSettings(environment: variable, program: program)
  }

  /// A variable of the environment, which may hold the name of a file.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { PathText.text(of: $0) }
  }
}
