internal import CSQLite

// Databases in memory, as bytes: <https://www.sqlite.org/c3ref/serialize.html>.
extension Connection {
  /// The bytes of an empty database with the tables of `schema`.
  package static func image(of schema: String, pageSize: Int) throws -> [UInt8] {
    let memory = try Connection(path: ":memory:", access: .memory)
    try memory.execute("PRAGMA page_size = \(pageSize)")
    try memory.execute(schema)
    var size: sqlite3_int64 = 0
    guard let bytes = sqlite3_serialize(memory.handle, "main", &size, 0) else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "out of memory")
    }
    defer { sqlite3_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
  }

  /// Makes room beside the store for a database that `read(image:as:)` gives.
  package func attachImage(as name: String) throws {
    try execute("ATTACH ':memory:' AS \(name)")
  }

  /// Lets SQL read a database in memory by the name of one that was attached. The memory must stay
  /// as it is for as long as SQL reads it.
  package func read(image: UnsafeMutableRawBufferPointer, as name: String) throws {
    let code = sqlite3_deserialize(
      handle, name, image.baseAddress?.assumingMemoryBound(to: UInt8.self),
      sqlite3_int64(image.count), sqlite3_int64(image.count), 0)
    guard code == SQLITE_OK else { throw error() }
  }
}
