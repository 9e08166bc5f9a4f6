package import Answers

/// Rows that are too many to be held, written as they come.
package struct RowStream {
  package enum Format: String, CaseIterable, Sendable { case ndjson, csv }

  private let format: Format
  private let names: [String]
  /// Whether what is JSON is written as a text, so that each column has one type.
  private let isFlat: Bool
  private let csv = CSVRenderer()

  package init(_ format: Format, names: [String], isFlat: Bool) {
    self.format = format
    self.names = names
    self.isFlat = isFlat
  }

  /// What stands above the first row.
  package func begin(_ output: inout Output) {
    if format == .csv { csv.writeLine(names.map { .text($0) }, into: &output) }
  }

  /// A row: a value for each name.
  package func write(_ row: [Value], into output: inout Output) {
    switch format {
    case .csv: csv.writeLine(row, into: &output)
    case .ndjson:
      var object = Object()
      for (name, value) in zip(names, row) { object[name] = flat(value) }
      JSONText(isIndented: false).write(.object(object), into: &output)
      output.line()
    }
  }

  private func flat(_ value: Value) -> Value {
    if isFlat, case .json(let text) = value { .text(text) } else { value }
  }
}
