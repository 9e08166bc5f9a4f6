internal import Arguments
internal import Rendering

// The options every command takes.
extension Option {
  static let store = Option(
    "store", value: "PATH", "the store; by default errata/errata.db in $XDG_DATA_HOME",
    environment: "ERRATA_STORE", completion: .files)
  static let format = Option(
    "format", value: "FORMAT", "how results are shown", choices: Format.allCases.map(\.rawValue),
    default: "table")
  static let output = Option(
    "output", short: "o", value: "FILE", "write results there; - is standard output",
    completion: .files)
  static let since = Option(
    "since", value: "WHEN", "from then on: 2026-11-01, 2026-11-01T09:30:00Z, -7d, monday")
  static let until = Option("until", value: "WHEN", "up to then, exclusive")
  static let tz = Option(
    "tz", value: "ZONE", "the time zone, such as Europe/Berlin; by default the system's")
  static let vendor = Option(
    "vendor", value: "NAME", "only responses of this vendor", arity: .list)
  static let color = Option(
    "color", "when to use bold type and colour", choices: Terminal.Color.allCases.map(\.rawValue),
    default: "auto")
  static let quiet = Option("quiet", short: "q", "results and errors only")

  static let global = [store, format, output, since, until, tz, vendor, color, quiet]
}
