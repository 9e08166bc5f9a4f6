/// Rows under named columns, for people.
package struct Table: Sendable, Equatable {
  package var title: String?
  package var columns: [Column]
  /// As many cells a row as there are columns; what is missing counts as null.
  package var rows: [[Cell]]
  /// What is said in place of a table without rows, such as "no bursts".
  package var whenEmpty: String
  /// Whether its rows are what happened one after another.
  package var isSequence = false

  package init(
    _ title: String? = nil, columns: [Column], rows: [[Cell]], keys: [String] = [],
    whenEmpty: String = "nothing"
  ) {
    self.title = title
    self.columns = columns.map { column in
      var column = column
      column.isKey = column.isKey || keys.contains(column.name)
      return column
    }
    self.rows = rows
    self.whenEmpty = whenEmpty
  }
}

/// A column of a table: its name and the side its cells lean to.
package struct Column: Sendable, Equatable {
  package enum Alignment: Sendable { case leading, trailing }

  package var name: String
  package var alignment: Alignment
  /// The unit of its numbers, shown behind the name: "latency (ms)".
  package var unit: String?
  /// Whether it is one of those by which a row is told: they stand in it where others go below.
  package var isKey = false

  package init(_ name: String, _ alignment: Alignment = .leading, unit: String? = nil) {
    self.name = name
    self.alignment = alignment
    self.unit = unit
  }

  package var heading: String { unit.map { "\(name) (\($0))" } ?? name }
}

extension Column: ExpressibleByStringLiteral {
  package init(stringLiteral name: String) { self.init(name) }
}

/// A column with the cell that each row has in it.
package struct TableColumn<Row> {
  let column: Column
  let cell: (Row) -> Cell

  package init(_ column: Column, _ cell: @escaping (Row) -> Cell) {
    self.column = column
    self.cell = cell
  }

  /// The same column of something that has such a row as a part.
  package func of<Whole>(_ part: @escaping (Whole) -> Row) -> TableColumn<Whole> {
    TableColumn<Whole>(column) { cell(part($0)) }
  }
}

extension Table {
  package init<Row>(
    _ title: String? = nil, of rows: [Row], _ columns: [TableColumn<Row>], keys: [String] = [],
    whenEmpty: String = "nothing"
  ) {
    self.init(
      title, columns: columns.map { $0.column },
      rows: rows.map { row in columns.map { $0.cell(row) } }, keys: keys, whenEmpty: whenEmpty)
  }
}

/// A value, and the words people see for it where they are not its own: "3.1 %", "2 h 5 min",
/// "2026-11-20 14:02".
package struct Cell: Sendable, Equatable {
  package var value: Value
  package var shown: String?
  package var tone = Tone.neutral
  /// Counts over time, drawn as a small line beside or in place of words.
  package var trend: [Int64] = []
  /// What it names; nil where no more can be asked about it.
  package var reference: Reference?

  package init(_ value: Value, shown: String? = nil, tone: Tone = .neutral) {
    self.value = value
    self.shown = shown
    self.tone = tone
  }

  package init(trend: [Int64]) {
    value = .array(trend.map { .integer($0) })
    self.trend = trend
  }

  package init(_ text: String?) { self.init(Value(text)) }
  package init(_ integer: Int?) { self.init(Value(integer)) }
  package init(_ integer: Int64?) { self.init(Value(integer)) }

  /// The name of something, where there is one.
  package init(_ name: String?, to reference: (String) -> Reference) {
    self.init(name)
    self.reference = name.map(reference)
  }

  /// The same cell as the name of something.
  package func naming(_ reference: Reference?) -> Cell {
    var cell = self
    cell.reference = reference
    return cell
  }
}

extension Cell: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringInterpolation
{
  package init(nilLiteral: ()) { self.init(Value.null) }
  package init(integerLiteral integer: Int64) { self.init(Value.integer(integer)) }
  package init(stringLiteral text: String) { self.init(Value.text(text)) }
}
