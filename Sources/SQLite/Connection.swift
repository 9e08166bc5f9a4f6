internal import CSQLite
internal import Glibc

/// A connection to a database file, used from one thread: <https://www.sqlite.org/c3ref/sqlite3.html>.
package final class Connection {
  let handle: OpaquePointer
  /// When statements are stopped: seconds of the clock that only goes forward.
  private var deadline = Double.infinity
  /// Whether to go on, where someone wants to be asked.
  var question: Question?

  package enum Access {
    /// Reads and writes; makes the file when it is missing.
    case write
    /// Reads only, beside a writer.
    case read
    /// Reads a file that nobody writes and whose folder may not be written either.
    case immutable
    /// Reads and writes what is in memory only.
    case memory
  }

  package convenience init(path: String, access: Access) throws {
    try self.init(name: Array(path.utf8), access: access)
  }

  /// Opens the file of a name that may be no UTF-8.
  package init(name: [UInt8], access: Access) throws {
    var opened: OpaquePointer?
    let flags =
      switch access {
      case .write: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
      case .read, .immutable: SQLITE_OPEN_READONLY
      }
    let uri = Connection.uri(name, immutable: access == .immutable)
    let code = sqlite3_open_v2(
      uri, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "out of memory")
    }
    guard code == SQLITE_OK else {
      let error = Connection.error(of: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, 5000)
    for (option, on) in [
      (SQLITE_DBCONFIG_DEFENSIVE, Int32(1)), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1),
    ] {
      _ = errata_sqlite_set(handle, Int32(option), on)
    }
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// A file name as a URI, so that no name is taken for anything but a file:
  /// <https://www.sqlite.org/uri.html>.
  package static func uri(_ name: [UInt8], immutable: Bool = false) -> String {
    var uri = "file:"
    for byte in name {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
      }
    }
    return immutable ? uri + "?immutable=1" : uri
  }

  /// Runs statements that return no rows.
  package func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error(sql) }
  }

  package func prepare(_ sql: String) throws -> Statement {
    try Statement(sql, on: self)
  }

  /// The first column of the first row.
  package func integer(_ sql: String, _ values: Int64...) throws -> Int64? {
    let statement = try prepare(sql)
    for (place, value) in values.enumerated() { statement.bind(value, at: place + 1) }
    return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
  }

  package func text(_ sql: String) throws -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  package var changes: Int { Int(sqlite3_changes(handle)) }

  /// Whether no transaction is open: after some errors SQLite has rolled back by itself.
  package var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }

  /// Runs `work` in a transaction that holds the write lock from its start.
  package func transaction<Result>(_ work: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try work()
      if isIdle {
        throw SQLiteError(code: SQLITE_ABORT, message: "the transaction was rolled back")
      }
      try execute("COMMIT")
      return result
    } catch {
      if !isIdle { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Allows nothing but reading, for statements a user wrote, and bounds what one may take:
  /// memory, and `seconds` from now.
  package func restrictToReading(seconds: Double) {
    for (limit, most) in [
      (SQLITE_LIMIT_ATTACHED, Int32(0)), (SQLITE_LIMIT_LENGTH, 10_000_000),
      (SQLITE_LIMIT_SQL_LENGTH, 100_000), (SQLITE_LIMIT_VDBE_OP, 250_000),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000), (SQLITE_LIMIT_EXPR_DEPTH, 100),
    ] {
      sqlite3_limit(handle, limit, most)
    }
    sqlite3_hard_heap_limit64(256 << 20)
    deadline = Connection.seconds + seconds
    sqlite3_progress_handler(
      handle, 1000,
      { context in
        guard let context else { return 0 }
        let connection = Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
        return Connection.seconds > connection.deadline ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    sqlite3_set_authorizer(
      handle,
      { _, action, first, second, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          guard let second else { return SQLITE_DENY }
          return String(cString: second) == "load_extension" ? SQLITE_DENY : SQLITE_OK
        default: return SQLITE_DENY
        }
      }, nil)
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The library that runs.
  package static var version: String { String(cString: sqlite3_libversion()) }

  func error(_ sql: String? = nil) -> SQLiteError {
    Connection.error(of: handle, sql)
  }

  /// The error of a value that nobody can have written.
  package func impossible(_ what: String, _ sql: String? = nil) -> SQLiteError {
    SQLiteError(
      code: SQLiteError.impossible, message: what, sql: sql,
      file: sqlite3_db_filename(handle, "main").map { String(cString: $0) })
  }

  /// Reasons of the system's that end a write or read. Others may be left from another call.
  private static let reasons = [ENOSPC, EDQUOT, EIO, ENOMEM, EMFILE, ENFILE, EROFS, EACCES, ENOLCK]

  /// What went wrong last, with the system's reason where the system was asked.
  private static func error(of handle: OpaquePointer, _ sql: String? = nil) -> SQLiteError {
    let code = sqlite3_extended_errcode(handle)
    var message = String(cString: sqlite3_errmsg(handle))
    let last = sqlite3_system_errno(handle)
    let isSystems = [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF) && reasons.contains(last)
    if isSystems { message += " (\(String(cString: strerror(last))))" }
    return SQLiteError(
      code: code, message: message, sql: sql,
      file: sqlite3_db_filename(handle, "main").map { String(cString: $0) },
      reason: isSystems ? last : nil)
  }
}
