internal import CSQLite

/// Where the answer of a function goes: <https://www.sqlite.org/c3ref/result_blob.html>.
package struct RowCell {
  let context: OpaquePointer?

  package func integer(_ value: Int64) {
    sqlite3_result_int64(context, value)
  }

  /// What an answer is anyway until something is written.
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
