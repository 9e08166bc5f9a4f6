/// One row of a table, or entry of an index, as SQLite stores it: its values' types, then the values.
///
/// <https://www.sqlite.org/fileformat2.html#record_format>
final class RecordBuffer {
  private var types: UnsafeMutablePointer<UInt8>
  private var typesLength = 0
  private var values: UnsafeMutablePointer<UInt8>
  private var valuesLength = 0
  private var capacity = 4096

  /// For so many values at most.
  init(columns: Int) {
    types = .allocate(capacity: columns * 9)
    values = .allocate(capacity: capacity)
  }

  deinit {
    types.deallocate()
    values.deallocate()
  }

  func begin() {
    typesLength = 0
    valuesLength = 0
  }

  func null() {
    types[typesLength] = 0
    typesLength += 1
  }

  /// In as few bytes as it fits into.
  func integer(_ value: Int64) {
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
    makeRoom(8)
    // Always eight bytes: those that are too many the next value covers.
    BigEndian.write(value &<< Int64(64 - 8 * length), to: values + valuesLength)
    valuesLength += length
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) {
    typesLength += BigEndian.write(varint: 13 + 2 * text.count, to: types + typesLength)
    makeRoom(text.count)
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
    let start = place + BigEndian.write(varint: headerLength, to: place)
    start.update(from: types, count: typesLength)
    (start + typesLength).update(from: values, count: valuesLength)
  }

  private func makeRoom(_ count: Int) {
    guard valuesLength + count > capacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * (valuesLength + count))
    larger.update(from: values, count: valuesLength)
    values.deallocate()
    values = larger
    capacity = 2 * (valuesLength + count)
  }
}
