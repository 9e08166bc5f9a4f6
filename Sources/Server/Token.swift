/// What has to stand in an address so that pages are shown: 128 random bits, as 32 hexadecimal digits.
package struct Token: Sendable, Equatable {
  package let text: String

  /// A new one, from the system's source of random numbers.
  package init() {
    var random = SystemRandomNumberGenerator()
    text = (0..<16).map { _ in
      let byte = UInt8.random(in: .min ... .max, using: &random)
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// One that was written down; nil where the text is none.
  package init?(_ text: some StringProtocol) {
    let isOne =
      text.utf8.count == 32
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
    guard isOne else { return nil }
    self.text = String(text)
  }

  /// Whether a text is this token. How long that takes does not tell how much of it is right.
  func matches(_ other: String) -> Bool {
    let (own, others) = (Array(text.utf8), Array(other.utf8))
    guard own.count == others.count else { return false }
    var difference: UInt8 = 0
    for place in own.indices { difference |= own[place] ^ others[place] }
    return difference == 0
  }
}
