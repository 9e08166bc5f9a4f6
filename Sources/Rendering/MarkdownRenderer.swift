package import Answers

/// The answer as GitHub-flavoured Markdown, to be pasted into tickets and chats.
package struct MarkdownRenderer: Renderer {
  package init() {}

  package func render(_ answer: Answer, into output: inout Output) {
    var parts: [[String]] = []
    if !answer.title.isEmpty { parts.append(["# " + markdown(answer.title)]) }
    parts += answer.notes.map { [markdown($0.text)] }
    for section in answer.sections {
      if let heading = section.heading { parts.append(["## " + markdown(heading)]) }
      parts += section.blocks.flatMap(paragraphs)
    }
    output.write(parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
  }

  /// Lines that belong together; an empty line goes between one group and the next.
  private func paragraphs(of block: Block) -> [[String]] {
    switch block {
    case .paragraph(let text, _): [[markdown(text)]]
    case .bullets(let bullets): [bullets.map { "- " + markdown($0) }]
    case .facts(let facts):
      [facts.map { "- **\(markdown($0.name))**: \(markdown($0.cell.text))" }]
    case .table(let table): paragraphs(of: table)
    case .chart(let chart): paragraphs(of: chart)
    case .figures(let figures): paragraphs(of: .facts(figures.map(\.fact)))
    case .verbatim(let text): [fenced(text)]
    }
  }

  private func paragraphs(of table: Table) -> [[String]] {
    let title = table.title.map { [["**\(markdown($0))**"]] } ?? []
    if table.rows.isEmpty { return title + [[markdown(table.whenEmpty)]] }
    let rule = table.columns.map { $0.alignment == .leading ? ":--" : "--:" }
    let rows = table.rows.map { row in line(table.texts(of: row).map { markdown($0) }) }
    return title + [[line(table.columns.map { markdown($0.heading) }), line(rule)] + rows]
  }

  /// Pictures made of characters stand in a fence: there every character is as wide as the next.
  private func paragraphs(of chart: Chart) -> [[String]] {
    let head =
      (chart.title.isEmpty ? [] : [["**\(markdown(chart.title))**"]])
      + (chart.summary.isEmpty ? [] : [[markdown(chart.summary)]])
    switch chart.form {
    case .timeline(let timeline):
      let text = TimelineText(timeline, width: nil)
      let marks = text.marks.map { "\($0.number). " + markdown($0.words) }
      let notes = text.notes.joined(separator: " ")
      return head + [fenced(text.lines.joined(separator: "\n"))]
        + (notes.isEmpty ? [] : [[markdown(notes)]])
        + (marks.isEmpty ? [] : [marks]) + (text.more.map { [[markdown($0)]] } ?? [])
    case .heatMap(let map):
      return head + [fenced(HeatMapText(map, width: nil).lines.joined(separator: "\n"))]
    case .comparison(let comparison):
      let key = comparison.items.isEmpty ? [] : [[markdown(Comparison.key)]]
      return head + paragraphs(of: comparison.table(width: nil)) + key
    }
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// The text in a fence longer than any run of backticks inside.
  private func fenced(_ text: String) -> [String] {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence] + visibleLines(text) + [fence]
  }
}
