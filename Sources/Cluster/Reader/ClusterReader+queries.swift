internal import Files
package import Questions

// SQL over the public views.
extension ClusterReader {
  package func describe(
    _ sql: String, of author: QueryAuthor
  ) throws -> (columns: [String], parameters: [String]) {
    let bound = BoundSQL(sql)
    let columns = try columns(of: bound.text([:]))
    return (columns.map(\.name), bound.parameters)
  }

  package func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void
  ) throws {
    let text = BoundSQL(sql).text(parameters)
    let forms = try columns(of: text).map(\.form)
    var scanner = LineScanner(columns: forms.count)
    try ask("\(text)\nFORMAT TabSeparated", as: "a query") {
      try scanner.take($0) { try body(SQLRow(forms: forms, values: $0)) }
    } rows: {
      try scanner.finish()
      return scanner.rows
    }
  }

  /// The columns of a query, and what they hold.
  private func columns(of sql: String) throws -> [(name: String, form: SQLRow.Form)] {
    var scanner = LineScanner()
    var columns: [(name: String, form: SQLRow.Form)] = []
    try ask("DESCRIBE TABLE (\n\(sql)\n) FORMAT TabSeparated", as: "the columns of a query") {
      try scanner.take($0) { values in
        guard values.count >= 2, let name = values[0], let type = values[1] else { return }
        columns.append((name, SQLRow.Form(type: type)))
      }
    } rows: {
      try scanner.finish()
      return scanner.rows
    }
    return columns
  }

  private func ask(
    _ sql: String, as name: String, _ take: (UnsafeRawBufferPointer) throws -> Void,
    rows: () throws -> Int64
  ) throws {
    var request = ClusterRequest(sql)
    if isRestricted, !isReadOnly { request.settings.append(("readonly", "1")) }
    do {
      try stream(request, as: name, take, rows: rows)
    } catch let error as ClusterError
      where error.cause == .refused(code: 164) && isRestricted && !isReadOnly
    {
      // Who may do nothing but read need not be forbidden anything.
      isReadOnly = true
      request.settings = []
      try stream(request, as: name, take, rows: rows)
    }
  }
}

/// A row of a query's answer.
struct SQLRow: QueryRow {
  /// What a column holds.
  enum Form: Equatable {
    case integer, number, text

    init(type: String) {
      var type = Substring(type)
      for wrapping in ["LowCardinality(", "Nullable("] where type.hasPrefix(wrapping) {
        type = type.dropFirst(wrapping.count).dropLast()
      }
      self =
        if type.hasPrefix("Int") || type.hasPrefix("UInt") || type == "Bool" {
          .integer
        } else if type.hasPrefix("Float") || type.hasPrefix("Decimal") {
          .number
        } else {
          .text
        }
    }
  }

  let forms: [Form]
  let values: [String?]

  func value(_ column: Int) -> QueryValue {
    guard values.indices.contains(column), let text = values[column] else { return .null }
    switch forms[column] {
    case .integer:
      if let number = Int64(text) { return .integer(number) }
      if text == "true" || text == "false" { return .integer(text == "true" ? 1 : 0) }
      return Double(text).map { .number($0) } ?? .text(text)
    case .number:
      // What is no number or has no end has no place in JSON either.
      guard let number = Double(text) else { return .text(text) }
      return number.isFinite ? .number(number) : .null
    case .text: return .text(text)
    }
  }
}

/// Finds the rows in an answer that comes piece by piece, a line each, with tabs between values:
/// <https://clickhouse.com/docs/interfaces/formats/TabSeparated>.
struct LineScanner {
  private let columns: Int?
  private var rest: [UInt8] = []
  private(set) var rows: Int64 = 0
  private static let mostBytesOfLine = 256 << 20

  /// - Parameter columns: how many a row has; nil where that is not known.
  init(columns: Int? = nil) { self.columns = columns }

  mutating func take(
    _ part: UnsafeRawBufferPointer, _ body: ([String?]) throws -> Void
  ) throws {
    var part = part[...]
    while let end = part.firstIndex(of: UInt8(ascii: "\n")) {
      var line = rest
      line.append(contentsOf: part[..<end])
      rest = []
      part = part[(end + 1)...]
      let values = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map(LineScanner.value)
      if let columns, values.count != columns { throw LineScanner.words(line) }
      rows += 1
      try body(values)
    }
    rest.append(contentsOf: part)
    if rest.count > LineScanner.mostBytesOfLine { throw LineScanner.words(rest) }
  }

  func finish() throws {
    if !rest.isEmpty { throw LineScanner.words(rest) }
  }

  /// Nil of null.
  private static func value(_ bytes: ArraySlice<UInt8>) -> String? {
    if bytes.elementsEqual("\\N".utf8) { return nil }
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if !isEscaped {
        isEscaped = byte == UInt8(ascii: "\\")
        if !isEscaped { text.append(byte) }
        continue
      }
      isEscaped = false
      switch byte {
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "0"): text.append(0x00)
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What stands where a row should be.
  private static func words(_ line: [UInt8]) -> ClusterError {
    ClusterError(behindRows: line.prefix(1 << 12))
      ?? ClusterError(.answer, "the server's answer is damaged: a row has other columns")
  }
}
