extension Chapter {
  /// The chapter as it is printed: headings at the margin, all else indented.
  package var text: String { text(width: lineWidth) }

  /// - Parameter width: of the longest lines, but for those of code.
  package func text(width: Int) -> String {
    var lines = wrapped("\(title): \(summary)", to: width)
    for block in blocks {
      lines.append("")
      lines += block.lines(width)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Block {
  private static let indent = spaces(2)

  /// As it stands in a terminal.
  fileprivate func lines(_ lineWidth: Int) -> [String] {
    let width = lineWidth - Block.indent.count
    switch self {
    case .heading(let text): return wrapped(plainText(text), to: lineWidth)
    case .paragraph(let text): return indented(wrapped(plainText(text), to: width))
    case .bullets(let items): return indented(items.flatMap { bullet($0, width: width) })
    case .table(let rows): return indented(grid(rows.map { $0.map(plainText) }, width: width))
    case .code(let code, let file):
      return indented((file.map { ["\($0):"] } ?? []) + code.map { Block.indent + $0 })
    }
  }

  private func indented(_ lines: [String]) -> [String] {
    lines.map { line in
      line.allSatisfy { $0 == " " } ? "" : Block.indent + line
    }
  }

  private func bullet(_ text: String, width: Int) -> [String] {
    wrapped(plainText(text), to: width - 2).enumerated().map { ($0 == 0 ? "• " : "  ") + $1 }
  }
}
