internal import Glibc

/// What the reader looks at: how wide it is, and whether it may be coloured.
package struct Terminal: Sendable, Equatable {
  /// Columns; nil where the output is no terminal and nothing must be cut.
  package let width: Int?
  package let isColored: Bool
  /// Whether tables have a line for each row and nothing else: no rules, no charts.
  package var isPlain = false
  /// Whether tables are as wide as they are.
  package var isWide = false

  package init(
    width: Int? = nil, isColored: Bool = false, isPlain: Bool = false, isWide: Bool = false
  ) {
    self.width = width.map { max(1, $0) }
    self.isColored = isColored
    self.isPlain = isPlain
    self.isWide = isWide
  }

  /// The columns that a table must fit in; nil where nothing has to.
  var tableWidth: Int? { isPlain || isWide ? nil : width }

  /// When the output is coloured.
  package enum Color: String, Sendable, CaseIterable { case auto, always, never }

  /// What a descriptor leads to. `auto` colours a terminal unless NO_COLOR is set
  /// (https://no-color.org), CLICOLOR is 0 or TERM is "dumb"; standard output and standard error are
  /// asked apart. CLICOLOR_FORCE (http://bixense.com/clicolors) and FORCE_COLOR
  /// (https://force-color.org) colour what is no terminal as well, but for NO_COLOR.
  package init(
    _ descriptor: Int32, color: Color = .auto,
    environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
  ) {
    let isTerminal = isatty(descriptor) == 1
    func isOn(_ name: String) -> Bool { !["", "0", "false"].contains(environment(name) ?? "") }
    let isUnwelcome = !(environment("NO_COLOR") ?? "").isEmpty
    let isForced = isOn("CLICOLOR_FORCE") || isOn("FORCE_COLOR")
    let isUsual =
      isTerminal && environment("CLICOLOR") != "0" && environment("FORCE_COLOR") != "0"
      && environment("TERM") != "dumb"
    width = isTerminal ? Terminal.columns(descriptor) : nil
    isColored = color == .always || (color == .auto && !isUnwelcome && (isForced || isUsual))
  }

  private static func columns(_ descriptor: Int32) -> Int { size(descriptor)?.columns ?? 80 }

  /// How large a terminal is; nil where it does not say.
  package static func size(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }
}
