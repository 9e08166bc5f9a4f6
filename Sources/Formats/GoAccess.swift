internal import Files

/// GoAccess's way to say how a log is written: not the writer's own words, but a reader's.
enum GoAccess {
  /// `log-format …` of its settings or its command line.
  static func formats(in text: String) -> StatedFormats {
    var stated = StatedFormats()
    guard let goaccess = Dialect.all["goaccess"] else { return stated }
    var lines = LineCounter(text)
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line.drop(while: \.isWhitespace)
      if let option = rest.place(of: "--log-format") { rest = rest[option...].dropFirst(2) }
      guard rest.hasPrefix("log-format") || rest.hasPrefix("log_format") else { continue }
      rest = rest.dropFirst("log-format".count)
      guard let mark = rest.first, mark.isWhitespace || mark == "=" else { continue }
      let format = unquoted(String(rest.drop { $0.isWhitespace || $0 == "=" }).trimmed)
      let number = lines.line(of: line.startIndex)
      if let known = self.format(named: format) {
        stated.add(known, at: number)
        return stated
      }
      if format.contains("%") {
        guard Dialect.dialect(of: format)?.name == "goaccess" || !format.contains(text: "%ST")
        else {
          continue
        }
        stated.add("", format, goaccess, at: number)
        return stated
      }
      guard !format.isEmpty, format.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
      else { continue }
      var error = FormatError(
        "GoAccess has no format of that name",
        hint: "It has \(names.joined(separator: ", ")).")
      error.name = format
      stated.refuse(error, at: number)
    }
    return stated
  }

  /// A format without the quotes of its settings or of its command line.
  private static func unquoted(_ text: String) -> String {
    guard let quote = text.first, quote == "'" || quote == "\"",
      text.dropFirst().contains(quote), quote == "'" || text.hasSuffix("\"")
    else { return text }
    let inside = text.dropFirst().prefix { $0 != "'" }
    return String(quote == "\"" ? inside.dropLast() : inside)
  }

  /// The formats that it has names for, as its own `settings.c` has them.
  private static let known: [(name: String, text: String)] = [
    ("COMBINED", #"%h %^[%d:%t %^] "%r" %s %b "%R" "%u""#),
    ("VCOMBINED", #"%v:%^ %h %^[%d:%t %^] "%r" %s %b "%R" "%u""#),
    ("COMMON", #"%h %^[%d:%t %^] "%r" %s %b"#),
    ("VCOMMON", #"%v:%^ %h %^[%d:%t %^] "%r" %s %b"#),
    ("W3C", "%d %t %^ %m %U %q %^ %^ %h %u %R %s %^ %^ %L"),
    (
      "CLOUDFRONT",
      "%d %t %^ %b %h %m %v %U %s %R %u %q %^ %C %^ %^ %^ %^ %T %^ %K %k %^ %H %^"
    ),
    ("CLOUDSTORAGE", #""%x","%h",%^,%^,"%m","%U","%s",%^,"%b","%D",%^,"%R","%u""#),
    (
      "AWSELB", #"%^ %dT%t.%^ %^ %h:%^ %^ %^ %T %^ %s %^ %^ %b "%r" "%u" %k %K %^ "%^" "%v""#
    ),
    ("SQUID", "%^ %^ %^ %v %^: %x.%^ %~%L %h %^/%s %b %m %U"),
    ("AWSS3", #"%^ %v [%d:%t %^] %h %^"%r" %s %^ %b %^ %L %^ "%R" "%u""#),
    (
      "CADDY",
      #"{ "ts": "%x.%^", "request": { "client_ip": "%h", "proto": "%H", "method": "%m", "#
        + #""host": "%v", "uri": "%U" }, "duration": "%T", "size": "%b", "status": "%s" }"#
    ),
    ("AWSALB", #"%^ %dT%t.%^ %v %h:%^ %^ %^ %T %^ %s %^ %^ %b "%r" "%u" %k %K %^"#),
    // What it takes for a host and a path are the names of Traefik's router and server.
    ("TRAEFIKCLF", #"%h - %e [%d:%t %^] "%r" %s %b "%R" "%u" %^ "%^" "%^" %Lms"#),
  ]

  private static var names: [String] { known.map(\.name) }

  /// A format by the name that it has for it.
  static func format(named name: String) -> LogFormat? {
    let upper = name.uppercased()
    guard let text = known.first(where: { $0.name == upper })?.text,
      let goaccess = Dialect.all["goaccess"]
    else { return nil }
    return try? Configuration.format(name.lowercased(), text, goaccess)
  }
}
