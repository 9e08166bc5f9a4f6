internal import Files

/// Reads `key=value` pairs (logfmt): values are bare, in double quotes with escapes, in single quotes
/// or in brackets that match.
///
/// A value in double quotes ends at its first unescaped quote. Where something follows that quote
/// other than a blank, no one can tell what is quoted and what is not: then the line is no pairs. A
/// quote that is never closed was cut off: all that follows is its value.
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
  /// How many of the words stand before the last pair.
  private var wordsBefore = 0
  private var beginsWithPair = false
  private var isBroken = false
  /// Marks that opened a value and did not close it: they are not looked for again, so
  /// that a line costs no more than its length.
  private var unclosed: Set<UInt8> = []

  init(_ text: Bytes) {
    self.text = text
  }

  /// Whether what was read is pairs, a few words among them, and not prose with an `=` in it.
  var isPairs: Bool { !isBroken && beginsWithPair && pairs > 1 && pairs > words }

  /// The same of what ends a line in another layout, where a single pair will do.
  var isTail: Bool { !isBroken && beginsWithPair && pairs > words }

  /// Whether all of it was pairs.
  var isOnlyPairs: Bool { !isBroken && words == 0 }

  /// The same, of what has words behind all pairs alone.
  var areOnlyWordsBehind: Bool { !isBroken && wordsBefore == 0 }

  /// The next pair; bare words are passed over.
  mutating func next() -> Pair? {
    while true {
      while place < text.count, text[place].isBlank { place += 1 }
      guard place < text.count else { return nil }
      if let pair = pair() {
        if pairs + words == 0 { beginsWithPair = true }
        pairs += 1
        wordsBefore = words
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
    if mark == UInt8(ascii: "\"") { return Pair(key: key, value: quoted(), isQuoted: true) }
    if !unclosed.contains(mark), let value = marked(by: mark) {
      return Pair(key: key, value: value, isQuoted: false)
    }
    let start = place
    while place < text.count, !text[place].isBlank { place += 1 }
    if place - start == 10, let end = endOfClock(behindDateAt: start) { place = end }
    if isBetweenPairs(place - 1) {
      return Pair(key: key, value: text.part(start..<place - 1), isQuoted: false)
    }
    while let next = endOfNextInList(place) { place = next }
    return Pair(key: key, value: text.part(start..<place), isQuoted: false)
  }

  /// Where the time of day ends that stands behind a date without quotes: `at=2026-08-23 14:55:53 by=a`.
  private func endOfClock(behindDateAt start: Int) -> Int? {
    let clock = start + 11
    guard text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-"),
      text[start].isDigit, text[start + 9].isDigit, clock + 8 <= text.count,
      text[clock - 1] == 0x20
    else { return nil }
    for place in 0..<8 {
      let byte = text[clock + place]
      guard place % 3 == 2 ? byte == UInt8(ascii: ":") : byte.isDigit else { return nil }
    }
    var end = clock + 8
    while end < text.count, !text[end].isBlank {
      if text[end] == UInt8(ascii: "=") { return nil }
      end += 1
    }
    return end
  }

  /// Where the next value of a list ends, as in `0.004, 0.012`: a number or a `-` behind a comma.
  private func endOfNextInList(_ end: Int) -> Int? {
    guard end < text.count, text[end - 1] == UInt8(ascii: ",") else { return nil }
    var next = end
    while next < text.count, text[next].isBlank { next += 1 }
    guard next < text.count, (0x30...0x39).contains(text[next]) || text[next] == UInt8(ascii: "-")
    else { return nil }
    while next < text.count, !text[next].isBlank {
      if text[next] == UInt8(ascii: "=") { return nil }
      next += 1
    }
    return next
  }

  /// Whether a comma stands at a place with the next pair behind it: `method=GET, status=503`.
  private func isBetweenPairs(_ comma: Int) -> Bool {
    guard comma >= 0, comma + 1 < text.count, text[comma] == UInt8(ascii: ",") else { return false }
    var start = comma + 1
    while start < text.count, text[start].isBlank { start += 1 }
    var end = start
    while end < text.count, isKeyByte(text[end]) { end += 1 }
    return end > start && start > comma + 1 && end < text.count && text[end] == UInt8(ascii: "=")
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
    case UInt8(ascii: "'"): value = singleQuoted()
    case UInt8(ascii: "{"), UInt8(ascii: "["): value = bracketed()
    default: return nil
    }
    if value == nil { unclosed.insert(mark) }
    return value
  }

  private func isEnd(_ place: Int) -> Bool { place >= text.count || text[place].isBlank }

  private mutating func quoted() -> Bytes {
    let start = place + 1
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    end = min(end, text.count)
    place = min(end + 1, text.count)
    if isBetweenPairs(place) {
      place += 1
    } else if !isEnd(place) {
      isBroken = true
    }
    return text.part(start..<end)
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
