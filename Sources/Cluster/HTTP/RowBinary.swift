internal import Files

/// Rows as ClickHouse takes and gives them: <https://clickhouse.com/docs/interfaces/formats/RowBinary>.
/// Numbers are little-endian, texts and lists have their length before them, what may be null a byte that says
/// whether it is.
struct RowWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var rows = 0

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    rows = 0
  }

  mutating func endRow() { rows += 1 }

  @inline(__always)
  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append<Number: FixedWidthInteger>(optional number: Number?) {
    bytes.append(number == nil ? 1 : 0)
    if let number { append(number) }
  }

  /// How many values a list has, or bytes a text, which come behind it.
  mutating func append(count: Int) {
    var rest = UInt(count)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(text: Bytes) {
    append(count: text.count)
    bytes.append(contentsOf: text)
  }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(text: $0) }
  }

  mutating func append(optional text: Bytes?) {
    bytes.append(text == nil ? 1 : 0)
    if let text { append(text: text) }
  }
}

/// Reads such rows. An answer that ends within a row, or has nonsense in it, throws.
struct RowReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func next<Number: FixedWidthInteger>(
    _ type: Number.Type = Number.self
  ) throws(ClusterError) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - place >= size else { throw RowReader.cut }
    defer { place += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
  }

  mutating func optional<Number: FixedWidthInteger>() throws(ClusterError) -> Number? {
    try next(UInt8.self) == 0 ? next() : nil
  }

  mutating func text() throws(ClusterError) -> String {
    var length: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      let byte = try next(UInt8.self)
      length |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
    }
    guard let count = Int(exactly: length), bytes.count - place >= count else {
      throw RowReader.cut
    }
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }

  private static let cut = ClusterError(.answer, "the server's answer ends in the middle of a row")
}
