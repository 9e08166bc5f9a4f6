/// Sums by key in front of a dictionary: neighbouring lines have few keys, and a dictionary's hash
/// costs more than the sum.
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

  /// Adds to a key's sum, which is kept at `place`, any number that keys seldom share. Whose sum was
  /// there goes into the dictionary.
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
