package import Answers
internal import Files
internal import Times

/// The answer's rows as RFC 4180 has them, under a header, safe to open in a spreadsheet.
///
/// Lines end in LF: every reader takes it, and a CR would be a control character in the output and
/// stick to the last field in `cut` and `awk`. Text stands there exactly as it is, but for the `'`
/// before what a spreadsheet might run; only on a terminal are control characters made visible.
package struct CSVRenderer: Renderer {
  private let showsControls: Bool

  package init(terminal: Terminal = Terminal()) {
    showsControls = terminal.width != nil
  }

  package func render(_ answer: Answer, into output: inout Output) {
    let records = answer.records
    let names = records.names.isEmpty && !records.rows.isEmpty ? ["value"] : records.names
    if names.isEmpty { return }
    writeLine(names.map { Value.text($0) }, into: &output)
    for row in records.rows {
      guard case .object(let object) = row else {
        writeLine([row], into: &output)
        continue
      }
      writeLine(names.map { object[$0] ?? .null }, into: &output)
    }
  }

  func writeLine(_ values: [Value], into output: inout Output) {
    for (place, value) in values.enumerated() {
      if place > 0 { output.write(",") }
      output.write(field(value))
    }
    output.line()
  }

  private func field(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .bool(let truth): truth ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): numberText(number) ?? ""
    case .time(let milliseconds): field(formatTime(milliseconds))
    case .text(let text): field(text)
    case .json, .array, .object: field(compactJSON(value))
    }
  }

  private func field(_ text: String) -> String {
    let body = showsControls ? visibleLines(text).joined(separator: "\n") : text
    let shown = (isFormula(text) ? "'" : "") + body
    let plain = shown.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 >= 0x20 }
    let isBare = plain && !shown.isEmpty && shown.utf8.first != 0x20 && shown.utf8.last != 0x20
    return isBare ? shown : "\"\(doublingQuotes(shown))\""
  }

  /// Whether a spreadsheet might run the text: quoting does not defuse it, a leading `'` does.
  /// https://owasp.org/www-community/attacks/CSV_Injection
  private func isFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
    default: false
    }
  }

  private func doublingQuotes(_ text: String) -> String {
    var doubled = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { doubled.unicodeScalars.append("\"") }
      doubled.unicodeScalars.append(scalar)
    }
    return doubled
  }
}
