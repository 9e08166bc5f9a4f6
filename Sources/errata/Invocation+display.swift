internal import Arguments
internal import Glibc
internal import Rendering

// How answers look on a screen.
extension Invocation {
  /// What the reader of a destination looks at.
  func terminal(of destination: Destination) throws -> Terminal {
    try checkDisplay()
    return destination.terminal(
      color: try choice(of: .color) ?? .auto, isPlain: has(.plain), isWide: has(.wide))
  }

  /// Shows text where results go: with a pager where that is a terminal which it is too tall for.
  func show(_ output: Output) throws {
    try destination.show(output, with: pager)
  }

  /// The program that shows what is taller than the screen; nil where none is wanted, or is there.
  private var pager: Pager? {
    if has(.noPager) || variable("TERM") ?? "dumb" == "dumb" { return nil }
    let command = variable("ERRATA_PAGER") ?? variable("PAGER") ?? Pager.program(named: "less")
    guard let command, !["", "cat"].contains(command) else { return nil }
    return Pager(command: command, isWide: has(.wide))
  }

  /// Refuses what is said of tables where there are none.
  private func checkDisplay() throws {
    let format = try format
    guard format != .table else { return }
    for option in [Option.plain, .wide] where isGiven(option.name) {
      throw UsageError(
        "\(option.flag) is about tables, and this is \(format.rawValue)",
        hint: "Leave one of them out.")
    }
  }
}

private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
