/// Formats in directives: a word, a name, the format.
enum Directives {
  /// NGINX's `log_format NAME [escape=…] 'text' 'more';`, also as Kong's settings hold it:
  /// `nginx_http_log_format = NAME 'text'`.
  static func nginx(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let nginx = Dialect.all["nginx"] else { return stated }
    var lines = LineCounter(text)
    var rest = text[...]
    while let (parsed, start) = directive(in: rest, named: "log_format") {
      let words = parsed.words
      rest = rest[parsed.end...]
      if parsed.isUnclosed {
        stated.refuse(.unclosed.of(words.first ?? "", at: nil), at: lines.line(of: start))
        // The statements behind it are read by themselves.
        rest = text[start...].drop { !$0.isNewline }
        continue
      }
      guard words.count > 1, !words[0].hasPrefix("%") else { continue }
      let parts = words.dropFirst().drop { $0.hasPrefix("escape=") }
      let format = parts.joined()
      guard format.contains("$") else { continue }
      stated.add(words[0], format, nginx, at: lines.line(of: start))
    }
    return stated
  }

  /// The words behind a directive, and where it begins.
  private static func directive(in text: Substring, named name: String)
    -> (words: Words, start: Substring.Index)?
  {
    var from = text.startIndex
    while let place = text.place(of: name, from: from) {
      let after = text.utf8.index(place, offsetBy: name.utf8.count)
      guard isStatement(text, at: place), after < text.endIndex,
        text[after].isWhitespace || text[after] == "="
      else {
        from = after
        continue
      }
      let isSetting = text[after...].first { !$0.isWhitespace } == "="
      var part = text[after...]
      if isSetting {
        part = part.drop { $0.isWhitespace || $0 == "=" }
        part = part.prefix { !$0.isNewline }
      }
      return (Words(part, Words.Style(end: ";")), place)
    }
    return nil
  }

  /// Whether a directive may begin at a place: behind nothing but blanks, another statement's end or the
  /// beginning of a longer name.
  private static func isStatement(_ text: Substring, at place: Substring.Index) -> Bool {
    for byte in text.utf8[..<place].reversed().prefix(longestIndent) {
      switch byte {
      case 0x0A, 0x0D: return true
      case 0x09, 0x20, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        continue
      default: return false
      }
    }
    return true
  }

  /// No more is looked at of what stands before a directive in its line.
  private static let longestIndent = 512

  /// Apache's `LogFormat "text" NAME` and `CustomLog FILE "text"`.
  static func apache(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let apache = Dialect.all["apache"] else { return stated }
    var lines = LineCounter(text)
    for line in text.continuedLines {
      let parsed = Words(line, Words.Style())
      let words = parsed.words
      guard let directive = words.first?.lowercased() else { continue }
      if parsed.isUnclosed, ["logformat", "customlog", "globallog"].contains(directive) {
        stated.refuse(.unclosed, at: lines.line(of: line.startIndex))
      } else if directive == "logformat", words.count > 1, words[1].contains("%") {
        let name = words.count > 2 ? words[2] : ""
        stated.add(name, words[1], apache, at: lines.line(of: line.startIndex))
      } else if ["customlog", "globallog"].contains(directive), words.count > 2,
        words[2].contains("%")
      {
        stated.add("", words[2], apache, at: lines.line(of: line.startIndex))
      }
    }
    return stated
  }

  /// `pattern="…"` of Tomcat's access log valve, which writes Apache's variables.
  static func tomcat(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let apache = Dialect.all["apache"], text[...].place(of: "AccessLogValve") != nil else {
      return stated
    }
    var lines = LineCounter(text)
    var rest = text[...]
    while let place = rest.place(of: "pattern=\"") {
      rest = rest[rest.utf8.index(place, offsetBy: 9)...]
      var pattern = String(rest.prefix { $0 != "\"" })
      for (name, mark) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        pattern = pattern.replacing(name, with: mark)
      }
      let line = lines.line(of: place)
      if let known = Configuration.apacheFormat(named: pattern) {
        stated.add(known, at: line)
      } else if pattern.contains("%") {
        stated.add("", pattern, tomcat(apache), at: line)
      }
    }
    return stated
  }

  /// Tomcat's `%D` is in milliseconds up to 10.0, and `%F` is the time to commit the response.
  private static func tomcat(_ apache: Dialect) -> Dialect { apache.with("D", unit: "ms") }

  /// HAProxy's `log-format "text"`.
  static func haproxy(_ text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let haproxy = Dialect.all["haproxy"] else { return stated }
    var lines = LineCounter(text)
    var section = ""
    for line in text.continuedLines {
      let parsed = Words(line, Words.Style(literal: ["'"], unescapesAll: true))
      let words = parsed.words
      guard let directive = words.first else { continue }
      if ["frontend", "listen", "defaults", "backend"].contains(directive) {
        section = words.count > 1 ? words[1] : directive
      }
      let format = words.dropFirst().joined(separator: " ")
      // GoAccess has names for formats, and a directive of the same name.
      guard directive == "log-format", format.contains("%"),
        Dialect.dialect(of: String(line))?.name != "goaccess"
      else { continue }
      let place = lines.line(of: line.startIndex)
      if parsed.isUnclosed {
        stated.refuse(.unclosed.of(section, at: nil), at: place)
      } else {
        stated.add(section, format, haproxy, at: place)
      }
    }
    return stated
  }
}

extension Substring {
  /// Where a text stands in it, from a place on.
  func place(of text: String, from start: Index? = nil) -> Index? {
    guard let first = text.utf8.first else { return start ?? startIndex }
    var rest = utf8[(start ?? startIndex)...]
    while let place = rest.firstIndex(of: first) {
      if rest[place...].starts(with: text.utf8) { return place }
      rest = rest[rest.index(after: place)...]
    }
    return nil
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let place = rest.place(of: part) {
      result += rest[..<place] + other
      rest = rest[rest.utf8.index(place, offsetBy: part.utf8.count)...]
    }
    return result + rest
  }
}
