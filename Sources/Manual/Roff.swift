/// A page in the language of man(7), for `man`.
package struct Roff {
  package private(set) var text = ""

  package init() {}

  package mutating func request(_ name: String, _ arguments: String...) {
    let quoted = arguments.map { " \"\(Roff.escaped($0, inQuotes: true))\"" }
    text += ".\(name)\(quoted.joined())\n"
  }

  /// From here on no line is stretched, and no name of an option or field torn apart.
  package mutating func alignLeft() { text += ".nh\n.ad l\n" }

  package mutating func section(_ heading: String) { request("SH", heading) }

  package mutating func text(_ words: some StringProtocol) {
    line(Roff.escaped(String(words)))
  }

  /// A term whose meaning follows; in roff, as `bold` and `italic` make it.
  package mutating func item(_ term: String) {
    request("TP")
    line(term)
  }

  /// An item of a list, in roff.
  package mutating func bullet(_ roff: String) {
    text += ".IP \\(bu 2\n"
    line(roff)
  }

  /// A line of text: at its start a point or an apostrophe would make it a request.
  package mutating func line(_ roff: String) {
    text += (roff.hasPrefix(".") || roff.hasPrefix("'") ? "\\&" : "") + roff + "\n"
  }

  /// Lines as they are.
  package mutating func verbatim(_ lines: [String]) {
    request("PP")
    request("nf")
    lines.forEach { line(Roff.escaped($0)) }
    request("fi")
  }

  package static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
  package static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// Text of which no character means anything, or turns into another.
  package static func escaped(_ text: String, inQuotes: Bool = false) -> String {
    var roff = ""
    for character in text {
      switch character {
      case "\\": roff += "\\e"
      case "-": roff += "\\-"
      case "\"" where inQuotes: roff += "\\(dq"
      case "'": roff += "\\(aq"
      case "`": roff += "\\(ga"
      case "^": roff += "\\(ha"
      case "~": roff += "\\(ti"
      case "\n": roff += " "
      default: roff.append(character)
      }
    }
    return roff
  }
}
