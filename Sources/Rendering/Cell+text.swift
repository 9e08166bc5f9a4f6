internal import Answers
internal import Files
internal import Times

extension Cell {
  /// What people see: not yet made visible, nor escaped for a format.
  var text: String {
    if trend.isEmpty { return shown ?? value.text }
    return [words, sparkline(trend)].compactMap { $0 }.joined(separator: " ")
  }

  /// The same without the trend; nil where there is nothing but one.
  var words: String? {
    if trend.isEmpty { return text }
    if case .array = value { return shown }
    return shown ?? value.text
  }
}

extension Figure {
  /// As a line of words.
  var fact: Fact {
    Fact(name, Cell(.text(note.map { "\(text) (\($0))" } ?? text), shown: nil, tone: tone))
  }
}

extension Value {
  fileprivate var text: String {
    switch self {
    case .null: "-"
    case .bool(let truth): truth ? "yes" : "no"
    case .integer(let integer): grouped(integer)
    case .number(let number): numberText(number) ?? "-"
    case .text(let text): text
    case .time(let milliseconds): formatTime(milliseconds)
    case .json, .array, .object: compactJSON(self)
    }
  }
}

extension Table {
  /// The columns in which there is anything drawn.
  var trends: Set<Int> {
    Set(
      columns.indices.filter { column in
        rows.contains { column < $0.count && !$0[column].trend.isEmpty }
      })
  }

  /// The same in words and numbers alone; a column of nothing but trends is left out.
  var withoutTrends: Table {
    var table = self
    for place in table.rows.indices {
      for column in table.rows[place].indices where !table.rows[place][column].trend.isEmpty {
        let words = table.rows[place][column].words
        table.rows[place][column] = Cell(words.map { .text($0) } ?? .null)
      }
    }
    let bare = trends.filter { column in
      rows.allSatisfy { column >= $0.count || $0[column].words == nil }
    }
    for column in bare.sorted(by: >) {
      table.columns.remove(at: column)
      for place in table.rows.indices where column < table.rows[place].count {
        table.rows[place].remove(at: column)
      }
    }
    return table
  }

  /// The texts of a row, one for each column.
  func texts(of row: [Cell]) -> [String] {
    columns.indices.map { $0 < row.count ? row[$0].text : Cell(.null).text }
  }
}
