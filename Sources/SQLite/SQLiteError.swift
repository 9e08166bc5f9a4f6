internal import CSQLite

/// What SQLite said, and about which statement: <https://www.sqlite.org/rescode.html>.
package struct SQLiteError: Error, Sendable {
  /// An extended result code.
  package let code: Int32
  package let message: String
  package let sql: String?

  package init(code: Int32, message: String, sql: String? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
  }

  /// The code without its extension.
  package var primary: Int32 { code & 0xFF }

  /// SQL that is wrong, or asks for what is not there.
  package var isMistake: Bool { primary == SQLITE_ERROR }
  /// What `restrictToReading` denied; of a function SQLite says so in words only.
  package var isForbidden: Bool {
    primary == SQLITE_AUTH || (isMistake && message.hasPrefix("not authorized"))
  }
  /// What `restrictToReading` stopped because it took too long.
  package var isInterrupted: Bool { primary == SQLITE_INTERRUPT }
  /// What takes more room than `restrictToReading` allows.
  package var isTooBig: Bool { primary == SQLITE_TOOBIG || primary == SQLITE_NOMEM }
  package var isBusy: Bool { primary == SQLITE_BUSY }
  package var isFull: Bool { primary == SQLITE_FULL }
  package var isNotADatabase: Bool { primary == SQLITE_NOTADB }
  package var isCorrupt: Bool { primary == SQLITE_CORRUPT }
  package var isReadOnly: Bool { primary == SQLITE_READONLY }
  package var cannotOpen: Bool { primary == SQLITE_CANTOPEN }
}
