/// A set of numbers of a vocabulary, from -1 on: a bit for each.
struct NumberSet {
  private var words: [UInt64] = []

  /// Whether it was not in it before.
  @discardableResult
  mutating func insert(_ number: Int) -> Bool {
    let (word, bit) = NumberSet.place(of: number)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    let isNew = words[word] & bit == 0
    words[word] |= bit
    return isNew
  }

  func contains(_ number: Int) -> Bool {
    let (word, bit) = NumberSet.place(of: number)
    return word < words.count && words[word] & bit != 0
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// How many numbers it has.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  mutating func formUnion(_ other: NumberSet) {
    for (place, word) in other.words.enumerated() {
      if place < words.count { words[place] |= word } else { words.append(word) }
    }
  }

  mutating func subtract(_ other: NumberSet) {
    for place in words.indices.prefix(other.words.count) { words[place] &= ~other.words[place] }
  }

  /// In rising order.
  var numbers: [Int] {
    words.enumerated().flatMap { place, word in
      (0..<64).filter { word & 1 << $0 != 0 }.map { place * 64 + $0 - 1 }
    }
  }

  private static func place(of number: Int) -> (word: Int, bit: UInt64) {
    let place = max(0, number + 1)
    return (place / 64, 1 << UInt64(place % 64))
  }
}
