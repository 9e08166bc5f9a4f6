internal import CSQLite

/// A prepared statement: <https://www.sqlite.org/c3ref/stmt.html>. Parameters count from 1,
/// columns from 0.
package final class Statement {
  private let handle: OpaquePointer?
  private let connection: Connection
  private let sql: String

  init(_ sql: String, on connection: Connection) throws {
    var prepared: OpaquePointer?
    let (code, rest) = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(connection.handle, text, -1, &prepared, &tail)
      return (code, tail.map { String(cString: $0) } ?? "")
    }
    self.sql = sql
    self.connection = connection
    handle = prepared
    guard code == SQLITE_OK else { throw connection.error(sql) }
    guard prepared != nil else {
      throw SQLiteError(code: SQLITE_ERROR, message: "there is no statement", sql: sql)
    }
    guard Statement.isBlank(rest) else {
      throw SQLiteError(code: SQLITE_ERROR, message: "one statement at a time", sql: sql)
    }
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Whether only space, comments and semicolons are left.
  private static func isBlank(_ rest: String) -> Bool {
    // By scalars: "\r\n" is one Character.
    rest.unicodeScalars.split(separator: "\n").allSatisfy { line in
      let text = line.drop { $0 == " " || $0 == "\t" || $0 == ";" || $0 == "\r" }
      return text.isEmpty || text.starts(with: "--".unicodeScalars)
    }
  }

  /// The names of its parameters, with their sign; empty for one without a name.
  package var parameters: [String] {
    (0..<sqlite3_bind_parameter_count(handle)).map { place in
      sqlite3_bind_parameter_name(handle, place + 1).map { String(cString: $0) } ?? ""
    }
  }

  package var columns: [String] {
    (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  /// Binds by name where the statement has such a parameter.
  package func bind(_ value: Int64?, to name: String) {
    let place = sqlite3_bind_parameter_index(handle, name)
    if place > 0 { bind(value, at: Int(place)) }
  }

  package func bind(_ value: String?, to name: String) {
    let place = sqlite3_bind_parameter_index(handle, name)
    if place > 0 { bind(value, at: Int(place)) }
  }

  package func bind(_ value: Int64?, at place: Int) {
    if let value {
      sqlite3_bind_int64(handle, Int32(place), value)
    } else {
      sqlite3_bind_null(handle, Int32(place))
    }
  }

  package func bind(_ value: String?, at place: Int) {
    guard var text = value else { return bind(nil as Int64?, at: place) }
    text.withUTF8 { bind(text: $0, at: place) }
  }

  package func bind(text: UnsafeBufferPointer<UInt8>, at place: Int) {
    let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
    if let start {
      sqlite3_bind_text64(
        handle, Int32(place), start, UInt64(text.count), errata_sqlite_transient,
        UInt8(SQLITE_UTF8))
    } else {
      sqlite3_bind_text(handle, Int32(place), "", 0, nil)
    }
  }

  package func bind(blob: UnsafeRawBufferPointer, at place: Int) {
    sqlite3_bind_blob64(
      handle, Int32(place), blob.baseAddress, UInt64(blob.count), errata_sqlite_transient)
  }

  /// Moves to the next row; false after the last.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = connection.error(sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs to the end and makes ready to run again.
  package func run() throws {
    while try step() {}
    reset()
  }

  /// Binds integers, from the first parameter on, and runs.
  package func run(binding values: [Int64?]) throws {
    for (place, value) in values.enumerated() { bind(value, at: place + 1) }
    try run()
  }

  package func reset() {
    sqlite3_reset(handle)
  }

  package enum ColumnType {
    case null, integer, number, text, blob
  }

  package func type(_ column: Int) -> ColumnType {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .number
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  package func isNull(_ column: Int) -> Bool { type(column) == .null }

  package func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  /// An integer that is held to a range; 0 where the column is null. One outside of it throws an
  /// `SQLiteError` that `isImpossible`: nobody can have written it.
  package func integer(_ column: Int, in range: ClosedRange<Int64>) throws -> Int64 {
    let value = sqlite3_column_int64(handle, Int32(column))
    guard range.contains(value) else {
      let name = sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
      throw connection.impossible("\(name) is \(value)", sql)
    }
    return value
  }

  /// The error of a column whose value nobody can have written.
  package func impossible(_ what: String) -> SQLiteError { connection.impossible(what, sql) }

  package func number(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  /// Text, or nil where the column is null.
  package func text(_ column: Int) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a text, valid until the next step; nil where the column is null.
  package func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    switch type(column) {
    case .null: return nil
    case .text, .blob:
      // Asked for text, SQLite copies what has no zero at its end.
      return blob(column).assumingMemoryBound(to: UInt8.self)
    case .integer, .number:
      let start = sqlite3_column_text(handle, Int32(column))
      return UnsafeBufferPointer(
        start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }
  }

  /// The bytes of a column, valid until the next step.
  package func blob(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }
}
