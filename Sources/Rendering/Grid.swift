internal import Answers

/// A table's lines: cells padded to the width of their column, two spaces between columns, none at
/// the end of a line.
struct Grid {
  let heading: String
  let rule: String
  let rows: [String]

  /// With a width, the last column of text gives up what does not fit.
  init(_ table: Table, width: Int?) {
    let headings = table.columns.map { visible($0.heading) }
    let texts = table.rows.map { row in table.texts(of: row).map { visible($0) } }
    var widths = headings.map(displayWidth)
    for row in texts {
      for (place, text) in row.enumerated() {
        widths[place] = max(widths[place], displayWidth(text))
      }
    }
    let needed = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
    if let width, needed > width,
      let last = table.columns.lastIndex(where: { $0.alignment == .leading })
    {
      let least = min(widths[last], max(displayWidth(headings[last]), 8))
      widths[last] = max(least, widths[last] - (needed - width))
    }
    let alignments = table.columns.map(\.alignment)
    heading = Grid.line(headings, widths, alignments)
    rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    rows = texts.map { Grid.line($0, widths, alignments) }
  }

  private static func line(
    _ texts: [String], _ widths: [Int], _ alignments: [Column.Alignment]
  ) -> String {
    var line = ""
    var pending = 0
    for (place, text) in texts.enumerated() {
      let cell = clipped(text, to: widths[place])
      let room = widths[place] - displayWidth(cell)
      let isLeading = alignments[place] == .leading
      line += spaces(pending + (isLeading ? 0 : room)) + cell
      pending = 2 + (isLeading ? room : 0)
    }
    return line
  }
}

func spaces(_ count: Int) -> String {
  String(repeating: " ", count: max(0, count))
}
