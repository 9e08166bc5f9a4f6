package import Answers

/// The forms an answer can take.
package enum Format: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, md, html, slack

  /// The format that a file's ending names; nil where it names none.
  package init?(ofFile path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    switch name[dot...].dropFirst().lowercased() {
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "csv": self = .csv
    case "md", "markdown": self = .md
    case "html", "htm": self = .html
    default: return nil
    }
  }

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
