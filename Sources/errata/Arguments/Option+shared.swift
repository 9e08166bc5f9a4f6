internal import Arguments
internal import Rendering

// The options that several commands take.
extension Option {
  static let store = Option(
    "store", value: "PATH|URL",
    "the store, or a cluster; by default errata/errata.db in $XDG_DATA_HOME",
    environment: "ERRATA_STORE", completion: .files)
  static let format = Option(
    "format", value: "FORMAT",
    "how results are shown, where the ending of -o's file does not say",
    choices: Format.allCases.map(\.rawValue),
    default: "table")
  static let output = Option(
    "output", short: "o", value: "FILE", "write results there; - is standard output",
    completion: .files)
  static let color = Option(
    "color", "when to use bold type and colour", choices: Terminal.Color.allCases.map(\.rawValue),
    default: "auto")
  static let plain = Option("plain", "a table's rows alone: no colour, charts, rules or wrapping")
  static let wide = Option("wide", "tables as wide as they are: no column goes below its row")
  static let noPager = Option(
    "no-pager", "no pager for what is taller than the terminal ($ERRATA_PAGER, else $PAGER)")
  static let quiet = Option("quiet", short: "q", "results and errors only")

  /// Those of every command that has a use for them.
  static let common = [store, format, output, color, plain, wide, noPager, quiet]

  /// Those of commands that answer: others write as they do, whoever reads it.
  static let ofAnswers = [format, color, plain, wide, noPager]

  static let since = Option(
    "since", value: "WHEN",
    "from then on: 2026-11-01, 2026-11-01T09:30:00Z, monday, or 7d, 36h: so long before now",
    rivals: ["week"])
  static let until = Option("until", value: "WHEN", "up to then, exclusive", rivals: ["week"])
  static let tz = Option(
    "tz", value: "ZONE", "the time zone, such as Europe/Berlin; by default the system's")
  static let vendor = Option(
    "vendor", value: "NAME", "only responses of this vendor", arity: .list)

  static let gateway = Option(
    "gateway", value: "NAME", "only what this gateway logged")

  /// Those of a question about a time.
  static let question = [since, until, tz, vendor, gateway, explainCost]
  /// Those of one that takes every filter.
  static let filteredQuestion = [since, until, tz] + filters + [explainCost]

  static let lineVendor = Option(
    "vendor", value: "NAME", "the vendor of every line, whatever the line says")
  static let lineZone = Option(
    "tz", value: "ZONE", "the zone of times that name none, such as Europe/Berlin; by default UTC")
  static let lineGateway = Option(
    "gateway", value: "NAME", "the gateway that wrote the lines, where it is not recognised")
  static let maxLine = Option(
    "max-line", value: "BYTES", "reject longer lines", default: "1MiB")

  /// How lines are to be read.
  static let reading = [lineVendor, lineGateway, lineZone, maxLine]
}
