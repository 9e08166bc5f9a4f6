internal import Files

extension Dialect {
  /// A format's text, as variables and what stands between them.
  func pieces(of format: String) -> [LogFormat.Piece] {
    var reader = PieceReader(format, self)
    return reader.pieces()
  }

  /// The dialect in which a format alone is written, by its variables; nil where it has none.
  static func dialect(of format: String) -> Dialect? {
    // From the one with the plainest marks to the one that is left.
    let marks: [(name: String, marks: [String])] = [
      ("envoy", ["%START_TIME", "%REQ(", "%RESP(", "%RESPONSE_CODE", "%PROTOCOL%", "%DURATION%"]),
      ("caddy", ["{request>", "{common_log}", "{resp_headers>", "{ts}"]),
      ("haproxy", ["%ST", "%ci", "%tr", "%[", "%{+", "%TR", "%Ta", "%Tt", "%ft", "%HM"]),
      ("goaccess", ["%^", "%d:%t", "%x", "%d %t", "\"%R\"", "~h{"]),
    ]
    let name =
      marks.first { _, marks in marks.contains { format.contains(text: $0) } }?.name
      ?? (format.contains("%") ? "apache" : format.contains("$") ? "nginx" : nil)
    return name.flatMap { all[$0] }
  }
}

/// Reads a format from left to right.
private struct PieceReader {
  private let format: [Character]
  private let dialect: Dialect
  private var place = 0
  private var made: [LogFormat.Piece] = []
  private var literal = ""
  /// Whether HAProxy writes quotes around every value.
  private var quotesAll = false

  init(_ format: String, _ dialect: Dialect) {
    self.format = Array(format)
    self.dialect = dialect
  }

  mutating func pieces() -> [LogFormat.Piece] {
    while place < format.count {
      let start = place
      if let (written, variable, isQuoted) = variable() {
        add(variable, written, isQuoted: isQuoted)
      } else {
        place = start
        takeLiteral()
      }
    }
    endLiteral()
    return made
  }

  private mutating func endLiteral() {
    if !literal.isEmpty { made.append(.literal(literal)) }
    literal = ""
  }

  private mutating func add(_ variable: String, _ written: String, isQuoted: Bool) {
    var meaning = dialect.meaning(of: variable)
    // What stands behind a value of GoAccess's ends it.
    if dialect.name == "goaccess", peek()?.isWhitespace ?? false { meaning?.hasBlanks = false }
    let quote = isQuoted ? "\"" : ""
    literal += quote + (meaning?.around.before ?? "")
    endLiteral()
    made.append(.variable(LogFormat.Variable(written: written, meaning: meaning)))
    literal = (meaning?.around.after ?? "") + quote
  }

  /// What a variable is called is no longer.
  private static let longest = 1000

  private func peek(_ distance: Int = 0) -> Character? {
    place + distance < format.count ? format[place + distance] : nil
  }

  private mutating func take(
    while isPart: (Character) -> Bool, most: Int = PieceReader.longest
  ) -> String {
    var text = ""
    while text.utf8.count < most, let next = peek(), isPart(next) {
      text.append(next)
      place += 1
    }
    return text
  }

  /// What stands up to a mark, which is passed over; nil where it does not come.
  private mutating func take(upTo mark: Character) -> String? {
    let text = take { $0 != mark }
    guard peek() == mark else { return nil }
    place += 1
    return text
  }

  private mutating func takeLiteral() {
    let next = format[place]
    place += 1
    switch (dialect.name, next, peek()) {
    case ("nginx", "$", "$"?), ("apache", "%", "%"?), ("envoy", "%", "%"?), ("haproxy", "%", "%"?),
      ("goaccess", "%", "%"?):
      place += 1
      literal.append(next)
    case ("goaccess", "\\", "t"?):
      place += 1
      literal.append("\t")
    case ("goaccess", "%", "~"?):
      // Any number of blanks: a layout's blank is that already.
      place += 1
      literal.append(" ")
    case ("goaccess", "~", _):
      literal.append(" ")
    default: literal.append(next)
    }
  }

  /// The variable that begins here: as it is written, and as the dialect's file names it.
  private mutating func variable() -> (written: String, name: String, isQuoted: Bool)? {
    let start = place
    var isQuoted = false
    guard let name = name(&isQuoted), !name.isEmpty else { return nil }
    return (String(format[start..<place]), name, isQuoted)
  }

