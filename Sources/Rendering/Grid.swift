internal import Answers

/// A table's lines: cells padded to the width of their column, two spaces between columns, none at
/// the end of a line. On a terminal cells are wrapped, and columns for which there is no room stand
/// below their row, with their names.
struct Grid {
  let heading: [String]
  let rule: String
  let rows: [String]
  /// The columns of a terminal that it takes.
  let width: Int

  /// A cell's text, made visible, and the columns it takes: both are asked for again and again.
  private struct Text {
    var text: String
    var width: Int
    var tone = Tone.neutral
    /// Whether it is words, which may be wrapped; a number with its unit or a time stays whole.
    var isWords = false

    init(_ text: String) {
      let isPlain = isPlain(text)
      self.text = isPlain ? text : visible(text)
      width = isPlain ? text.utf8.count : displayWidth(self.text)
    }

    init(_ cell: Cell) {
      self.init(cell.text)
      tone = cell.tone
      if case .text = cell.value { isWords = true }
    }

    /// The least width that breaks no word.
    var least: Int {
      guard isWords else { return width }
      return words(of: text).map { displayWidth($0) }.max() ?? 0
    }

    /// As much of it as fits.
    func cut(to width: Int) -> Text {
      if self.width <= width { return self }
      var text = Text(clipped(self.text, to: width))
      text.tone = tone
      return text
    }

    /// Its lines of at most `width` columns.
    func lines(_ width: Int) -> [Text] {
      if self.width <= width { return [self] }
      return wrapped(text, to: width).flatMap { broken($0, to: width) }.map { line in
        var text = Text(line)
        text.tone = tone
        return text
      }
    }
  }

  /// - Parameter width: of the terminal; nil where there is none.
  init(_ table: Table, width: Int?, paint: (String, Tone) -> String = { text, _ in text }) {
    let width = width.map { max($0, ColumnLayout.leastWidth) }
    var headings = table.columns.map { Text($0.heading) }
    for place in headings.indices { headings[place].isWords = true }
    let texts = table.rows.map { row in
      table.columns.indices.map { Text($0 < row.count ? row[$0] : Cell(.null)) }
    }
    let alignments = table.columns.map(\.alignment)
    let layout = Grid.layout(headings, texts, table.columns, width, trends: table.trends)
    guard !layout.isWhole else {
      heading = [Grid.line(headings, layout.widths, alignments, paint)]
      rule = Grid.rule(layout.widths)
      rows = texts.map { Grid.line($0, layout.widths, alignments, paint) }
      self.width = Grid.sum(layout.widths)
      return
    }
    let cells = ([headings] + texts).map { row in
      layout.beside.map { row[$0].lines(layout.widths[$0]) }
    }
    // What wrapping leaves free at the right of a column is not kept.
    let widths = layout.beside.indices.map { place in
      cells.reduce(0) { $1[place].reduce($0) { max($0, $1.width) } }
    }
    let besideAlignments = layout.beside.map { alignments[$0] }
    let lines = cells.map { row in
      (0..<(row.map(\.count).max() ?? 0)).map { line in
        Grid.line(
          row.map { line < $0.count ? $0[line] : Text("") }, widths, besideAlignments, paint)
      }
    }
    heading = lines[0]
    rule = Grid.rule(widths)
    self.width = Grid.sum(widths)
    rows = zip(texts, lines.dropFirst()).flatMap { row, lines in
      let below = layout.below.map { (name: headings[$0].text, text: row[$0]) }
      return lines + Grid.lines(below: below, width ?? .max, paint)
    }
  }

  /// One line a row: cells are cut where there is no room, and of columns for which there is none those
  /// at the right are left out.
  init(cutting table: Table, to width: Int, paint: (String, Tone) -> String) {
    let headings = table.columns.map { Text($0.heading) }
    let texts = table.rows.map { row in
      table.columns.indices.map { Text($0 < row.count ? row[$0] : Cell(.null)) }
    }
    let alignments = table.columns.map(\.alignment)
    let layout = Grid.layout(headings, texts, table.columns, width, canCut: true)
    let widths = layout.beside.map { layout.widths[$0] }
    func line(_ row: [Text]) -> String {
      Grid.line(
        layout.beside.map { row[$0].cut(to: layout.widths[$0]) }, widths,
        layout.beside.map { alignments[$0] }, paint)
    }
    heading = [line(headings)]
    self.width = width
    rule = ""
    rows = texts.map(line)
  }

