package import Answers

/// The forms an answer can take.
package enum Format: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, md

  /// What writes this format; only a table heeds the terminal.
  package func renderer(for terminal: Terminal = Terminal()) -> any Renderer {
    switch self {
    case .table: TableRenderer(terminal: terminal)
    case .json: JSONRenderer()
    case .ndjson: NDJSONRenderer()
    case .csv: CSVRenderer()
    case .md: MarkdownRenderer()
    }
  }
}

/// Writes answers in one format.
package protocol Renderer: Sendable {
  func render(_ answer: Answer, into output: inout Output)
}
