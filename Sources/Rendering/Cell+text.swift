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
  /// The texts of a row, one for each column.
  func texts(of row: [Cell]) -> [String] {
    columns.indices.map { $0 < row.count ? row[$0].text : Cell(.null).text }
  }
}
