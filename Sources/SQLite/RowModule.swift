internal import CSQLite

/// Rows held in memory, read by SQL as a table of their own.
///
/// `INSERT … SELECT * FROM name` over such a table costs half of binding and stepping row by row.
package protocol RowSource: AnyObject {
  var name: String { get }
  /// As in `CREATE TABLE`.
  var columns: [String] { get }
  /// How many rows there are now.
  var count: Int { get }
  /// Writes one value; both places count from 0.
  func write(row: Int, column: Int, into cell: RowCell)
}

/// Where one value of a row goes: <https://www.sqlite.org/c3ref/result_blob.html>.
package struct RowCell {
  let context: OpaquePointer?

  package func integer(_ value: Int64) {
    sqlite3_result_int64(context, value)
  }

  /// What a value is anyway until something is written: a third of an event's values are nothing.
  package func null() {}

  /// Text that stays where it is until the statement has moved on.
  package func text(_ value: UnsafeBufferPointer<UInt8>) {
    let start = UnsafeRawPointer(value.baseAddress)?.assumingMemoryBound(to: CChar.self)
    sqlite3_result_text(context, start, Int32(value.count), nil)
  }

  /// Text that is gone after this.
  package func copy(_ value: UnsafeBufferPointer<UInt8>) {
    let start = UnsafeRawPointer(value.baseAddress)?.assumingMemoryBound(to: CChar.self)
    sqlite3_result_text(context, start, Int32(value.count), errata_sqlite_transient)
  }

  /// Text of no length, which is not null.
  package func emptyText() {
    sqlite3_result_text(context, noText, 0, nil)
  }
}

/// Where text of no length stands, for good.
nonisolated(unsafe) private let noText: UnsafePointer<CChar> = {
  let end = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  end.initialize(to: 0)
  return UnsafePointer(end)
}()

extension Connection {
  /// Lets SQL on this connection read `source` as a table. The connection keeps the source alive.
  ///
  /// <https://www.sqlite.org/vtab.html>: an eponymous table, so it needs no CREATE.
  package func register(_ source: any RowSource) throws {
    let box = Unmanaged.passRetained(RowSourceBox(source))
    let code = sqlite3_create_module_v2(
      handle, source.name, &rowModule, box.toOpaque(),
      { pointer in
        if let pointer { Unmanaged<RowSourceBox>.fromOpaque(pointer).release() }
      })
    guard code == SQLITE_OK else { throw error() }
  }
}

/// A source as a C pointer can carry it.
private final class RowSourceBox {
  let source: any RowSource

  init(_ source: any RowSource) {
    self.source = source
  }
}

/// What SQLite calls a table; its own part must come first.
private struct RowTable {
  var base = sqlite3_vtab()
  var box: Unmanaged<RowSourceBox>
}

private struct RowCursor {
  var base = sqlite3_vtab_cursor()
  var box: Unmanaged<RowSourceBox>
  var row = 0
  var count = 0
}

/// Filled once with functions that capture nothing, and never changed: safe from any thread.
nonisolated(unsafe) private var rowModule = sqlite3_module(
  iVersion: 0,
  xCreate: nil,
  xConnect: { connection, context, _, _, table, _ in
    guard let context else { return SQLITE_ERROR }
    let box = Unmanaged<RowSourceBox>.fromOpaque(context)
    let columns = box.takeUnretainedValue().source.columns.joined(separator: ", ")
    let code = sqlite3_declare_vtab(connection, "CREATE TABLE rows(\(columns))")
    guard code == SQLITE_OK else { return code }
    let made = UnsafeMutablePointer<RowTable>.allocate(capacity: 1)
    made.initialize(to: RowTable(box: box))
    table?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  },
  xBestIndex: { _, info in
    info?.pointee.estimatedCost = 1_000_000
    return SQLITE_OK
  },
  xDisconnect: { table in
    UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: RowTable.self).deallocate()
    return SQLITE_OK
  },
  xDestroy: nil,
  xOpen: { table, cursor in
    guard let table = UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: RowTable.self) else {
      return SQLITE_ERROR
    }
    let made = UnsafeMutablePointer<RowCursor>.allocate(capacity: 1)
    made.initialize(to: RowCursor(box: table.pointee.box))
    cursor?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(
      to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  },
  xClose: { cursor in
    UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: RowCursor.self).deallocate()
    return SQLITE_OK
  },
  xFilter: { cursor, _, _, _, _ in
    guard let cursor = own(cursor) else { return SQLITE_ERROR }
    cursor.pointee.row = 0
    cursor.pointee.count = cursor.pointee.box._withUnsafeGuaranteedRef { $0.source.count }
    return SQLITE_OK
  },
  xNext: { cursor in
    own(cursor)?.pointee.row += 1
    return SQLITE_OK
  },
  xEof: { cursor in
    guard let cursor = own(cursor) else { return 1 }
    return cursor.pointee.row >= cursor.pointee.count ? 1 : 0
  },
  xColumn: { cursor, context, column in
    guard let cursor = own(cursor) else { return SQLITE_ERROR }
    let row = cursor.pointee.row
    cursor.pointee.box._withUnsafeGuaranteedRef {
      $0.source.write(row: row, column: Int(column), into: RowCell(context: context))
    }
    return SQLITE_OK
  },
  xRowid: { cursor, row in
    row?.pointee = sqlite3_int64(own(cursor)?.pointee.row ?? 0)
    return SQLITE_OK
  },
  xUpdate: nil, xBegin: nil, xSync: nil, xCommit: nil, xRollback: nil, xFindFunction: nil,
  xRename: nil, xSavepoint: nil, xRelease: nil, xRollbackTo: nil, xShadowName: nil)

private func own(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?)
  -> UnsafeMutablePointer<RowCursor>?
{
  UnsafeMutableRawPointer(cursor)?.assumingMemoryBound(to: RowCursor.self)
}
