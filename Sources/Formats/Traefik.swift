/// Traefik writes members of fixed names; its configuration says which it leaves out.
enum Traefik {
  static func formats(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    let lower = text.lowercased()
    guard var dialect = Dialect.all["traefik"],
      let place = lower[...].place(of: "accesslog")
    else { return stated }
    var lines = LineCounter(lower)
    let line = lines.line(of: place)
    let settings = settings(in: text)
    // Envoy and others have a list of that name.
    let own = settings.filter { $0.path.hasPrefix("accesslog.") }
    guard own.isEmpty ? !isLarger(text) : own.contains(where: { isKnown($0.path) }) else {
      return stated
    }
    guard settings.contains(where: { $0.path == "accesslog.format" && $0.value == "json" }) else {
      let error = FormatError(
        "Traefik's access log is in its common format", hint: "It is read without a profile.")
      stated.refuse(error, at: line)
      return stated
    }
    let keepsAll = !settings.contains {
      $0.path == "accesslog.fields.defaultmode" && $0.value == "drop"
    }
    let names = dialect.names.filter { name in
      // Headers are kept by settings of their own.
      guard !name.hasPrefix("request_") else { return false }
      let own = settings.last { $0.path == "accesslog.fields.names.\(name.lowercased())" }?.value
      return own.map { $0 != "drop" } ?? keepsAll
    }
    let headers = settings.filter {
      $0.path.hasPrefix("accesslog.fields.headers.names.") && $0.value == "keep"
    }.map { "request_" + $0.name }
    dialect.add(headers: headers, prefix: "request_")
    let members = (names + headers).sorted().map { name in
      LogFormat.Member(
        path: name,
        pieces: [
          .variable(LogFormat.Variable(written: name, meaning: dialect.meaning(of: name)))
        ])
    }
    stated.add(LogFormat(name: "", dialect: dialect, content: .json(members)), at: line)
    return stated
  }

  /// Whether the first list of that name stands inside of something larger: Traefik's is at the top.
  private static func isLarger(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let setting = line.drop(while: \.isWhitespace)
      return setting.count < line.count && setting.lowercased().hasPrefix("accesslog:")
    }
  }

  /// Whether it is a setting of Traefik's access log.
  private static func isKnown(_ path: String) -> Bool {
    let part = path.split(separator: ".").dropFirst().first ?? ""
    return [
      "filepath", "format", "bufferingsize", "filters", "fields", "addinternals", "otlp",
    ].contains(String(part))
  }

  /// Settings by their paths in lower case, whether they stand in YAML, in TOML or on a command line.
  private static func settings(in text: String) -> [(path: String, name: String, value: String)] {
    var settings: [(path: String, name: String, value: String)] = []
    var above: [(indent: Int, key: String)] = []
    var table = ""
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line.drop(while: \.isWhitespace)
      if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
        table = rest[rest.index(after: rest.startIndex)..<end].lowercased() + "."
        above = []
        continue
      }
      let indent = line.count - rest.count
      if rest.hasPrefix("- ") { rest = rest.dropFirst(2) }
      rest = rest.drop { "-\"'".contains($0) }
      guard let mark = rest.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
      let name = String(rest[..<mark]).trimmed.filter { !"\"'".contains($0) }
      let value = String(rest[rest.index(after: mark)...]).trimmed.filter { !"\"',".contains($0) }
      above.removeAll { $0.indent >= indent }
      let path = table + (above.map(\.key) + [name.lowercased()]).joined(separator: ".")
      if value.isEmpty {
        above.append((indent, name.lowercased()))
      } else {
        settings.append(
          (path, name.split(separator: ".").last.map(String.init) ?? name, value.lowercased()))
      }
    }
    return settings
  }
}
