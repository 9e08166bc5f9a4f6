/// Numbers as they stand in the files of SQLite: of a fixed width with the highest byte first, or
/// as variable-length integers ("varints", <https://www.sqlite.org/fileformat2.html#varint>).
enum SQLiteNumber {
  @inline(__always)
  static func write<Number: FixedWidthInteger>(
    _ value: Number, to place: UnsafeMutablePointer<UInt8>
  ) {
    UnsafeMutableRawPointer(place).storeBytes(of: value.bigEndian, as: Number.self)
  }

  // A varint has seven bits a byte, the highest first; the highest bit of a byte says that more
  // follow. Numbers of more than 56 bits are written in another way, and do not occur here.

  @inline(__always)
  static func length(ofVarint value: Int) -> Int {
    value < 0x80 ? 1 : (Int.bitWidth - value.leadingZeroBitCount + 6) / 7
  }

  /// Returns how many bytes that takes.
  @inline(__always)
  static func write(varint value: Int, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 0x80 {
      place[0] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    let length = length(ofVarint: value)
    for byte in 0..<length {
      let bits = UInt8(truncatingIfNeeded: value >> (7 * (length - 1 - byte)))
      place[byte] = byte == length - 1 ? bits & 0x7F : bits | 0x80
    }
    return length
  }

  static func bytes(ofVarint value: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 9) { memory, count in
      if let start = memory.baseAddress { count = write(varint: value, to: start) }
    }
  }
}
