/// Formats in directives: a word, a name, the format.
enum Directives {
  /// NGINX's `log_format NAME [escape=…] 'text' 'more';`, also as Kong's settings hold it:
  /// `nginx_http_log_format = NAME 'text'`.
  static func nginx(_ text: String) throws(FormatError) -> [LogFormat] {
    guard let nginx = Dialect.all["nginx"] else { return [] }
    var formats: [LogFormat] = []
    var rest = text[...]
    while let (words, end) = directive(in: rest, named: "log_format") {
      rest = rest[end...]
      guard words.count > 1, !words[0].hasPrefix("%") else { continue }
      let parts = words.dropFirst().drop { $0.hasPrefix("escape=") }
      let format = parts.joined()
      guard format.contains("$") else { continue }
      formats.append(try Configuration.format(words[0], format, nginx))
    }
    return formats
  }

  /// The words behind a directive, and where it ends.
  private static func directive(in text: Substring, named name: String)
    -> (words: [String], end: Substring.Index)?
  {
    var from = text.startIndex
    while let place = text.place(of: name, from: from) {
      let after = text.index(place, offsetBy: name.count)
      let line = text[..<place].lastIndex(where: \.isNewline).map { text.index(after: $0) }
      let before = text[(line ?? text.startIndex)..<place]
      // Behind nothing but blanks, another statement's end or the beginning of a longer name.
      let isStatement =
        !before.contains("#")
        && before.allSatisfy { $0.isWhitespace || $0.isLetter || "_-;{}".contains($0) }
      guard isStatement, after < text.endIndex, text[after].isWhitespace || text[after] == "="
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
      let words = Words(part, Words.Style(end: ";"))
      return (words.words, text.index(part.startIndex, offsetBy: words.count))
    }
    return nil
  }

  /// Apache's `LogFormat "text" NAME` and `CustomLog FILE "text"`.
  static func apache(_ text: String) throws(FormatError) -> [LogFormat] {
    guard let apache = Dialect.all["apache"] else { return [] }
    var formats: [LogFormat] = []
    for line in text.continuedLines {
      let words = Words(line, Words.Style()).words
      guard let directive = words.first?.lowercased() else { continue }
      if directive == "logformat", words.count > 1, words[1].contains("%") {
        formats.append(
          try Configuration.format(words.count > 2 ? words[2] : "", words[1], apache))
      } else if ["customlog", "globallog"].contains(directive), words.count > 2,
        words[2].contains("%")
      {
        formats.append(try Configuration.format("", words[2], apache))
      }
    }
    return formats
  }

  /// `pattern="…"` of Tomcat's access log valve, which writes Apache's variables.
  static func tomcat(_ text: String) throws(FormatError) -> [LogFormat] {
    guard let apache = Dialect.all["apache"], text.contains("AccessLogValve") else { return [] }
    var formats: [LogFormat] = []
    var rest = text[...]
    while let place = rest.place(of: "pattern=\"") {
      rest = rest[rest.index(place, offsetBy: 9)...]
      var pattern = String(rest.prefix { $0 != "\"" })
      for (name, mark) in [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        pattern = pattern.replacing(name, with: mark)
      }
      if let known = Configuration.apacheFormat(named: pattern) {
        formats.append(known)
      } else if pattern.contains("%") {
        formats.append(try Configuration.format("", pattern, tomcat(apache)))
      }
    }
    return formats
  }

  /// Tomcat's `%D` is in milliseconds up to 10.0, and `%F` is the time to commit the response.
  private static func tomcat(_ apache: Dialect) -> Dialect { apache.with("D", unit: "ms") }

  /// HAProxy's `log-format "text"`.
  static func haproxy(_ text: String) throws(FormatError) -> [LogFormat] {
    guard let haproxy = Dialect.all["haproxy"] else { return [] }
    var formats: [LogFormat] = []
    var section = ""
    for line in text.continuedLines {
      let words = Words(line, Words.Style(literal: ["'"], unescapesAll: true)).words
      guard let directive = words.first else { continue }
      if ["frontend", "listen", "defaults", "backend"].contains(directive) {
        section = words.count > 1 ? words[1] : directive
      }
      guard directive == "log-format", words.count > 1,
        Dialect.dialect(of: String(line))?.name != "goaccess"
      else { continue }
      let format = words.dropFirst().joined(separator: " ")
      formats.append(try Configuration.format(section, format, haproxy))
    }
    return formats
  }
}

extension Substring {
  /// Where a text stands in it, from a place on.
  func place(of text: String, from start: Index? = nil) -> Index? {
    var place = start ?? startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place }
      place = index(after: place)
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
      rest = rest[rest.index(place, offsetBy: part.count)...]
    }
    return result + rest
  }
}
