package import Answers

/// The answer as people read it on a terminal: headings, words and aligned tables.
package struct TableRenderer: Renderer {
  private let terminal: Terminal

  package init(terminal: Terminal = Terminal()) {
    self.terminal = terminal
  }

  package func render(_ answer: Answer, into output: inout Output) {
    var parts: [[String]] = []
    let title = answer.title.isEmpty ? [] : heading(answer.title)
    let head = title + answer.notes.flatMap { wrapped(visible($0.text), to: terminal.width) }
    if !head.isEmpty { parts.append(head) }
    for section in answer.sections {
      if let heading = section.heading { parts.append(self.heading(heading)) }
      parts += section.blocks.map(lines)
    }
    output.write(parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
  }

  private func heading(_ text: String) -> [String] {
    wrapped(visible(text), to: terminal.width).map(terminal.bold)
  }

  private func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let text, _): wrapped(visible(text), to: terminal.width)
    case .bullets(let bullets): bullets.flatMap(lines(of:))
    case .facts(let facts): lines(of: facts)
    case .table(let table): lines(of: table)
    case .chart(let chart): lines(of: chart)
    case .figures(let figures): lines(of: figures.map(\.fact))
    case .verbatim(let text): visibleLines(text)
    }
  }

  private func lines(of bullet: String) -> [String] { lines(of: bullet, after: "•", indent: 2) }

  /// Words behind a bullet or a number, which stands alone at the left.
  private func lines(of words: String, after sign: String, indent: Int) -> [String] {
    let lines = wrapped(visible(words), to: terminal.width.map { max(1, $0 - indent) })
    return lines.enumerated().map { place, line in
      let sign = place == 0 ? sign : ""
      return sign + spaces(indent - displayWidth(sign)) + line
    }
  }

  private func lines(of facts: [Fact]) -> [String] {
    let names = facts.map { visible($0.name) }
    let width = names.map(displayWidth).max() ?? 0
    let room = terminal.width.flatMap { $0 - width - 2 >= 20 ? $0 - width - 2 : nil }
    return zip(names, facts).flatMap { name, fact in
      wrapped(visible(fact.cell.text), to: room).enumerated().map { place, line in
        let name = place == 0 ? name : ""
        return (name.isEmpty ? "" : terminal.bold(name)) + spaces(width + 2 - displayWidth(name))
          + terminal.toned(line, fact.cell.tone)
      }
    }
  }

  private func lines(of table: Table) -> [String] {
    let title = table.title.map(heading) ?? []
    if table.rows.isEmpty { return title + [visible(table.whenEmpty)] }
    let table = terminal.isPlain ? table.withoutTrends : table
    let grid = Grid(table, width: terminal.tableWidth, paint: terminal.toned)
    return title + grid.heading.map(terminal.bold) + (terminal.isPlain ? [] : [grid.rule])
      + grid.rows
  }

  private func lines(of chart: Chart) -> [String] {
    let width = terminal.width
    let summary = chart.summary.isEmpty ? [] : wrapped(visible(chart.summary), to: width)
    let head = (chart.title.isEmpty ? [] : heading(chart.title)) + summary
    let body: [String]
    switch chart.form {
    case .timeline(let timeline):
      let text = TimelineText(timeline, width: width)
      let indent = (text.marks.last?.number.count ?? 0) + 2
      let marks =
        text.marks.flatMap { lines(of: $0.words, after: $0.number, indent: indent) }
        + (text.more.map { [$0] } ?? [])
      let notes = text.notes.isEmpty ? [] : wrapped(text.notes.joined(separator: " "), to: width)
      body =
        terminal.isPlain ? marks : text.lines + notes + (marks.isEmpty ? [] : [""] + marks)
    case .heatMap(let map): body = terminal.isPlain ? [] : HeatMapText(map, width: width).lines
    case .comparison(let comparison):
      let table = comparison.table(width: terminal.tableWidth, hasBars: !terminal.isPlain)
      let hasBars = !comparison.items.isEmpty && table.columns.count > 4
      body = lines(of: table) + (hasBars ? ["", Comparison.key] : [])
    }
    return head + (head.isEmpty || body.isEmpty ? [] : [""]) + body
  }
}
