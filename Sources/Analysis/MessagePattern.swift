/// A message with what differs from one time to the next taken out: numbers, ids, what stands in
/// quotes, addresses and redacted secrets. Messages of one pattern count as one.
///
/// `Retry after 23 seconds` is `Retry after {n} seconds`.
package struct MessagePattern {
  package let text: String

  package init(_ message: String) {
    let bytes = Array(message.utf8)
    var pattern: [UInt8] = []
    pattern.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if let end = MessagePattern.quoted(in: bytes, at: place) {
        pattern.append(bytes[place])
        pattern += "…".utf8
        pattern.append(bytes[end - 1])
        place = end
      } else if MessagePattern.isWord(bytes[place]) {
        let end = MessagePattern.wordEnd(in: bytes, from: place)
        pattern += MessagePattern.standIn(for: bytes[place..<end])
        place = end
      } else {
        pattern.append(bytes[place])
        place += 1
      }
    }
    text = String(decoding: pattern, as: UTF8.self)
  }

  private static let longestQuote = 200

  /// Where a quotation that begins here ends. An apostrophe within a word begins none.
  private static func quoted(in bytes: [UInt8], at start: Int) -> Int? {
    let quote = bytes[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`"),
      start == 0 || !isWord(bytes[start - 1])
    else { return nil }
    for end in start + 1..<min(bytes.count, start + longestQuote) where bytes[end] == quote {
      guard end > start + 1, end + 1 == bytes.count || !isWord(bytes[end + 1]) else { continue }
      return end + 1
    }
    return nil
  }

  /// Words hold what ids, times, addresses and URLs hold, but do not end in a full stop or comma.
  private static func wordEnd(in bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count, isWord(bytes[end]) || isJoint(bytes[end]) { end += 1 }
    while end > start + 1, isJoint(bytes[end - 1]) { end -= 1 }
    return end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80..., UInt8(ascii: "_"), UInt8(ascii: "%"): true
    default: false
    }
  }

  private static func isJoint(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"),
      UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "?"), UInt8(ascii: "="),
      UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// What stands for a word: itself, unless another stands there each time.
  private static func standIn(for word: ArraySlice<UInt8>) -> [UInt8] {
    let digits = word.count { (0x30...0x39).contains($0) }
    let letters = word.count { (0x41...0x5A).contains($0 & 0xDF) || $0 >= 0x80 }
    if word.starts(with: "redacted:".utf8) { return Array("redacted".utf8) }
    if word.firstIndex(of: UInt8(ascii: "@")).map({ $0 > word.startIndex }) == true {
      return Array("{address}".utf8)
    }
    if isURL(word) { return Array("{url}".utf8) }
    if digits == 0 { return Array(word) }
    // Numbers, times, and numbers with their unit.
    if letters == 0 { return Array("{n}".utf8) }
    let number = word.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    if !number.isEmpty, word.count - number.count <= 3, number.count + letters == word.count {
      return Array("{n}".utf8) + word[number.endIndex...]
    }
    if word.contains(UInt8(ascii: "/")) { return pathPattern(word) }
    // `OAuth2`, `base64`, `k8s`.
    let isName = digits <= 3 && digits + letters == word.count && number.isEmpty
    return isName ? Array(word) : Array("{id}".utf8)
  }

  private static func isURL(_ word: ArraySlice<UInt8>) -> Bool {
    word.starts(with: "http://".utf8) || word.starts(with: "https://".utf8)
  }

  /// Each part of a path by itself.
  private static func pathPattern(_ word: ArraySlice<UInt8>) -> [UInt8] {
    let parts = word.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return Array(parts.map { $0.isEmpty ? [] : standIn(for: $0) }.joined(separator: [0x2F]))
  }
}
