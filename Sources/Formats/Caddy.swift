/// Caddy writes JSON of fixed names, unless its `format` says otherwise.
enum Caddy {
  static func formats(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let dialect = Dialect.all["caddy"] else { return stated }
    var lines = LineCounter(text)
    for line in text.split(whereSeparator: \.isNewline) {
      let words = Words(line, Words.Style(quotes: ["\"", "`"], literal: ["`"])).words
      guard let place = words.firstIndex(of: "transform"), place + 1 < words.count,
        words[place + 1] != "{"
      else { continue }
      let template = words[place + 1].replacingShorthands
      stated.add("", template, dialect, at: lines.line(of: line.startIndex))
    }
    if stated.isEmpty, let format = renamed(text, dialect) { stated.add(format, at: nil) }
    if stated.isEmpty, let (error, line) = usual(text) { stated.refuse(error, at: line) }
    return stated
  }

  /// Why there is nothing to learn of a log in a form of Caddy's own, and where it is asked for.
  private static func usual(_ text: String) -> (FormatError, line: Int)? {
    var lines = LineCounter(text)
    var log: Int?
    var hasOutput = false
    // Others have settings of such names, in brackets of another kind.
    let isInBraces = text.split(whereSeparator: \.isNewline).contains { line in
      line.last { !$0.isWhitespace } == "{"
    }
    guard isInBraces else { return nil }
    for line in text.split(whereSeparator: \.isNewline) {
      let words = Words(line, Words.Style()).words
      let place = lines.line(of: line.startIndex)
      if words.first == "log", words.count < 4 { log = log ?? place }
      hasOutput = hasOutput || words.first == "output"
      guard words.count > 1, words[0] == "format" else { continue }
      switch words[1] {
      case "json", "filter", "append", "console", "logfmt":
        let deleted = deletions(in: text)
        if let name = deleted.first {
          return (
            FormatError(
              "Caddy's log is in its own form, and leaves out \(name)",
              hint: "Without it no line can be read as a response: take “\(name) delete” away."),
            place
          )
        }
        return (
          FormatError(
            "Caddy's log is in its own form, \(words[1])", hint: "It is read without a profile."),
          place
        )
      default: continue
      }
    }
    guard let log, hasOutput else { return nil }
    return (
      FormatError("Caddy's log is in its own form, JSON", hint: "It is read without a profile."),
      log
    )
  }

  /// What a response needs, and a filter deletes.
  private static func deletions(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = Words(line, Words.Style()).words
      guard words.count == 2, words[1] == "delete",
        ["status", "ts", "request", "request>uri", "request>method"].contains(words[0])
      else { return nil }
      return words[0]
    }
  }

  /// What `format json` writes where it names its own members otherwise.
  private static func renamed(_ text: String, _ dialect: Dialect) -> LogFormat? {
    let lines = text.split(whereSeparator: \.isNewline).map { Words($0, Words.Style()).words }
    guard lines.contains(where: { $0.starts(with: ["format", "json"]) }),
      let time = lines.first(where: { $0.first == "time_key" && $0.count > 1 })?[1]
    else { return nil }
    let names = [
      (time, "ts"), ("status", "status"), ("duration", "duration"),
      ("request.method", "request>method"), ("request.uri", "request>uri"),
      ("request.host", "request>host"), ("user_id", "user_id"),
    ]
    return LogFormat(
      name: "", dialect: dialect,
      content: .json(
        names.map { path, variable in
          LogFormat.Member(
            path: path,
            pieces: [
              .variable(
                LogFormat.Variable(written: path, meaning: dialect.meaning(of: variable)))
            ])
        }))
  }
}

extension String {
  /// With the words for whole formats written out.
  fileprivate var replacingShorthands: String {
    let common =
      "{request>remote_ip} - {request>user_id} [{ts}] \"{request>method} {request>uri} "
      + "{request>proto}\" {status} {size}"
    switch trimmed {
    case "{common_log}": return common
    case let text where text.hasPrefix("{common_log}"): return common + text.dropFirst(12)
    default: return self
    }
  }
}
