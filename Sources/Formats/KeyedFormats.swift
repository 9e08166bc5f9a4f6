/// Formats that stand under a key of a configuration in YAML or JSON.
enum KeyedFormats {
  /// Which key, and the dialect of what stands there.
  private static let keys: [(key: String, dialect: String)] = [
    ("text_format", "envoy"), ("inline_string", "envoy"), ("json_format", "envoy"),
    ("accessLogFormat", "envoy"), ("accessLogFormatString", "envoy"),
    ("typed_json_format", "envoy"),
    // As the API's messages are written in JSON.
    ("textFormat", "envoy"), ("inlineString", "envoy"), ("jsonFormat", "envoy"),
    ("typedJsonFormat", "envoy"), ("log_format", "nginx"),
    ("log-format-upstream", "nginx"), ("access_log_format", "nginx"), ("text", "envoy"),
    ("json", "envoy"), ("format", "envoy"),
  ]

  static func all(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard text.utf8.contains(UInt8(ascii: ":")) else { return stated }
    let outline = Outline(text)
    for entry in outline.entries {
      guard let known = keys.first(where: { $0.key == entry.key }),
        let dialect = Dialect.all[known.dialect]
      else { continue }
      if entry.value.isEmpty || entry.value.first == "{" {
        let members =
          entry.value.isEmpty
          ? members(below: entry, in: outline, dialect)
          : FlowMapping(entry.value).values.map { path, text in
            LogFormat.Member(path: path, pieces: dialect.pieces(of: text))
          }
        guard members.contains(where: { !$0.pieces.isEmpty && $0.hasVariable }) else { continue }
        stated.add(
          LogFormat(name: "", dialect: dialect, content: .json(members)), at: entry.line + 1)
      } else if isFormat(entry.value, dialect) {
        stated.add("", entry.value, dialect, at: entry.line + 1)
      }
    }
    return stated
  }

  /// No object of a log is nested deeper.
  private static let deepest = 32

  private static func isFormat(_ text: String, _ dialect: Dialect) -> Bool {
    dialect.pieces(of: text).contains {
      if case .variable(let variable) = $0 { variable.meaning != nil } else { false }
    }
  }

  /// The members that stand below a key, each with the names above it.
  private static func members(
    below entry: Outline.Entry, in outline: Outline, _ dialect: Dialect
  ) -> [LogFormat.Member] {
    var above: [Outline.Entry] = []
    return outline.entries(below: entry).compactMap { inner in
      above.removeAll { $0.indent >= inner.indent }
      defer { above.append(inner) }
      guard !inner.value.isEmpty, above.count < deepest else { return nil }
      let path = (above.map(\.key) + [inner.key]).joined(separator: ".")
      return LogFormat.Member(path: path, pieces: dialect.pieces(of: inner.value))
    }
  }
}

extension LogFormat.Member {
  var hasVariable: Bool {
    pieces.contains { if case .variable = $0 { true } else { false } }
  }
}
