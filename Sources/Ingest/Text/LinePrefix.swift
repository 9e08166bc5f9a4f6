internal import Files

/// Where a line may begin again behind the words that a logger of its own put before it: behind a colon, a
/// bracket, a bar, a dash or an arrow with a blank.
struct LinePrefix: Sequence, IteratorProtocol {
  private let text: Bytes
  private var place = 0
  private var left = LinePrefix.most

  private static let most = 5
  /// A logger does not put more before what it logs.
  private static let longest = 160
  /// What has less behind it is no line of a gateway.
  private static let shortestLine = 24

  init(_ text: Bytes) {
    self.text = text
  }

  mutating func next() -> Int? {
    let end = Swift.min(LinePrefix.longest, text.count - LinePrefix.shortestLine)
    while left > 0, place < end {
      defer { place += 1 }
      guard LinePrefix.mayEnd(text[place]), text[place + 1].isBlank else { continue }
      var start = place + 1
      while start < text.count, text[start].isBlank { start += 1 }
      left -= 1
      return start
    }
    return nil
  }

  private static func mayEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "|"),
      UInt8(ascii: "-"), UInt8(ascii: ">"):
      true
    default: false
    }
  }
}
