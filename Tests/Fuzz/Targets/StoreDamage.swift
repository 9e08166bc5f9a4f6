import SQLite

/// Something wrong with a store: what stands in a place of a table, or bytes of the file.
enum StoreDamage {
  case integer(Place, Int64)
  /// A bit of a blob or a text; of those that are empty nothing.
  case bit(Place, Int)
  /// Other bytes than were stored.
  case bytes(Place, [UInt8])
  case null(Place)
  case lostRow(Place)
  /// A byte of the file, by its distance from the start.
  case file(Int, UInt8)

  struct Place {
    var table: StoreSample.Table
    var column: String
    var row: Int64
  }

  /// What numbers overflow, and what is next to that.
  static let extremes: [Int64] = [.min, .max, 1 << 62, -1, 1 << 40, 4_102_444_800_000]

  /// Reads twelve bytes: what is done, where, and eight bytes of a value.
  init(_ input: UnsafeBufferPointer<UInt8>, _ sample: StoreSample) {
    let value = input[4..<12].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let number = Int64(bitPattern: value)
    if input[0] % 8 == 7 {
      self = .file(Int(value % UInt64(sample.bytes.count)), input[1])
      return
    }
    let table = sample.tables[Int(input[1]) % sample.tables.count]
    let column = table.columns[Int(input[2]) % table.columns.count]
    let place = Place(
      table: table, column: column.name, row: Int64(input[3]) % max(1, table.rows))
    switch input[0] % 8 {
    case 0...1 where column.type == "INTEGER":
      self = .integer(place, StoreDamage.extremes[Int(value % 6)])
    case 2 where column.type == "INTEGER": self = .integer(place, number)
    case 3 where column.type == "INTEGER": self = .integer(place, number % 100)
    case 4: self = .null(place)
    case 5: self = .lostRow(place)
    case 6: self = .bytes(place, Array(input[4..<4 + Int(input[3]) % 9]))
    default: self = .bit(place, Int(value % (1 << 20)))
    }
  }

  /// Does it to a store that is open, unless the table does not allow it.
  func apply(on connection: Connection) {
    switch self {
    case .integer(let place, let value): place.set("?", on: connection) { $0.bind(value, at: 1) }
    case .bytes(let place, let bytes):
      let isText = place.table.columns.contains { $0.name == place.column && $0.type == "TEXT" }
      place.set(isText ? "CAST(? AS TEXT)" : "?", on: connection) { statement in
        bytes.withUnsafeBytes { statement.bind(blob: $0, at: 1) }
      }
    case .bit(let place, let bit):
      guard var bytes = place.bytes(on: connection), !bytes.isEmpty else { return }
      bytes[bit / 8 % bytes.count] ^= 1 << UInt8(bit % 8)
      StoreDamage.bytes(place, bytes).apply(on: connection)
    case .null(let place): place.set("NULL", on: connection) { _ in }
    case .lostRow(let place):
      try? connection.execute("DELETE FROM \"\(place.table.name)\" WHERE \(place.isRow)")
    case .file: break
    }
  }
}

extension StoreDamage.Place {
  /// Whether a row of the table is this one.
  fileprivate var isRow: String {
    let (name, key) = (table.name, table.key)
    return "(\(key)) = (SELECT \(key) FROM \"\(name)\" LIMIT 1 OFFSET \(row))"
  }

  fileprivate func set(
    _ value: String, on connection: Connection, _ bind: (Statement) -> Void
  ) {
    guard
      let update = try? connection.prepare(
        "UPDATE \"\(table.name)\" SET \"\(column)\" = \(value) WHERE \(isRow)")
    else { return }
    bind(update)
    try? update.run()
  }

  fileprivate func bytes(on connection: Connection) -> [UInt8]? {
    guard
      let look = try? connection.prepare(
        "SELECT \"\(column)\" FROM \"\(table.name)\" WHERE \(isRow)"), (try? look.step()) == true
    else { return nil }
    return look.bytes(0).map(Array.init)
  }
}
