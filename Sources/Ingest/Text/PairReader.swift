internal import Events

/// Reads `key=value` pairs (logfmt): values are bare, in double quotes with escapes, in single quotes
/// or in brackets that match.
struct PairReader {
  struct Pair {
    var key: Bytes
    var value: Bytes
    var isQuoted: Bool
  }

  private let text: Bytes
  private var place = 0
  private var pairs = 0
  private var words = 0
  private var beginsWithPair = false
  /// Marks that opened a value and did not close it: they are not looked for again, so
  /// that a line costs no more than its length.
  private var unclosed: Set<UInt8> = []

  init(_ text: Bytes) {
    self.text = text
  }

  /// Whether what was read is pairs, a few words among them, and not prose with an `=` in it.
  var isPairs: Bool { beginsWithPair && pairs > 1 && pairs > words }

  /// The next pair; bare words are passed over.
  mutating func next() -> Pair? {
    while true {
      while place < text.count, text[place].isBlank { place += 1 }
      guard place < text.count else { return nil }
      if let pair = pair() {
        if pairs + words == 0 { beginsWithPair = true }
        pairs += 1
        return pair
      }
      words += 1
      while place < text.count, !text[place].isBlank { place += 1 }
    }
  }

  private mutating func pair() -> Pair? {
    var end = place
    while end < text.count, isKeyByte(text[end]) { end += 1 }
    guard end > place, end < text.count, text[end] == UInt8(ascii: "=") else { return nil }
    let key = text.part(place..<end)
    place = end + 1
    guard place < text.count else {
      return Pair(key: key, value: text.part(0..<0), isQuoted: false)
    }
    let mark = text[place]
    if !unclosed.contains(mark), let value = marked(by: mark) {
      return Pair(key: key, value: value, isQuoted: mark == UInt8(ascii: "\""))
    }
    let start = place
    while place < text.count, !text[place].isBlank { place += 1 }
    return Pair(key: key, value: text.part(start..<place), isQuoted: false)
  }

  private func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: ":"),
      UInt8(ascii: "#"):
      true
    default: false
    }
  }

  private mutating func marked(by mark: UInt8) -> Bytes? {
    let value: Bytes?
    switch mark {
    case UInt8(ascii: "\""): value = quoted()
    case UInt8(ascii: "'"): value = singleQuoted()
    case UInt8(ascii: "{"), UInt8(ascii: "["): value = bracketed()
    default: return nil
    }
    if value == nil, mark != UInt8(ascii: "\"") { unclosed.insert(mark) }
    return value
  }

  private func isEnd(_ place: Int) -> Bool { place >= text.count || text[place].isBlank }

  private mutating func quoted() -> Bytes? {
    var end = place + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.count else {
      unclosed.insert(UInt8(ascii: "\""))
      return nil
    }
    guard isEnd(end + 1) else { return nil }
    defer { place = end + 1 }
    return text.part(place + 1..<end)
  }

  /// Up to the first `'` before a blank: lograge does not escape those within.
  private mutating func singleQuoted() -> Bytes? {
    var end = place + 1
    while end < text.count, text[end] != UInt8(ascii: "'") || !isEnd(end + 1) { end += 1 }
    guard end < text.count else { return nil }
    defer { place = end + 1 }
    return text.part(place + 1..<end)
  }

  private mutating func bracketed() -> Bytes? {
    var depth = 0
    var end = place
    var isQuoted = false
    while end < text.count {
      switch text[end] {
      case UInt8(ascii: "\\") where isQuoted: end += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "{") where !isQuoted, UInt8(ascii: "[") where !isQuoted: depth += 1
      case UInt8(ascii: "}") where !isQuoted, UInt8(ascii: "]") where !isQuoted: depth -= 1
      default: break
      }
      end += 1
      if depth == 0 { break }
    }
    guard depth == 0, isEnd(end) else { return nil }
    defer { place = end }
    return text.part(place..<min(end, text.count))
  }
}
