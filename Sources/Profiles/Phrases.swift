internal import Files

/// The phrases that a profile's rules look for in messages, found all in one pass.
struct Phrases: Sendable {
  /// Which phrases a message holds, by number.
  typealias Found = SIMD8<UInt64>

  private var phrases: [[UInt8]] = []
  /// Their numbers, until all are known.
  private var numbers: [[UInt8]: Int] = [:]
  /// Numbers of phrases by their first byte, and where each byte's start; one more for the end.
  private var order: [UInt16] = []
  private var starts: [UInt16] = Array(repeating: 0, count: 257)

  /// As many as there is room for.
  static let most = Found.scalarCount * 64

  /// The number of a phrase, which is compared in lower case; nil when there is no room left.
  mutating func number(of phrase: String) -> Int? {
    let bytes = Array(phrase.lowercased().utf8)
    if let known = numbers[bytes] { return known }
    guard phrases.count < Phrases.most, !bytes.isEmpty else { return nil }
    numbers[bytes] = phrases.count
    phrases.append(bytes)
    return phrases.count - 1
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Prepares for finding, when all are known.
  mutating func seal() {
    numbers = [:]
    order = phrases.indices.sorted { phrases[$0][0] < phrases[$1][0] }.map(UInt16.init)
    var place = 0
    for byte in 0..<256 {
      starts[byte] = UInt16(place)
      while place < order.count, phrases[Int(order[place])][0] == byte { place += 1 }
    }
    starts[256] = UInt16(place)
  }

  /// The phrases in a message; only ASCII letters change case.
  func find(in message: Bytes) -> Found {
    var found = Found(repeating: 0)
    for start in message.indices {
      let first = Int(lowercased(message[start]))
      for place in Int(starts[first])..<Int(starts[first + 1]) {
        let number = Int(order[place])
        if stands(number, in: message, at: start) { found[number >> 6] |= 1 << UInt64(number & 63) }
      }
    }
    return found
  }

  private func stands(_ number: Int, in message: Bytes, at start: Int) -> Bool {
    phrases[number].withUnsafeBufferPointer { phrase in
      guard phrase.count <= message.count - start else { return false }
      for place in 1..<max(1, phrase.count)
      where lowercased(message[start + place]) != phrase[place] { return false }
      return true
    }
  }
}
