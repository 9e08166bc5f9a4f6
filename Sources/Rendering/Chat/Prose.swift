internal import Answers

/// An answer as lines of running text, for chats: their letters differ in width and their screens are
/// small, so that a table would break. Each row is a line of its own.
struct Prose {
  /// A piece of a line. Nothing in it is hidden, and it has no line breaks.
  struct Run: Equatable {
    var text: String
    var isStrong = false
  }

  enum Sort: Equatable { case title, note, heading, text, code }

  /// Lines that belong together.
  struct Paragraph: Equatable {
    var sort: Sort
    var lines: [[Run]]
  }

  private(set) var paragraphs: [Paragraph] = []
  /// So many rows of a table are told; nil: all.
  private let most: Int?

  init(_ answer: Answer, most: Int? = nil) {
    self.most = most
    if !answer.title.isEmpty { add(.title, [line(answer.title)]) }
    if !answer.notes.isEmpty { add(.note, answer.notes.map { line($0.text) }) }
    for section in answer.sections {
      if let heading = section.heading { add(.heading, [line(heading)]) }
      for block in section.blocks { add(block) }
    }
  }

  private mutating func add(_ sort: Sort, _ lines: [[Run]]) {
    if !lines.isEmpty { paragraphs.append(Paragraph(sort: sort, lines: lines)) }
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .paragraph(let text, _): add(.text, [line(text)])
    case .bullets(let bullets): add(.text, bullets.map { bullet([Run(text: shown($0))]) })
    case .facts(let facts): add(.text, facts.map(fact))
    case .figures(let figures): add(.text, figures.map { fact($0.fact) })
    case .table(let table): add(table)
    case .chart(let chart): add(chart)
    case .verbatim(let text): add(.code, visibleLines(text).map { [Run(text: $0)] })
    }
  }

  private func fact(_ fact: Fact) -> [Run] {
    bullet([Run(text: shown(fact.name), isStrong: true), Run(text: ": " + shown(fact.cell.text))])
  }

  /// A row begins with what it is about; what it has nothing of is left out.
  private mutating func add(_ table: Table) {
    let title = table.title.map { [[Run(text: shown($0), isStrong: true)]] } ?? []
    if table.rows.isEmpty { return add(.text, title + [line(table.whenEmpty)]) }
    let rows = most.map { table.rows.count > $0 + 1 ? $0 : table.rows.count } ?? table.rows.count
    let lines = table.rows.prefix(rows).map { row -> [Run] in
      let texts = table.texts(of: row).map(shown)
      var runs: [Run] = []
      for (column, text) in zip(table.columns, texts) where !text.isEmpty && text != "-" {
        if runs.isEmpty {
          runs.append(Run(text: text, isStrong: table.columns.count > 1))
        } else {
          let name = shown(column.heading)
          runs.append(Run(text: " · " + (name.isEmpty ? text : "\(name): \(text)")))
        }
      }
      return bullet(runs)
    }
    let left = table.rows.count - rows
    add(.text, title + lines + (left > 0 ? [line("and \(left) more")] : []))
  }

  /// What is to be seen in it, and what is marked; a picture made of characters would break.
  private mutating func add(_ chart: Chart) {
    let title = chart.title.isEmpty ? [] : [[Run(text: shown(chart.title), isStrong: true)]]
    add(.text, title + (chart.summary.isEmpty ? [] : [line(chart.summary)]))
    switch chart.form {
    case .timeline(let timeline):
      let text = TimelineText(timeline, width: nil)
      add(
        .text,
        text.marks.map { line("\($0.number). \($0.words)") } + (text.more.map { [line($0)] } ?? []))
    case .comparison(let comparison):
      var table = comparison.table(width: nil)
      // Its bars are as wide as letters that are all as wide as each other.
      table.columns.remove(at: 3)
      for place in table.rows.indices { table.rows[place].remove(at: 3) }
      add(table)
    case .heatMap: break
    }
  }

  private func bullet(_ runs: [Run]) -> [Run] { [Run(text: "• ")] + runs }
  private func line(_ text: String) -> [Run] { [Run(text: shown(text))] }
  private func shown(_ text: String) -> String { visible(onOneLine(text)) }
}

/// So many scalars of a text at most, whatever they look like together.
package func shortened(_ text: String, to most: Int) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > most else { return text }
  return String(String.UnicodeScalarView(scalars.prefix(most - 1))) + "…"
}
