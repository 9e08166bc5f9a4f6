internal import Files

/// What a logger calls how grave a line is, as far as it tells what the line may be about.
enum LogLevel {
  /// Something went wrong.
  case trouble
  case other

  /// Nil for a word that is no level.
  init?(_ word: Bytes) {
    guard (3...8).contains(word.count) else { return nil }
    if LogLevel.troubles.contains(where: { word.isEqual(ignoringCase: $0) }) {
      self = .trouble
    } else if LogLevel.others.contains(where: { word.isEqual(ignoringCase: $0) }) {
      self = .other
    } else {
      return nil
    }
  }

  private static let troubles: [StaticString] = [
    "error", "err", "eror", "warn", "warning", "wrn", "fatal", "ftl", "crit", "critical", "severe",
    "fail", "emerg", "alert", "panic",
  ]
  private static let others: [StaticString] = [
    "info", "inf", "debug", "dbg", "dbug", "trace", "trc", "notice", "verbose", "vrb",
  ]
}
