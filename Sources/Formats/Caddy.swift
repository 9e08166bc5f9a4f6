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
    return stated
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
