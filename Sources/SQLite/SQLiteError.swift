internal import CSQLite
internal import Glibc

/// What SQLite said, and about which statement: <https://www.sqlite.org/rescode.html>.
package struct SQLiteError: Error, Sendable {
  /// An extended result code.
  package let code: Int32
  package let message: String
  package let sql: String?
  /// The database file; nil where there is none.
  package let file: String?
  /// The system's number of what it did not do; nil where it was not asked.
  package let reason: Int32?

  package init(
    code: Int32, message: String, sql: String? = nil, file: String? = nil, reason: Int32? = nil
  ) {
    self.code = code
    self.message = message
    self.sql = sql
    self.file = file
    self.reason = reason
  }

  /// The code without its extension.
  package var primary: Int32 { code & 0xFF }

  /// SQL that is wrong, or asks for what is not there.
  package var isMistake: Bool { primary == SQLITE_ERROR }
  /// Statements that do not fit the tables there are.
  package var isMismatch: Bool {
    [SQLITE_SCHEMA, SQLITE_CONSTRAINT, SQLITE_MISMATCH].contains(primary)
  }
  /// What `restrictToReading` denied; of a function SQLite says so in words only.
  package var isForbidden: Bool {
    primary == SQLITE_AUTH || (isMistake && message.hasPrefix("not authorized"))
  }
  /// What `restrictToReading` stopped because it took too long.
  package var isInterrupted: Bool { primary == SQLITE_INTERRUPT }
  /// What takes more room than `restrictToReading` allows.
  package var isTooBig: Bool { primary == SQLITE_TOOBIG || primary == SQLITE_NOMEM }
  /// Held by another connection, for longer than was waited.
  package var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_PROTOCOL }
  package var isFull: Bool { primary == SQLITE_FULL || reason == ENOSPC || reason == EDQUOT }
  package var isNotADatabase: Bool { primary == SQLITE_NOTADB }
  package var isCorrupt: Bool { primary == SQLITE_CORRUPT }
  /// A value that nobody can have written: the file is sound, what it says is not.
  package var isImpossible: Bool { code == SQLiteError.impossible }
  /// A sum beyond 64 bits; SQLite says so in words only.
  package var isOverflow: Bool { isMistake && message == "integer overflow" }
  /// What a sound database never says to statements of our own.
  package var isDamage: Bool { isCorrupt || isOverflow || isMismatch }
  /// Damage, by an extension that is none of SQLite's.
  static let impossible = SQLITE_CORRUPT | 0x7F << 8
  package var isReadOnly: Bool { primary == SQLITE_READONLY }
  /// A rollback journal is left over, and who only reads cannot roll it back.
  package var awaitsRollback: Bool { code == SQLITE_READONLY | (3 << 8) }
  package var isOutOfMemory: Bool { primary == SQLITE_NOMEM || code == SQLITE_IOERR | (12 << 8) }
  package var isInputOutput: Bool { primary == SQLITE_IOERR }
  /// What the operating system did not do, in words; nil for other errors.
  package var failedOperation: String? {
    guard isInputOutput else { return nil }
    switch code >> 8 {
    case 1, 2: return "reading"
    case 3, 6: return "writing"
    case 4, 5: return "syncing"
    case 18...21: return "sharing memory"
    default: return nil
    }
  }
  package var cannotOpen: Bool { primary == SQLITE_CANTOPEN }
}
