internal import CXXHash
internal import Glibc

/// Byte strings by number, counted from 1: a hash table that takes no String.
final class WordTable {
  private var bytes: ContiguousArray<UInt8> = []
  private var ends: ContiguousArray<Int> = [0]
  private var slots: ContiguousArray<UInt32>

  init() {
    slots = ContiguousArray(repeating: 0, count: 256)
  }

  var count: Int { ends.count - 1 }

  /// Forgets everything and counts from 1 again.
  func clear() {
    bytes = []
    ends = [0]
    slots = ContiguousArray(repeating: 0, count: 256)
  }

  /// The word's number, if it has one.
  func find(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    var slot = Int(truncatingIfNeeded: hash(word)) & (slots.count - 1)
    while slots[slot] != 0 {
      if equals(slots[slot], word) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Gives the next number to nothing.
  func skipNumber() {
    ends.append(bytes.count)
    if count * 2 > slots.count { grow() }
  }

  /// The word's number, and whether it was met for the first time.
  func number(of word: UnsafeBufferPointer<UInt8>) -> (number: UInt32, isNew: Bool) {
    var slot = Int(truncatingIfNeeded: hash(word)) & (slots.count - 1)
    while slots[slot] != 0 {
      if equals(slots[slot], word) { return (slots[slot], false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    let number = UInt32(count)
    slots[slot] = number
    if count * 2 > slots.count { grow() }
    return (number, true)
  }

  private func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    XXH3_64bits(word.baseAddress, word.count)
  }

  private func equals(_ number: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[Int(number) - 1]
    guard ends[Int(number)] - start == word.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      guard let one = all.baseAddress, let other = word.baseAddress else { return word.isEmpty }
      return memcmp(one + start, other, word.count) == 0
    }
  }

  private func grow() {
    slots = ContiguousArray(repeating: 0, count: slots.count * 2)
    bytes.withUnsafeBufferPointer { all in
      for number in 1...count {
        let word = UnsafeBufferPointer(rebasing: all[ends[number - 1]..<ends[number]])
        var slot = Int(truncatingIfNeeded: hash(word)) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(number)
      }
    }
  }
}
