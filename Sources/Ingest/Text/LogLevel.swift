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

  /// The level that stands among the first words of a line, as a logger puts it there: in capitals, in brackets or
  /// before a colon.
  init?(amongFirstWordsOf text: Bytes) {
    var words = LineWords(text.part(0..<80))
    for _ in 0..<6 {
      guard let word = words.next() else { return nil }
      let bare = LogLevel.bare(word)
      guard let level = LogLevel(bare), let last = bare.last else { continue }
      let isUpper = last &- 0x41 < 26
      if isUpper || word.count > bare.count && word[word.count - 1] != UInt8(ascii: ",") {
        self = level
        return
      }
    }
    return nil
  }

  /// A word without the marks around it.
  private static func bare(_ word: Bytes) -> Bytes {
    var (start, end) = (0, word.count)
    while start < end, word[start] | 0x20 &- 0x61 >= 26 { start += 1 }
    while end > start, word[end - 1] | 0x20 &- 0x61 >= 26 { end -= 1 }
    return word.part(start..<end)
  }

  static let troubles: [StaticString] = [
    "error", "err", "eror", "warn", "warning", "wrn", "fatal", "ftl", "crit", "critical", "severe",
    "fail", "emerg", "alert", "panic", "pnc", "erro", "fata", "pani",
  ]
  private static let others: [StaticString] = [
    "info", "inf", "debug", "dbg", "dbug", "trace", "trc", "notice", "verbose", "vrb", "debu",
    "trac",
  ]
}
