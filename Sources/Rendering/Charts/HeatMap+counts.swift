internal import Answers

extension HeatMap {
  /// Nil also where a row is too short.
  func count(_ row: Int, _ column: Int) -> Int64? {
    guard row < counts.count, column < counts[row].count else { return nil }
    return counts[row][column].map { max(0, $0) }
  }

  private var places: [(row: Int, column: Int)] {
    rows.indices.flatMap { row in columns.indices.map { (row, $0) } }
  }

  var most: Int64 { places.compactMap { count($0.row, $0.column) }.max() ?? 0 }

  var hasUnknown: Bool { places.contains { count($0.row, $0.column) == nil } }

  var table: Table {
    Table(
      columns: [""] + columns.map { Column($0, .trailing) },
      rows: rows.indices.map { row in
        [Cell(rows[row])]
          + columns.indices.map { Cell(count(row, $0)) }
      })
  }
}
