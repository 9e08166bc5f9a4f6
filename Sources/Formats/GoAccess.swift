/// GoAccess's way to say how a log is written: not the writer's own words, but a reader's.
enum GoAccess {
  /// `log-format …` of its settings or its command line.
  static func formats(in text: String) throws(FormatError) -> [LogFormat] {
    guard let goaccess = Dialect.all["goaccess"] else { return [] }
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line.drop(while: \.isWhitespace)
      if let option = rest.place(of: "--log-format") { rest = rest[option...].dropFirst(2) }
      guard rest.hasPrefix("log-format") || rest.hasPrefix("log_format") else { continue }
      rest = rest.dropFirst("log-format".count).drop { $0.isWhitespace || $0 == "=" }
      var format = String(rest).trimmed
      if let quote = format.first, quote == "'" || quote == "\"",
        format.dropFirst().contains(quote),
        quote == "'" || format.hasSuffix("\"")
      {
        format = String(format.dropFirst().prefix { $0 != "'" })
        if quote == "\"" { format = String(format.dropLast()) }
      }
      if let known = self.format(named: format) { return [known] }
      guard format.contains("%"),
        Dialect.dialect(of: format)?.name == "goaccess"
          || !format.contains("%ST")
      else { continue }
      return [try Configuration.format("", format, goaccess)]
    }
    return []
  }

  /// The formats that it has names for.
  static func format(named name: String) -> LogFormat? {
    let formats = [
      "COMBINED": #"%h %^[%d:%t %^] "%r" %s %b "%R" "%u""#,
      "VCOMBINED": #"%v:%^ %h %^[%d:%t %^] "%r" %s %b "%R" "%u""#,
      "COMMON": #"%h %^[%d:%t %^] "%r" %s %b"#,
      "VCOMMON": #"%v:%^ %h %^[%d:%t %^] "%r" %s %b"#,
      "W3C": "%d %t %h %^ %^ %^ %^ %r %^ %s %b %^ %^ %u %R",
      "SQUID": "%^ %^ %^ %v %^: %x.%^ %~%L %h %^/%s %b %m %U",
      "CLOUDSTORAGE": #""%x","%h",%^,%^,"%m","%U","%s",%^,"%b","%D",%^,"%R","%u""#,
      "AWSELB": #"%^ %dT%t.%^ %^ %h:%^ %^ %^ %T %^ %s %^ %^ %b "%r" "%u""#,
      "AWSS3": #"%^ %v [%d:%t %^] %h %^"%r" %s %^ %b %^ %L %^ "%R" "%u""#,
      "TRAEFIKCLF": #"%h - %e [%d:%t %^] "%r" %s %b "%R" "%u" %^ "%v" "%U" %Lms"#,
    ]
    guard let text = formats[name.uppercased()], let goaccess = Dialect.all["goaccess"] else {
      return nil
    }
    return try? Configuration.format(name.lowercased(), text, goaccess)
  }
}
