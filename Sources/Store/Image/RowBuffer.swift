/// One row of a table as SQLite stores it: its values' types, then the values.
///
/// <https://www.sqlite.org/fileformat2.html#record_format>. What is called for each value of each row
/// is inlined, so that the ends stay in registers.
struct RowBuffer: RowSink, ~Copyable {
  private let columns: Int
  private let types: UnsafeMutablePointer<UInt8>
  private var typesLength = 0
  private var values: UnsafeMutablePointer<UInt8>
  private var valuesLength = 0
  private var capacity: Int

  /// For so many values at most.
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

  /// A row's number stands in its cell, and as nothing in its record.
  @inline(__always)
  mutating func key(_ value: Int64) { null() }

  @inline(__always)
  mutating func null() {
    types[typesLength] = 0
    typesLength += 1
  }

  /// In as few bytes as it fits into.
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
    // Always eight bytes, for which there is room: those that are too many the next value covers.
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

  /// The header's length counts the bytes that say it: one, up to 126 bytes of types.
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
