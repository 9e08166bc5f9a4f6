package import Answers

/// The forms an answer can take.
package enum Format: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, md, html, slack

  /// What writes this format; a table heeds the width of the terminal, CSV that it is one.
  package func renderer(for terminal: Terminal = Terminal()) -> any Renderer {
    switch self {
    case .table: TableRenderer(terminal: terminal)
    case .json: JSONRenderer()
    case .ndjson: NDJSONRenderer()
    case .csv: CSVRenderer(terminal: terminal)
    case .md: MarkdownRenderer()
    case .html: HTMLRenderer()
    case .slack: SlackRenderer()
    }
  }
}

/// Writes answers in one format.
package protocol Renderer: Sendable {
  func render(_ answer: Answer, into output: inout Output)
}
