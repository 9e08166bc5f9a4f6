package import Answers

/// The answer as people read it on a terminal: headings, words and aligned tables.
package struct TableRenderer: Renderer {
  private let terminal: Terminal

  package init(terminal: Terminal = Terminal()) {
    self.terminal = terminal
  }

  package func render(_ answer: Answer, into output: inout Output) {
    var parts: [[String]] = []
    let title = answer.title.isEmpty ? [] : [bold(visible(answer.title))]
    let head = title + answer.notes.flatMap { wrapped(visible($0), to: terminal.width) }
    if !head.isEmpty { parts.append(head) }
    for section in answer.sections {
      if let heading = section.heading { parts.append([bold(visible(heading))]) }
      parts += section.blocks.map(lines)
    }
    output.write(parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
  }

  private func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let text): wrapped(visible(text), to: terminal.width)
    case .bullets(let bullets): bullets.flatMap(lines(of:))
    case .facts(let facts): lines(of: facts)
    case .table(let table): lines(of: table)
    case .chart(let chart): wrapped(visible(chart.summary), to: terminal.width)
    case .figures(let figures): lines(of: figures.map(\.fact))
    case .verbatim(let text): visibleLines(text)
    }
  }

  private func lines(of bullet: String) -> [String] {
    let lines = wrapped(visible(bullet), to: terminal.width.map { max(1, $0 - 2) })
    return lines.enumerated().map { ($0 == 0 ? "• " : "  ") + $1 }
  }

  private func lines(of facts: [Fact]) -> [String] {
    let names = facts.map { visible($0.name) }
    let width = names.map(displayWidth).max() ?? 0
    return zip(names, facts).map { name, fact in
      bold(name) + spaces(width + 2 - displayWidth(name)) + visible(fact.cell.text)
    }
  }

  private func lines(of table: Table) -> [String] {
    let title = table.title.map { [bold(visible($0))] } ?? []
    if table.rows.isEmpty { return title + [visible(table.whenEmpty)] }
    let grid = Grid(table, width: terminal.width)
    return title + [bold(grid.heading), grid.rule] + grid.rows
  }

  private func bold(_ text: String) -> String {
    terminal.isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
}
