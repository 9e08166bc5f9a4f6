/// How a command ended, for the shell.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case ok = 0
  case failure = 1
  case usage = 2
  case thresholdCrossed = 3
  case notFound = 4
  case interrupted = 130
  case terminated = 143

  package var meaning: String {
    switch self {
    case .ok: "all went well"
    case .failure: "something failed, or some of the input could not be read"
    case .usage: "the command line was not understood"
    case .thresholdCrossed: "a threshold was crossed"
    case .notFound: "nothing was found"
    case .interrupted: "interrupted"
    case .terminated: "asked to stop by SIGTERM"
    }
  }
}
