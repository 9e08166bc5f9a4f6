/// How many responses each minute of an hour had, packed: a number for each minute in its order, as
/// `PackedNumbers`; of minutes in a row without any, a 0 and how many there are.
///
///     3, then nothing for 58 minutes, then 1      3 | 0 58 | 1
struct HourOfMinutes {
  static let length = 60

  /// A count for each minute.
  private(set) var counts = Array(repeating: Int64(0), count: length)

  init() {}

  /// Nil where the bytes are not those of an hour, in the one way there is to pack it.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard Self.read(bytes, into: &counts) else { return nil }
  }

  var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  mutating func add(_ count: Int64, to minute: Int) { counts[minute] &+= count }

  mutating func add(_ other: HourOfMinutes) {
    for minute in counts.indices { counts[minute] &+= other.counts[minute] }
  }

  /// Takes out what is before a minute.
  mutating func clear(before minute: Int) {
    for place in counts.indices.prefix(minute) { counts[place] = 0 }
  }

  var packed: [UInt8] {
    var numbers = PackedNumbers(capacity: Self.length)
    var minute = 0
    while minute < counts.count {
      let count = counts[minute]
      numbers.append(count)
      minute += 1
      if count != 0 { continue }
      var zeros: Int64 = 1
      while minute < counts.count, counts[minute] == 0 {
        zeros += 1
        minute += 1
      }
      numbers.append(zeros)
    }
    return numbers.bytes
  }

  /// Reads into a list of sixty numbers. Returns whether the bytes are those of an hour.
  static func read(_ bytes: UnsafeRawBufferPointer, into counts: inout [Int64]) -> Bool {
    counts.withUnsafeMutableBufferPointer { counts in
      guard counts.count == length else { return false }
      if areSmall(bytes) {
        // No minute without any, and none with many: each has a byte of its own.
        for minute in 0..<length { counts[minute] = Int64(bytes[minute]) }
        return true
      }
      var numbers = PackedNumbers.Reader(bytes)
      var minute = 0
      var isAfterZeros = false
      while minute < length {
        // Nearly all are small.
        if let small = numbers.nextSmall() {
          counts[minute] = small
          minute += 1
          isAfterZeros = false
          continue
        }
        let count = numbers.next()
        if numbers.isDamaged || !Domain.count.contains(count) { return false }
        if count != 0 {
          counts[minute] = count
          minute += 1
          isAfterZeros = false
          continue
        }
        let zeros = numbers.next(.count)
        guard !isAfterZeros, zeros > 0, zeros <= Int64(length - minute) else { return false }
        for _ in 0..<zeros {
          counts[minute] = 0
          minute += 1
        }
        isAfterZeros = true
      }
      return numbers.isAtEnd && !numbers.isDamaged
    }
  }

  /// Whether there is a byte for each minute, each a number above zero by itself.
  private static func areSmall(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == length else { return false }
    var marks: UInt64 = 0
    for eighth in 0..<8 {
      let place = min(eighth * 8, length - 8)
      let eight = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // The highest bit of a byte is set where it is zero, or more follow.
      marks |= (eight &- 0x0101_0101_0101_0101) | eight
    }
    return marks & 0x8080_8080_8080_8080 == 0
  }
}