  private static func rule(_ widths: [Int]) -> String {
    widths.map { String(repeating: "─", count: $0) }.joined(separator: spaces(ColumnLayout.gap))
  }

  private static func layout(
    _ headings: [Text], _ rows: [[Text]], _ columns: [Column], _ width: Int?,
    canCut: Bool = false, trends: Set<Int> = []
  ) -> ColumnLayout {
    var widths = headings.map(\.width)
    for row in rows {
      for (place, text) in row.enumerated() { widths[place] = max(widths[place], text.width) }
    }
    let needed = sum(widths)
    var needs = widths.map { ColumnLayout.Need(whole: $0, least: $0, isOfWords: false) }
    guard let width, needed > width else { return ColumnLayout(needs, width: nil) }
    for place in needs.indices {
      needs[place].least = rows.reduce(headings[place].least) { max($0, $1[place].least) }
      needs[place].isOfWords =
        columns[place].alignment == .leading && rows.contains { $0[place].isWords }
      needs[place].isKey = columns[place].isKey
      needs[place].isTrend = trends.contains(place)
      if canCut, needs[place].isOfWords { needs[place].least = headings[place].width }
    }
    return ColumnLayout(needs, width: width, leavesOutLast: canCut)
  }

  /// The columns that cells of such widths take beside one another.
  private static func sum(_ widths: [Int]) -> Int {
    widths.reduce(-ColumnLayout.gap) { $0 + $1 + ColumnLayout.gap }
  }

  /// Cells below their row, each behind the name of its column, as many in a line as there is room for;
  /// those that say nothing are left out.
  private static func lines(
    below cells: [(name: String, text: Text)], _ width: Int, _ paint: (String, Tone) -> String
  ) -> [String] {
    let (indent, separator) = (2, " · ")
    var lines: [String] = []
    var used = Int.max
    for cell in cells where !cell.text.text.isEmpty && cell.text.text != Cell(.null).text {
      var named = Text(cell.name.isEmpty ? cell.text.text : "\(cell.name): \(cell.text.text)")
      named.tone = cell.text.tone
      func painted(_ line: Text) -> String {
        line.tone == .neutral ? line.text : paint(line.text, line.tone)
      }
      if used < width, named.width <= width - used - separator.count {
        lines[lines.count - 1] += separator + painted(named)
        used += separator.count + named.width
        continue
      }
      let parts = named.lines(max(1, width - 2 * indent))
      for (place, part) in parts.enumerated() {
        lines.append(spaces(place == 0 ? indent : 2 * indent) + painted(part))
      }
      used = parts.count == 1 ? indent + named.width : .max
    }
    return lines
  }

  private static func line(
    _ texts: [Text], _ widths: [Int], _ alignments: [Column.Alignment],
    _ paint: (String, Tone) -> String
  ) -> String {
    // As bytes: to put a line together as a String costs several times as much.
    var line: [UInt8] = []
    line.reserveCapacity(widths.reduce(0) { $0 + $1 + ColumnLayout.gap })
    var pending = 0
    for (place, text) in texts.enumerated() {
      var cell = text
      let room = max(0, widths[place] - cell.width)
      let isLeading = alignments[place] == .leading
      if !cell.text.isEmpty {
        let space = pending + (isLeading ? 0 : room)
        line.append(contentsOf: repeatElement(0x20, count: space))
        if cell.tone != .neutral { cell.text = paint(cell.text, cell.tone) }
        cell.text.withUTF8 { line.append(contentsOf: $0) }
        pending = ColumnLayout.gap + (isLeading ? room : 0)
      } else {
        pending += widths[place] + ColumnLayout.gap
      }
    }
    return String(decoding: line, as: UTF8.self)
  }
}

func spaces(_ count: Int) -> String {
  String(repeating: " ", count: max(0, count))
}

/// A line without spaces at its end.
func trimmed(_ line: String) -> String {
  let end = line.utf8.lastIndex { $0 != UInt8(ascii: " ") }
  return end.map { String(decoding: line.utf8.prefix(through: $0), as: UTF8.self) } ?? ""
}
