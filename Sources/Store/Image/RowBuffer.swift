/// One row of a table as SQLite stores it, which calls it a record:
/// <https://www.sqlite.org/fileformat2.html#record_format>.
///
///     ┌───────────────┬────────┬───┬────────┬─────────┬───┬─────────┐
///     │ header length │ type 1 │ … │ type n │ value 1 │ … │ value n │
///     └───────────────┴────────┴───┴────────┴─────────┴───┴─────────┘
///
///     type 0            null, without bytes
///     type 1, 2, 3, 4   an integer of as many bytes
///     type 5, 6         an integer of six or of eight bytes
///     type 8, 9         the integers 0 and 1, without bytes
///     type 13 + 2n      a text of n bytes
///
/// Header length and types are varints. What is called for each value of each row is inlined, so
/// that the two ends stay in registers.
struct RowBuffer: RowSink, ~Copyable {
  private let columns: Int
  private let types: UnsafeMutablePointer<UInt8>
  private var typesLength = 0
  private var values: UnsafeMutablePointer<UInt8>
  private var valuesLength = 0
  private var capacity: Int

  /// Makes room for rows of so many values.
  init(columns: Int) {
    self.columns = columns
    capacity = 4096 + columns * 8
    types = .allocate(capacity: columns * 9)
    values = .allocate(capacity: capacity)
  }

  deinit {
    types.deallocate()
    values.deallocate()
  }

  @inline(__always)
  mutating func begin() {
    typesLength = 0
    valuesLength = 0
  }

  /// The number of a row stands before the record (see `TableWriter`); in the record there is a
  /// null.
  @inline(__always)
  mutating func key(_ value: Int64) { null() }

  @inline(__always)
  mutating func null() {
    types[typesLength] = 0
    typesLength += 1
  }

  /// Appends an integer in as few bytes as it fits into.
  @inline(__always)
  mutating func integer(_ value: Int64) {
    let magnitude = value ^ (value >> 63)
    let (type, length): (UInt8, Int) =
      if magnitude < 0x80 {
        value == 0 ? (8, 0) : value == 1 ? (9, 0) : (1, 1)
      } else if magnitude < 0x8000 {
        (2, 2)
      } else if magnitude < 0x80_0000 {
        (3, 3)
      } else if magnitude < 0x8000_0000 {
        (4, 4)
      } else if magnitude < 0x8000_0000_0000 {
        (5, 6)
      } else {
        (6, 8)
      }
    types[typesLength] = type
    typesLength += 1
    // Shifted so that its bytes come first, and stored as eight bytes, for which there is always
    // room: the next value overwrites those that are too many.
    SQLiteNumber.write(value &<< Int64(64 - 8 * length), to: values + valuesLength)
    valuesLength += length
  }

  @inline(__always)
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    typesLength += SQLiteNumber.write(varint: 13 + 2 * text.count, to: types + typesLength)
    if valuesLength + text.count + columns * 8 > capacity { grow(by: text.count) }
    if let start = text.baseAddress {
      (values + valuesLength).update(from: start, count: text.count)
    }
    valuesLength += text.count
  }

  /// Its length in bytes.
  var count: Int { headerLength + valuesLength }

  /// The length of the header counts itself: as one byte for up to 126 bytes of types, else as two.
  private var headerLength: Int { typesLength + (typesLength < 127 ? 1 : 2) }

  /// Writes all of it.
  func write(to place: UnsafeMutablePointer<UInt8>) {
    let start = place + SQLiteNumber.write(varint: headerLength, to: place)
    start.update(from: types, count: typesLength)
    (start + typesLength).update(from: values, count: valuesLength)
  }

  /// All of it.
  var bytes: [UInt8] {
    let length = count
    return [UInt8](unsafeUninitializedCapacity: length) { memory, count in
      if let start = memory.baseAddress { write(to: start) }
      count = length
    }
  }

  @inline(never)
  private mutating func grow(by count: Int) {
    capacity = 2 * (valuesLength + count) + columns * 8
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: values, count: valuesLength)
    values.deallocate()
    values = larger
  }
}
