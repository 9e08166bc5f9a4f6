internal import Answers

/// A table's lines: cells padded to the width of their column, two spaces between columns, none at
/// the end of a line.
struct Grid {
  let heading: String
  let rule: String
  let rows: [String]

  /// A cell's text, made visible, and the columns it takes: both are asked for again and again.
  private struct Text {
    var text: String
    var width: Int

    init(_ text: String) {
      let isPlain = isPlain(text)
      self.text = isPlain ? text : visible(text)
      width = isPlain ? text.utf8.count : displayWidth(self.text)
    }

    init(_ cell: Cell) {
      self.init(cell.text)
      tone = cell.tone
    }

    var tone = Tone.neutral

    func clipped(to width: Int) -> Text {
      var text = Text(Rendering.clipped(text, to: width))
      text.tone = tone
      return text
    }
  }

  /// With a width, the last column of words gives up what does not fit.
  init(_ table: Table, width: Int?, paint: (String, Tone) -> String = { text, _ in text }) {
    let headings = table.columns.map { Text($0.heading) }
    let texts = table.rows.map { row in
      table.columns.indices.map { Text($0 < row.count ? row[$0] : Cell(.null)) }
    }
    var widths = headings.map(\.width)
    for row in texts {
      for (place, text) in row.enumerated() { widths[place] = max(widths[place], text.width) }
    }
    let needed = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
    if let width, needed > width,
      let last = table.columns.indices.last(where: { place in
        table.columns[place].alignment == .leading
          && !table.rows.contains { place < $0.count && !$0[place].trend.isEmpty }
      })
    {
      let least = min(widths[last], max(headings[last].width, 8))
      widths[last] = max(least, widths[last] - (needed - width))
    }
    let alignments = table.columns.map(\.alignment)
    heading = Grid.line(headings, widths, alignments, paint)
    rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    rows = texts.map { Grid.line($0, widths, alignments, paint) }
  }

  private static func line(
    _ texts: [Text], _ widths: [Int], _ alignments: [Column.Alignment],
    _ paint: (String, Tone) -> String
  ) -> String {
    // As bytes: to put a line together as a String costs several times as much.
    var line: [UInt8] = []
    line.reserveCapacity(widths.reduce(0) { $0 + $1 + 2 })
    var pending = 0
    for (place, text) in texts.enumerated() {
      var cell = text.width <= widths[place] ? text : text.clipped(to: widths[place])
      let room = widths[place] - cell.width
      let isLeading = alignments[place] == .leading
      let space = pending + (isLeading ? 0 : room)
      line.append(contentsOf: repeatElement(0x20, count: max(0, space)))
      if cell.tone != .neutral { cell.text = paint(cell.text, cell.tone) }
      cell.text.withUTF8 { line.append(contentsOf: $0) }
      pending = 2 + (isLeading ? room : 0)
    }
    return String(decoding: line, as: UTF8.self)
  }
}

func spaces(_ count: Int) -> String {
  String(repeating: " ", count: max(0, count))
}

/// A line without spaces at its end.
func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
