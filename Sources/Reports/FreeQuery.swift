package import Answers
internal import Files
package import Queries
package import Questions

/// An answer is held in memory before it is shown: so many bytes of it at most.
private let mostBytes = 256 << 20
/// What a row takes beside its values.
private let bytesOfRow = 64

private func bytes(of value: Value) -> Int {
  guard case .text(let text) = value else { return MemoryLayout<Value>.stride }
  return MemoryLayout<Value>.stride + text.utf8.count
}

extension Value {
  fileprivate init(_ value: QueryValue) {
    self =
      switch value {
      case .null: .null
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      case .text(let value): .text(value)
      }
  }
}

extension Question {
  /// A query's rows: one of `Queries/`, or SQL that the user wrote.
  ///
  /// Parameters named `since_ms`, `until_ms` and `vendor` take the question's; nothing but reading
  /// is allowed, for so many `seconds`, and an answer has its limit as well.
  package func query(title: String, sql: String, seconds: Double = 300) throws -> Answer {
    try query(Query(file: title, text: sql), of: .user, title: title, seconds: seconds)
  }

  /// The same, of one of `Queries/`.
  package func query(_ query: Query) throws -> Answer {
    try self.query(query, of: .errata, title: query.title, seconds: 300)
  }

  /// The names of the parameters that SQL asks for. From then on nothing but reading is allowed.
  package func parameters(of sql: String, by author: QueryAuthor) throws -> [String] {
    archive.restrictToReading(seconds: 300)
    return try archive.describe(sql, of: author).parameters
  }

  private func query(
    _ query: Query, of author: QueryAuthor, title: String, seconds: Double
  ) throws -> Answer {
    let sql = query.sql
    archive.restrictToReading(seconds: seconds)
    let description = try archive.describe(sql, of: author)
    let known = parameters(range)
    if vendors.count > 1, description.parameters.contains("vendor") {
      throw QuestionError(
        "the query asks for one vendor, and \(vendors.count) were named", hint: .chooseVendor)
    }
    if description.parameters.contains("") {
      throw QuestionError("a query's parameters have names: :since_ms, :until_ms and :vendor")
    }
    if let missing = description.parameters.first(where: { known[$0] == nil }) {
      throw QuestionError(
        "the query asks for :\(missing), which is not known",
        hint: "known are :since_ms, :until_ms and :vendor")
    }
    var rows: [[Value]] = []
    var size = 0
    func each(_ body: ([Value]) throws -> Void) throws {
      try archive.run(sql, of: author, known) { row in
        try body(description.columns.indices.map { Value(row.value($0)) })
      }
    }
    if var fold = Fold(query, columns: description.columns) {
      try each { try fold.add($0) }
      if fold.isOnlyCounts,
        var largest = Fold(query, columns: description.columns, only: fold.largest)
      {
        try each { try largest.add($0) }
        fold = largest
      }
      rows = fold.rows
    } else {
      try each { values in
        size += bytesOfRow + values.reduce(0) { $0 + bytes(of: $1) }
        rows.append(values)
        if size > mostBytes {
          throw QuestionError(
            "the query's answer is too large: it has more than \(rows.count) rows",
            hint: "narrow it by time or vendor, or give it a LIMIT")
        }
      }
    }
    let usesRange = description.parameters.contains { $0.hasSuffix("_ms") }
    let answer = Answer(
      title: title, notes: usesRange ? [note] : [],
      sections: forPeople {
        [
          Section(
            .table(
              Table(
                columns: description.columns.enumerated().map { place, name in
                  Column(name, isNumeric(rows, place, name) ? .trailing : .leading)
                },
                rows: rows.map { row in
                  zip(row, description.columns).map { cell($0, column: $1) }
                }, whenEmpty: "no rows")))
        ]
      },
      value: forPrograms {
        QueryAnswer(columns: description.columns, rows: rows).value
      },
      rows: "rows", header: description.columns)
    let ground = sql.lowercased().contains(text: "events") ? Ground.events : .counts
    return try honest(answer, from: ground, since: usesRange ? nil : .min)
  }

  /// Times are shown as times; everything else as it is.
  private func cell(_ value: Value, column: String) -> Cell {
    guard case .integer(let number) = value else { return Cell(value) }
    return isTime(number, column)
      ? Cell(value, shown: time(number).shown) : Cell(value, shown: String(number))
  }

  /// Lengths of time end in `_ms` as well, but none takes years.
  private func isTime(_ number: Int64, _ column: String) -> Bool {
    column.hasSuffix("_ms") && number > 100_000_000_000
  }

  /// Whether a column holds numbers, and nothing but numbers.
  private func isNumeric(_ rows: [[Value]], _ place: Int, _ column: String) -> Bool {
    var isAny = false
    for row in rows where row[place] != .null {
      isAny = true
      switch row[place] {
      case .integer(let number) where !isTime(number, column): continue
      case .number: continue
      default: return false
      }
    }
    return isAny
  }

  /// The questions that can be asked by name.
  package static func queries(_ all: [Query] = Query.all) -> Answer {
    let fields = Query.fields
    return Answer(
      title: "Queries",
      sections: [
        Section(
          .table(
            Table(
              of: all,
              [fields.column("name"), fields.column("summary", as: "what it says")])))
      ],
      value: QueryList(queries: all).value, rows: "queries", header: fields.names)
  }
}

/// What `query` answers.
struct QueryAnswer: Described {
  var columns: [String]
  var rows: [[Value]]

  static let fields: Fields<QueryAnswer> = [
    Field("columns", "the names of a row's values") { $0.columns },
    Field("rows", "the rows, each a list of values in the columns' order") { $0.rows },
  ]
}

/// What `queries` answers.
struct QueryList: Described {
  var queries: [Query]

  static let fields: Fields<QueryList> = [
    Field("queries", "the questions that can be asked by name") { $0.queries }
  ]
}

extension Query: Described {
  package static let fields: Fields<Query> = [
    Field("name", "the name it is asked by") { $0.name },
    Field("title", "what it is about") { $0.title },
    Field("summary", "what it says, in a sentence") { $0.summary },
    Field("parameters", "what it asks for") { query in
      query.parameters.map { QueryParameter(name: $0.name, type: $0.type) }
    },
    Field("columns", "the names of a row's values") { $0.columns },
    Field("sql", "the query itself") { $0.sql },
    Field("file", "the user's own file that it is in; null of those that come with errata") {
      $0.path
    },
  ]
}

private struct QueryParameter: Described {
  var name: String
  var type: String

  static let fields: Fields<QueryParameter> = [
    Field("name", "the name that stands behind the colon") { $0.name },
    Field("type", "what it takes") { $0.type },
  ]
}
