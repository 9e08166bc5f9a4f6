internal import CSQLite

/// Where the answer of a function goes: <https://www.sqlite.org/c3ref/result_blob.html>.
package struct TextCell {
  let context: OpaquePointer?

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
}
