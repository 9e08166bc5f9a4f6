package import Batches
internal import Files
internal import SQLite

// Headers, by which lines far below them are read.
extension StoreLedger {
  /// Keeps headers that stand in a source; one that is read again is the same.
  func addHeaders(_ headers: [ColumnHeader], to source: Int64) throws {
    if headers.isEmpty { return }
    let insert = try connection.prepare(
      "INSERT OR REPLACE INTO header(source, \"offset\", text) VALUES(?, ?, ?)")
    for header in headers {
      insert.bind(source, at: 1)
      insert.bind(header.offset, at: 2)
      header.text.withUnsafeBytes { insert.bind(blob: $0, at: 3) }
      try insert.run()
    }
  }

  package func header(of source: Int64, before offset: Int64) throws -> ColumnHeader? {
    try questions.header(along: ancestry(of: source), before: offset)
  }
}

extension Connection {
  /// The last header before an offset of a source, given with those that it branched from.
  func header(
    along line: [(source: Int64, limit: Int64)], before offset: Int64
  ) throws -> ColumnHeader? {
    for (source, limit) in line.reversed() {
      if let header = try header(of: source, before: min(limit, offset)) { return header }
    }
    return nil
  }

  /// The last header that a source has by itself before an offset.
  private func header(of source: Int64, before offset: Int64) throws -> ColumnHeader? {
    let statement = try prepare(
      """
      SELECT "offset", text FROM header WHERE source = ? AND "offset" < ?
        ORDER BY "offset" DESC LIMIT 1
      """)
    statement.bind(source, at: 1)
    statement.bind(offset, at: 2)
    guard try statement.step() else { return nil }
    return ColumnHeader(
      offset: try statement.integer(0, .bytes), text: Array(statement.blob(1)))
  }
}
