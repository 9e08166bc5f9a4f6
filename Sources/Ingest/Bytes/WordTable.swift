internal import CXXHash
internal import Glibc

/// Texts by number, counted from 1: a hash table over bytes, which needs no String.
///
/// Asked seven times for every line: plain memory, so that asking counts no references.
struct WordTable: ~Copyable {
  /// All words, one after the other.
  private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 12)
  /// Where each word ends; the first stands for the start.
  private var ends = UnsafeMutableBufferPointer<Int>.allocate(capacity: 128)
  /// Numbers of words, 0 where there is none; twice as many as words at least.
  private var slots = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 256)
  private(set) var count = 0
  /// Of all words, in bytes.
  var size: Int { ends[count] }

  init() {
    ends[0] = 0
    slots.initialize(repeating: 0)
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
    slots.deallocate()
  }

  /// Forgets everything and counts from 1 again.
  mutating func clear() {
    count = 0
    slots.update(repeating: 0)
  }

  /// The word of a number, valid until the next is added.
  func word(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[ends[Int(number) - 1]..<ends[Int(number)]])
  }

  /// The word's number, if it has one.
  func find(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let number = slots[slot(of: word)]
    return number == 0 ? nil : number
  }

  /// The word's number, and whether it was met for the first time.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> (number: UInt32, isNew: Bool) {
    let slot = slot(of: word)
    if slots[slot] != 0 { return (slots[slot], false) }
    slots[slot] = UInt32(count + 1)
    append(word)
    return (UInt32(count), true)
  }

  /// Where a word's number stands, or would.
  private func slot(of word: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: XXH3_64bits(word.baseAddress, word.count))
    slot &= slots.count - 1
    while slots[slot] != 0, !equals(slots[slot], word) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func equals(_ number: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[Int(number) - 1]
    guard ends[Int(number)] - start == word.count else { return false }
    guard let one = bytes.baseAddress, let other = word.baseAddress else { return true }
    return memcmp(one + start, other, word.count) == 0
  }

  private mutating func append(_ word: UnsafeBufferPointer<UInt8>) {
    let start = ends[count]
    WordTable.grow(&bytes, toHold: start + word.count, using: start)
    WordTable.grow(&ends, toHold: count + 2, using: count + 1)
    _ = UnsafeMutableBufferPointer(rebasing: bytes[start...]).update(fromContentsOf: word)
    count += 1
    ends[count] = start + word.count
    if count * 2 > slots.count { spread() }
  }

  private static func grow<Element>(
    _ memory: inout UnsafeMutableBufferPointer<Element>, toHold needed: Int, using used: Int
  ) {
    guard needed > memory.count else { return }
    let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(needed, used * 2))
    _ = larger.moveInitialize(fromContentsOf: memory[..<used])
    memory.deallocate()
    memory = larger
  }

  /// Doubles the slots.
  private mutating func spread() {
    let numbers = slots.filter { $0 != 0 }
    let size = slots.count * 2
    slots.deallocate()
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0)
    for number in numbers {
      let word = bytes[ends[Int(number) - 1]..<ends[Int(number)]]
      slots[slot(of: UnsafeBufferPointer(rebasing: word))] = number
    }
  }
}
