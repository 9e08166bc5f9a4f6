/// Sums of the keys added last, kept outside of a dictionary: neighbouring lines have few keys, and
/// to hash a key for the dictionary costs more than to add to its sum.
struct RecentSums<Key: Hashable, Sum: AdditiveArithmetic>: ~Copyable {
  private let entries: UnsafeMutableBufferPointer<(key: Key, sum: Sum)?>

  private static var room: Int { 256 }

  init() {
    entries = .allocate(capacity: Self.room)
    entries.initialize(repeating: nil)
  }

  deinit {
    entries.deinitialize()
    entries.deallocate()
  }

  /// Adds to the sum of a key. It is kept at `place`, which can be any number that keys seldom
  /// share; the sum of another key that was kept there is moved to the dictionary.
  @inline(__always)
  func add(_ sum: Sum, to key: Key, at place: Int, overflow: inout [Key: Sum]) {
    let place = place & (Self.room - 1)
    if let entry = entries[place] {
      if entry.key == key {
        entries[place]?.sum += sum
        return
      }
      overflow[entry.key, default: .zero] += entry.sum
    }
    entries[place] = (key, sum)
  }

  /// Moves all sums into the dictionary.
  func flush(to dictionary: inout [Key: Sum]) {
    for case let entry? in entries { dictionary[entry.key, default: .zero] += entry.sum }
    entries.update(repeating: nil)
  }
}
