package import Questions
internal import SQLite

// SQL over the public views.
extension StoreReader {
  package func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void
  ) throws {
    try reading { try words.makeViews() }
    try rows(sql, of: author, parameters) { try body($0) }
  }

  /// Runs a query and hands over each row.
  package func rows(
    _ sql: String, of author: QueryAuthor = .errata, _ parameters: [String: QueryParameter] = [:],
    _ body: (Row) throws -> Void
  ) throws {
    try reading(for: author) {
      let statement = try connection.prepare(sql)
      for (name, parameter) in parameters {
        switch parameter {
        case .integer(let value): statement.bind(value, to: ":" + name)
        case .text(let value): statement.bind(value, to: ":" + name)
        }
      }
      while try statement.step() { try body(Row(statement)) }
    }
  }

  package func describe(
    _ sql: String, of author: QueryAuthor
  ) throws -> (columns: [String], parameters: [String]) {
    try reading(for: author) {
      do {
        try words.makeViews()
        let statement = try connection.prepare(sql)
        return (statement.columns, statement.parameters.map { String($0.dropFirst()) })
      } catch let error as SQLiteError
        where error.isMistake && !error.isForbidden && Schema.understands(sql)
      {
        throw StoreError(changed: store.path, error.message)
      }
    }
  }

  package func restrictToReading(seconds: Double) {
    // Afterwards nothing is made any more. Without them the stored views answer, only slower.
    try? words.makeViews()
    connection.restrictToReading(seconds: seconds)
  }
}

/// A row of a result.
package struct Row: QueryRow {
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
  }

  /// A whole number; 0 where there is none.
  package func integer(_ column: Int, _ domain: Domain) throws -> Int64 {
    try statement.integer(column, domain)
  }

  package func optional(_ column: Int, _ domain: Domain) throws -> Int64? {
    try statement.optional(column, domain)
  }

  /// A whole number, or the first or last one of its domain.
  package func integer(_ column: Int, clampedTo domain: Domain) -> Int64 {
    min(max(statement.integer(column), domain.range.lowerBound), domain.range.upperBound)
  }

  package func isNull(_ column: Int) -> Bool { statement.isNull(column) }

  package func optionalNumber(_ column: Int) -> Double? {
    statement.isNull(column) ? nil : statement.number(column)
  }

  package func text(_ column: Int) -> String? { statement.text(column) }

  package func value(_ column: Int) -> QueryValue {
    switch statement.type(column) {
    case .null: .null
    case .integer: .integer(statement.integer(column))
    case .number: .number(statement.number(column))
    case .text: .text(statement.text(column) ?? "")
    case .blob: .text("\(statement.blob(column).count) bytes")
    }
  }
}
