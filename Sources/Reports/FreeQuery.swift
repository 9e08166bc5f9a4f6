package import Answers
internal import Queries
internal import Store

extension Question {
  /// A query's rows: one of `Queries/`, or SQL that the user wrote.
  ///
  /// Parameters named `since_ms`, `until_ms` and `vendor` take the question's; nothing but reading
  /// is allowed.
  package func query(title: String, sql: String) throws -> Answer {
    store.restrictToReading()
    let description = try store.describe(sql)
    let known = parameters()
    if let missing = description.parameters.first(where: { known[$0] == nil }) {
      throw StoreError(
        "the query asks for :\(missing), which is not known",
        hint: "known are :since_ms, :until_ms and :vendor")
    }
    var rows: [[Value]] = []
    try store.rows(sql, known) { row in
      rows.append(
        description.columns.indices.map { column in
          switch row.value(column) {
          case .null: .null
          case .integer(let value): .integer(value)
          case .number(let value): .number(value)
          case .text(let value): .text(value)
          }
        })
    }
    let usesRange = description.parameters.contains { $0.hasSuffix("_ms") }
    return Answer(
      title: title, notes: usesRange ? [note] : [],
      sections: [
        Section(
          .table(
            Table(
              columns: description.columns.enumerated().map { place, name in
                let isNumeric = !rows.isEmpty && rows.allSatisfy { $0[place].isNumberOrNull }
                return Column(name, isNumeric ? .trailing : .leading)
              },
              rows: rows.map { row in
                zip(description.columns, row).map { name, value in cell(value, column: name) }
              }, whenEmpty: "no rows")))
      ],
      value: [
        "columns": .array(description.columns.map { .text($0) }),
        "rows": .array(rows.map { .array($0) }),
      ],
      rows: "rows", header: description.columns)
  }

  /// Times are shown as times; everything else as it is.
  private func cell(_ value: Value, column: String) -> Cell {
    if column.hasSuffix("_ms"), case .integer(let milliseconds) = value,
      milliseconds > 100_000_000_000
    {
      return Cell(value, shown: time(milliseconds).shown)
    }
    if case .integer(let number) = value { return Cell(value, shown: String(number)) }
    return Cell(value)
  }

  /// The questions that can be asked by name.
  package static func queries() -> Answer {
    Answer(
      title: "Queries", notes: ["ask one with: errata query NAME"],
      sections: [
        Section(
          .table(
            Table(
              columns: ["name", "what it says"],
              rows: Query.all.map { [Cell(.text($0.name)), Cell(.text($0.summary))] })))
      ],
      value: [
        "queries": .array(
          Query.all.map { query in
            [
              "name": .text(query.name), "title": .text(query.title),
              "summary": .text(query.summary),
              "parameters": .array(
                query.parameters.map { ["name": .text($0.name), "type": .text($0.type)] }),
              "columns": .array(query.columns.map { .text($0) }), "sql": .text(query.sql),
            ]
          })
      ],
      rows: "queries")
  }
}

extension Value {
  fileprivate var isNumberOrNull: Bool {
    switch self {
    case .null, .integer, .number: true
    default: false
    }
  }
}
