/// Numbers in as few bytes as they need, one after the other (LEB128): seven bits a byte, the
/// lowest first; the highest bit of a byte says that more follow.
///
///     5      0 0000101
///     300    1 0101100   0 0000010
///
/// A negative number is written as its 64 bits and takes ten bytes.
struct PackedNumbers {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ value: Int64) {
    var rest = UInt64(bitPattern: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Reads numbers one after the other.
  struct Reader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    /// Whether a number was cut short, missing, or outside of its domain.
    private(set) var isDamaged = false

    init(_ bytes: UnsafeRawBufferPointer) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// 0 where there is none.
    @inline(__always)
    mutating func next() -> Int64 {
      guard bytes.count - position >= 8 else { return nextSlowly() }
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      // Nearly all have one byte or two.
      if word & 0x80 == 0 {
        position += 1
        return Int64(word & 0x7F)
      }
      if word & 0x8000 == 0 {
        position += 2
        return Int64(word & 0x7F | (word & 0x7F00) >> 1)
      }
      // Of eight bytes, those up to the first without the highest bit, seven bits of each moved
      // together two by two.
      let ends = ~word & 0x8080_8080_8080_8080
      guard ends != 0 else { return nextSlowly() }
      position += ends.trailingZeroBitCount / 8 + 1
      let own = word & (ends ^ (ends &- 1)) & 0x7F7F_7F7F_7F7F_7F7F
      let pairs = own & 0x007F_007F_007F_007F | (own & 0x7F00_7F00_7F00_7F00) >> 1
      let fours = pairs & 0x0000_3FFF_0000_3FFF | (pairs & 0x3FFF_0000_3FFF_0000) >> 2
      return Int64(fours & 0x0FFF_FFFF | (fours & 0x0FFF_FFFF_0000_0000) >> 4)
    }

    /// A number of one byte above zero; nil, and nothing read, where the next is none.
    @inline(__always)
    mutating func nextSmall() -> Int64? {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      guard byte &- 1 < 0x7F else { return nil }
      position &+= 1
      return Int64(byte)
    }

    @inline(__always)
    private mutating func nextSlowly() -> Int64 {
      let read = Self.number(in: bytes, at: position)
      (position, isDamaged) = (read.end, isDamaged || read.isDamaged)
      return read.value
    }

    /// Read byte by byte. It is told by values alone, so that a reader need not be in memory.
    @inline(never)
    private static func number(
      in bytes: UnsafeRawBufferPointer, at start: Int
    ) -> (value: Int64, end: Int, isDamaged: Bool) {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      var position = start
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        value |= UInt64(byte & 0x7F) &<< shift
        if byte < 0x80 { return (Int64(bitPattern: value), position, false) }
        shift += 7
      }
      return (0, position, true)
    }

    /// A number of a domain; 0 where there is none.
    @inline(__always)
    mutating func next(_ domain: Domain) -> Int64 {
      let value = next()
      if domain.contains(value) { return value }
      isDamaged = true
      return 0
    }
  }
}
