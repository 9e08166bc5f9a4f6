/// What help and chapters fit in, however wide the terminal: long lines are hard to read.
package let lineWidth = 80

/// The text's words in lines of at most `limit` characters; a longer word has a line of its own.
package func wrapped(_ text: String, to limit: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > limit {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? word : " \(word)"
  }
  return lines + [line]
}

/// Rows of cells in columns, the header underlined, wrapped to fit a width as far as words can be.
func grid(_ rows: [[String]], width limit: Int) -> [String] {
  let widths = columnWidths(rows, limit: limit)
  var lines: [String] = []
  var isApart = false
  for (place, row) in rows.enumerated() {
    let cells = zip(row, widths).map { wrapped($0, to: $1) }
    let height = cells.map(\.count).max() ?? 0
    // Where more than the last column has several lines, rows are hard to tell apart.
    let isTall = cells.dropLast().contains { $0.count > 1 }
    if place > 1, isTall || isApart { lines.append("") }
    isApart = isTall
    for line in 0..<height { lines.append(joined(cells.map { line < $0.count ? $0[line] : "" })) }
    if place == 0 { lines.append(joined(widths.map { String(repeating: "─", count: $0) })) }
  }
  return lines

  func joined(_ cells: [String]) -> String {
    let line = zip(cells, widths).map { $0 + spaces($1 - $0.count) }.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}

/// What a column of terms is cut down to before the last one, which says what they are, gives way.
private let mostOfTerm = 28

/// As wide as the cells, less where that is too much in all: the widest gives way.
private func columnWidths(_ rows: [[String]], limit: Int) -> [Int] {
  let columns = rows.first?.indices ?? 0..<0
  func widest(_ size: (String) -> Int) -> [Int] {
    columns.map { column in rows.map { column < $0.count ? size($0[column]) : 0 }.max() ?? 0 }
  }
  var widths = widest(\.count)
  let least = widest { $0.split(separator: " ").map(\.count).max() ?? 0 }
  while widths.reduce(0, +) + 2 * max(0, widths.count - 1) > limit {
    let wide = columns.dropLast().filter { widths[$0] > max(least[$0], mostOfTerm) }
    let yielding = wide.isEmpty ? columns.filter { widths[$0] > least[$0] } : wide
    guard let widest = yielding.max(by: { widths[$0] < widths[$1] }) else { break }
    widths[widest] -= 1
  }
  return widths
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
