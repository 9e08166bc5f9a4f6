internal import Files

/// Words in their folded form, each with what is known of it; asked of words in a text without making
/// a copy of them. Known by a hash of 64 bits.
final class FoldedWords<Meaning: OptionSet>: @unchecked Sendable where Meaning.RawValue == UInt16 {
  private let table: UnsafeMutableBufferPointer<(hash: UInt64, meaning: UInt16)>

  /// Words with spaces between; what stands of one twice is joined.
  init(_ words: [(String, Meaning)]) {
    var all: [(hash: UInt64, meaning: UInt16)] = []
    for (list, meaning) in words {
      WordList(list).forEach { all.append((FoldedWords.hash($0), meaning.rawValue)) }
    }
    var size = 64
    while size < all.count * 4 { size *= 2 }
    table = .allocate(capacity: size)
    table.initialize(repeating: (0, 0))
    for (hash, meaning) in all {
      let place = self.place(of: hash)
      table[place] = (hash, table[place].meaning | meaning)
    }
  }

  deinit { table.deallocate() }

  subscript(word: Bytes) -> Meaning {
    guard word.count <= 64 else { return [] }
    return Meaning(rawValue: table[place(of: FoldedWords.hash(word))].meaning)
  }

  private func place(of hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[place].hash != hash, table[place].hash != 0 {
      place = (place + 1) & (table.count - 1)
    }
    return place
  }

  /// Never 0.
  private static func hash(_ word: Bytes) -> UInt64 {
    var hash = FNV1a()
    fold(word) { hash.add($0) }
    return (hash.value ^ hash.value >> 32) | 1
  }
}