  private mutating func name(_ isQuoted: inout Bool) -> String? {
    switch dialect.name {
    case "nginx": return nginxName()
    case "apache": return apacheName()
    case "haproxy": return haproxyName(&isQuoted)
    case "envoy": return envoyName()
    case "goaccess": return goaccessName()
    case "caddy": return caddyName()
    default: return nil
    }
  }

  /// `$name`, `${name}`
  private mutating func nginxName() -> String? {
    guard peek() == "$" else { return nil }
    place += 1
    let isBraced = peek() == "{"
    if isBraced { place += 1 }
    let name = take { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    if isBraced {
      guard peek() == "}" else { return nil }
      place += 1
    }
    return name
  }

  /// `%h`, `%>s`, `%{Referer}i`, `%400,501{User-agent}i`, `%^FB`
  private mutating func apacheName() -> String? {
    guard peek() == "%" else { return nil }
    place += 1
    _ = take { $0.isNumber || "!,<>".contains($0) }
    if peek() == "^" {
      place += 1
      return "^" + take { $0.isASCII && $0.isUppercase }
    }
    var inside = ""
    if peek() == "{" {
      place += 1
      guard let text = take(upTo: "}") else { return nil }
      inside = "{\(text)}"
      _ = take { $0 == ">" || $0 == "<" }
    }
    guard let letter = peek(), letter.isASCII, letter.isLetter else { return nil }
    place += 1
    return inside + String(letter)
  }

  /// `%ST`, `%{+Q}r`, `%[capture.req.hdr(0)]`, `%[…]`
  private mutating func haproxyName(_ isQuoted: inout Bool) -> String? {
    guard peek() == "%" else { return nil }
    place += 1
    isQuoted = quotesAll
    if peek() == "{" {
      place += 1
      guard let flags = take(upTo: "}") else { return nil }
      if flags.contains(text: "+Q") { isQuoted = true }
      if flags.contains(text: "-Q") { isQuoted = false }
      if peek() == "o" {
        quotesAll = isQuoted
        place += 1
        _ = take { $0 == " " }
        isQuoted = false
        return haproxyNext(&isQuoted)
      }
    }
    if peek() == "[" {
      place += 1
      var depth = 0
      var text = ""
      while text.utf8.count < PieceReader.longest, let next = peek(), next != "]" || depth > 0 {
        depth += next == "(" ? 1 : next == ")" ? -1 : 0
        text.append(next)
        place += 1
      }
      guard peek() == "]" else { return nil }
      place += 1
      // Converters behind the sample change how it is written, not what it is.
      return "[\(text.split(separator: ",").first.map(String.init) ?? text)]"
    }
    return take { $0.isASCII && $0.isLetter }
  }

  /// The variable behind `%{+Q}o`, which writes nothing itself.
  private mutating func haproxyNext(_ isQuoted: inout Bool) -> String? {
    while let next = peek(), next != "%" {
      literal.append(next)
      place += 1
    }
    return peek() == nil ? nil : haproxyName(&isQuoted)
  }

  /// `%DURATION%`, `%REQ(X?Y):10%`, `%START_TIME(%s.%3f)%`
  private mutating func envoyName() -> String? {
    guard peek() == "%" else { return nil }
    place += 1
    let command = take { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
    guard !command.isEmpty else { return nil }
    var argument = ""
    if peek() == "(" {
      place += 1
      guard let text = take(upTo: ")") else { return nil }
      argument = "(\(text))"
    }
    if peek() == ":" {
      place += 1
      _ = take(while: \.isNumber)
    }
    guard peek() == "%" else { return nil }
    place += 1
    return command + argument
  }

  private mutating func goaccessName() -> String? {
    if peek() == "~", peek(1) == "h", peek(2) == "{" {
      place += 3
      guard let set = take(upTo: "}") else { return nil }
      return "~h{\(set)}"
    }
    guard peek() == "%", let letter = peek(1), letter != "%", letter != "~" else {
      return nil
    }
    place += 2
    return String(letter)
  }

  /// `{request>uri}`
  private mutating func caddyName() -> String? {
    guard peek() == "{" else { return nil }
    place += 1
    guard let name = take(upTo: "}"), name.allSatisfy({ !$0.isWhitespace && $0 != "\"" }) else {
      return nil
    }
    return name
  }
}
