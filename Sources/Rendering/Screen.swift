package import Answers

/// An answer of tables on a screen that is looked at as a whole: never more lines than it has, none
/// longer, the first sections before the last where not all fit.
package struct Screen: Sendable {
  private let columns: Int
  private let rows: Int
  private let terminal: Terminal

  package init(columns: Int, rows: Int, isColored: Bool) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    terminal = Terminal(width: self.columns, isColored: isColored)
  }

  /// - Parameter keys: what the keys do, at the right of the first line.
  package func lines(_ answer: Answer, keys: String = "") -> [String] {
    let head = [title(answer.title, keys)] + notes(answer.notes.map { visible($0.text) })
    let parts = answer.sections.flatMap { section in
      section.blocks.compactMap { block -> Part? in
        if case .table(let table) = block { Part(table, columns, terminal) } else { nil }
      }
    }
    let shares = Screen.shares(of: parts.map(\.needed), room: rows - head.count)
    let body = zip(parts, shares).flatMap { part, share in part.lines(share, terminal) }
    return Array((head + body).prefix(rows))
  }

  private func title(_ title: String, _ keys: String) -> String {
    let title = clipped(visible(title), to: columns)
    let gap = columns - displayWidth(title) - displayWidth(keys)
    return terminal.bold(title) + (gap < 2 ? "" : spaces(gap) + keys)
  }

  /// Notes in a line, or as many as they need.
  private func notes(_ notes: [String]) -> [String] {
    var lines: [String] = []
    for note in notes {
      let longer = lines.last.map { "\($0) · \(note)" } ?? note
      if !lines.isEmpty, displayWidth(longer) <= columns {
        lines[lines.count - 1] = longer
      } else {
        lines += wrapped(note, to: columns).map { clipped($0, to: columns) }
      }
    }
    return lines
  }

  /// A table, and the lines that it would have.
  private struct Part {
    private let heading: String
    private let rows: [String]
    private let columns: Int

    init(_ table: Table, _ columns: Int, _ terminal: Terminal) {
      self.columns = columns
      if table.rows.isEmpty {
        heading = clipped(visible(table.whenEmpty), to: columns)
        rows = []
      } else {
        let grid = Grid(cutting: table, to: columns, paint: terminal.toned)
        heading = grid.heading[0]
        rows = grid.rows
      }
    }

    /// With its heading and the empty line above it.
    var needed: (least: Int, most: Int) { (rows.isEmpty ? 2 : 3, rows.count + 2) }

    /// - Parameter share: so many lines, with the empty one.
    func lines(_ share: Int, _ terminal: Terminal) -> [String] {
      guard share > 1 else { return [] }
      if rows.isEmpty { return ["", heading] }
      let room = share - 2
      let left = rows.count - room
      // The last line says what is missing, where more than that line is.
      let shown =
        left <= 0
        ? rows
        : Array(rows.prefix(max(1, room - 1)))
          + (room > 1 ? [clipped("and \(left + 1) more", to: columns)] : [])
      let width = displayWidth(heading)
      return ["", terminal.reversed(heading + spaces(columns - width))] + shown
    }
  }

  /// How many lines each part has: none of the last ones where not all have their least, and of the
  /// rest equal parts, as far as they are of use.
  static func shares(of needs: [(least: Int, most: Int)], room: Int) -> [Int] {
    var shares = needs.map(\.least)
    while shares.reduce(0, +) > room, let last = shares.lastIndex(where: { $0 > 0 }) {
      shares[last] = 0
    }
    var left = room - shares.reduce(0, +)
    while left > 0 {
      let wanting = needs.indices.filter { shares[$0] > 0 && shares[$0] < needs[$0].most }
      if wanting.isEmpty { break }
      for place in wanting.prefix(left) { shares[place] += 1 }
      left -= min(left, wanting.count)
    }
    return shares
  }
}
