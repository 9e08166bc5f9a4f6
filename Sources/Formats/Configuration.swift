/// A gateway's configuration, or a format alone: what it says of the lines that are written.
package enum Configuration {
  /// The formats that a text states: those of the directives and keys of all gateways that are known,
  /// else the text itself, as a format.
  ///
  /// - Throws: `FormatError` where there is none that can be learnt.
  package static func formats(in text: String) throws(FormatError) -> StatedFormats {
    let found = found(in: text)
    if !found.formats.isEmpty { return found }
    if let refused = found.refused.first { throw refused }
    let alone = text.trimmed
    var stated = StatedFormats()
    if let format = GoAccess.format(named: alone) ?? apacheFormat(named: alone) {
      stated.add(format, at: nil)
      return stated
    }
    guard !alone.contains("\n") || JSONTemplate.isOne(alone),
      let dialect = Dialect.dialect(of: alone)
    else {
      if let included = included(by: text) {
        throw FormatError(
          "no log format was found in it, but it includes \(included)",
          hint: "Name the file that has the format; nginx -T and apachectl -t -D DUMP_CONFIG print "
            + "a configuration with all that it includes.")
      }
      throw FormatError(
        "no log format was found in it",
        hint:
          "errata knows log_format (NGINX, Kong), LogFormat (Apache), pattern (Tomcat), log-format "
          + "(HAProxy, GoAccess), text_format and json_format (Envoy), accessLog (Traefik), format "
          + "(Caddy), or a format alone.")
    }
    stated.add(try format("", alone, dialect), at: nil)
    return stated
  }

  /// What a configuration says to read with it, first.
  private static func included(by text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = Words(line, Words.Style(end: ";")).words
      guard words.count == 2,
        ["include", "includeoptional", "import"].contains(words[0].lowercased()),
        words[1].contains(where: { "./*".contains($0) })
      else { continue }
      return words[1]
    }
    return nil
  }

  /// The formats in the configuration of one gateway: those with the plainest words are tried first.
  private static func found(in text: String) -> StatedFormats {
    let readers = [
      Directives.nginx, Directives.apache, Directives.tomcat, Directives.haproxy, GoAccess.formats,
      KeyedFormats.all, Traefik.formats, Caddy.formats,
    ]
    var refused = StatedFormats()
    for read in readers {
      let found = read(text)
      if !found.formats.isEmpty { return found }
      if refused.isEmpty { refused = found }
    }
    return refused
  }

  /// A format of a dialect: a line of text, or an object.
  static func format(_ name: String, _ text: String, _ dialect: Dialect) throws(FormatError)
    -> LogFormat
  {
    let text = text.trimmed
    // `{{ .Format }}`, `{% if … %}`: what stands there is told by whatever fills the template in.
    if text[...].place(of: "{{") != nil || text[...].place(of: "{% ") != nil {
      throw FormatError(
        "a place holder of a template stands in the format",
        hint: "Learn it from the file that the template makes; nginx -T prints all of NGINX's.")
    }
    let format =
      JSONTemplate.isOne(text)
      ? LogFormat(
        name: name, dialect: dialect,
        content: .json(try JSONTemplate(text, dialect).members))
      : LogFormat(name: name, dialect: dialect, content: .text(dialect.pieces(of: text)))
    guard !format.variables.isEmpty else {
      throw FormatError(
        "the format has no variable", hint: "Each line that it writes is the same.")
    }
    return format
  }

  /// The formats that Apache has names for.
  static func apacheFormat(named name: String) -> LogFormat? {
    let formats = [
      "common": #"%h %l %u %t "%r" %>s %b"#,
      "combined": #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
      "vhost_combined": #"%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i""#,
    ]
    guard let text = formats[name.lowercased()], let apache = Dialect.all["apache"] else {
      return nil
    }
    return try? format(name, text, apache)
  }
}

extension String {
  /// Without blanks and newlines around it.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
