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

  /// Behind the names of a pod and its container, which stern puts before a line: `web-7d9f8-x2x4z web …`
  static func endOfPod(_ text: Bytes) -> Int? {
    var words = LineWords(text)
    guard let pod = words.next(), pod.count > 8, pod.allSatisfy(isOfPod),
      pod[pod.count - 6] == UInt8(ascii: "-"), pod.count(where: { $0 == UInt8(ascii: "-") }) > 1,
      let container = words.next(), container.allSatisfy(isOfPod), let read = words.read
    else { return nil }
    return read.count + 1
  }

  private static func isOfPod(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte.isDigit || byte == UInt8(ascii: "-")
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
