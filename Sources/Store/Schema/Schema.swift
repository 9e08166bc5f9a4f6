internal import Files
internal import SQLite

/// The tables and views of a store, and how those of older formats become those of now.
///
/// `format-1.sql` is all of format 1, `format-2.sql` makes format 2 of a store of format 1, and so on.
/// A file is never changed again, as stores that it made would be refused: what comes next is a file
/// of its own.
enum Schema {
  /// "erra": <https://www.sqlite.org/fileformat.html#application_id>
  static let application: Int64 = 0x6572_7261
  static var version: Int64 { Int64(formats.count) }

  /// The SQL that brings a store from the format before to that of its place; the first makes one.
  static let formats: [String] = Embedded.files
    .map { (name: "\($0.name)", text: "\($0.text)") }
    .sorted { ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name) }
    .map(\.text)

  /// By which a store knows the SQL that made it: FNV-1a of its text.
  static func digest(of formats: some Sequence<String>) -> Int64 {
    var hash = FNV1a()
    for format in formats { format.withBytes { hash.add($0) } }
    return Int64(bitPattern: hash.value)
  }

  /// The statement that makes the table of events, as a new store has it.
  static let eventTable: String = (formats.first ?? "").withBytes { sql in
    "CREATE TABLE event(".withBytes { beginning in
      guard let start = sql.place(of: beginning, from: 0) else { return "" }
      let rest = sql.part(start..<sql.count)
      return String(repairing: rest.part(0..<(rest.place(of: UInt8(ascii: ";")) ?? 0)))
    }
  }

  /// Makes a new store, or brings an older one up to date, in one transaction.
  static func migrate(_ connection: Connection, formats: [String] = formats) throws {
    try connection.transaction {
      let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
      guard version < formats.count else { return }
      for format in formats[version...] { try connection.execute(format) }
      if version == 0 { try Setting.makeSeed(connection) }
      try Setting.noteSchema(digest(of: formats), on: connection)
      try connection.execute("PRAGMA application_id = \(application)")
      try connection.execute("PRAGMA user_version = \(formats.count)")
    }
  }

  /// A store as errata makes it, with nothing in it.
  static func pristine() throws -> Connection {
    let connection = try Connection(path: "pristine", access: .memory)
    try migrate(connection)
    return connection
  }

  /// Whether SQL could be asked of a store as errata makes it.
  static func understands(_ sql: String) -> Bool {
    guard let connection = try? pristine() else { return false }
    return (try? connection.prepare(sql)) != nil
  }
}
