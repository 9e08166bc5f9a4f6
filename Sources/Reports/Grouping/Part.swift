/// One of some parts of the groups that are counted: where there are too many to be held at once, they
/// are counted part by part, each time from the beginning.
struct Part {
  let number: Int
  /// A power of two.
  let count: Int

  /// So many groups are held at once; they take some 30 MB.
  static let most = 1 << 19

  /// There are more groups in a part than are held at once.
  struct TooLarge: Error {}

  /// Whether a group is in it, by a hash of what tells it from others.
  @inline(__always)
  func holds(_ hash: UInt64) -> Bool {
    count == 1 || Int(truncatingIfNeeded: hash >> 40) & (count - 1) == number
  }

  /// A hash of what tells a group from others.
  static func hash(_ key: ArraySlice<Int32>) -> UInt64 {
    var hash: UInt64 = 0
    for number in key {
      hash = (hash ^ UInt64(UInt32(bitPattern: number))) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 32
    }
    return hash
  }
}

/// Does something with all there is, or with as many parts of it as it takes: `work` throws
/// `Part.TooLarge` where there is too much in one.
func inParts<Found>(_ work: (Part) throws -> Found) throws -> [Found] {
  var count = 1
  while true {
    do {
      return try (0..<count).map { try work(Part(number: $0, count: count)) }
    } catch is Part.TooLarge where count < 1 << 12 {
      count *= 2
    }
  }
}
