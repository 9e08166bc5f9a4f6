internal import Files

/// Finds secrets in one text, from left to right, looking a bounded way ahead.
///
/// Everything that tells a secret begins with a word (letters, digits, `_`, `-`), an `@` or a colon:
/// only these are looked at.
final class SecretFinder {
  private(set) var secrets: [Secret] = []
  private(set) var text = Bytes(start: nil, count: 0)
  var seen = Seen()
  /// What the words near a number say.
  var words: [CodeWord] = []
  private let prefixes = KeyPrefixes.all
  let names = KnownNames()
  let schemes = AuthSchemes.all
  /// Reads what is wrapped in base64; a wrapping within one is not unwrapped.
  private lazy var inner = SecretFinder(isInner: true)
  private let isInner: Bool
  private var unwrapped: [UInt8] = []

  init(isInner: Bool = false) {
    self.isInner = isInner
  }

  /// What has been looked at of a text, so that nothing in it is looked at again and again.
  struct Seen {
    /// Up to where a named object or list has been looked through, a hash with `$` in it, and a word
    /// with letters beyond ASCII.
    var container = 0
    var hash = 0
    var wideWord = 0
    /// Where values without quotes, tokens, base64, lines and elements end.
    var values = Stretch()
    var tokens = Stretch()
    var base64 = Stretch()
    var lines = Stretch()
    var elements = Stretch()
    /// How often base64 was looked into that other signs than a word's join.
    var wideTries = (end: 0, count: 0)
    var unspacedTries = 0
    var command = CommandLine()
  }

  /// Leaves what it found in `secrets`.
  func find(in text: Bytes) {
    self.text = text
    secrets.removeAll(keepingCapacity: true)
    seen = Seen()
    let classes = byteClasses
    var place = 0
    while place < text.count {
      let byte = text[place]
      if !classes[Int(byte)].isDisjoint(with: .word) {
        var end = place + 1
        while end < text.count, !classes[Int(text[end])].isDisjoint(with: .word) { end += 1 }
        place = max(place + 1, afterWord(place, end))
      } else if byte == 0x20 {
        place += 1
      } else {
        place = max(place + 1, afterSign(byte, at: place))
      }
    }
    self.text = Bytes(start: nil, count: 0)
  }

  /// Looks at what begins with a sign; says where to go on.
  private func afterSign(_ sign: UInt8, at place: Int) -> Int {
    switch sign {
    case UInt8(ascii: "@"): return afterEmail(at: place)
    case UInt8(ascii: ":"):
      guard peek(place + 1) == UInt8(ascii: "/"), peek(place + 2) == UInt8(ascii: "/") else {
        break
      }
      return afterUserinfo(from: place + 3)
    case UInt8(ascii: "["): return tagEnd(at: place) ?? place + 1
    case UInt8(ascii: "$"): return afterPortableHash(at: place) ?? afterHash(at: place)
    case UInt8(ascii: "{"): return afterScheme(inBraces: place) ?? place + 1
    case 0x80...0xFF:
      if sign == 0xEF, let next = afterWideDigits(place) { return next }
      if let next = afterWideWord(place) { return next }
      // Up to the next character; in a word that was looked at none begins anything, but for those of EF.
      var next = place + 1
      while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
      while next < seen.wideWord, text[next] >= 0x80, text[next] != 0xEF { next += 1 }
      return next
    default: break
    }
    return place + 1
  }

  /// Up to where the text is settled.
  var settled: Int { secrets.last?.end ?? 0 }

  @inline(__always)
  func peek(_ place: Int) -> UInt8? { place >= 0 && place < text.count ? text[place] : nil }

  /// Where the tag that stands here ends, if one does: what it stands for was hidden before.
  func tagEnd(at place: Int) -> Int? {
    let head: StaticString = "[redacted:"
    guard text.part(place..<place + head.utf8CodeUnitCount).isEqual(to: head) else { return nil }
    var end = place + head.utf8CodeUnitCount
    while end < place + 32, let byte = peek(end), byte.isLower || byte.isDigit { end += 1 }
    guard peek(end) == UInt8(ascii: ":"), peek(end + 5) == UInt8(ascii: "]"),
      text.part(end + 1..<end + 5).allSatisfy({ $0.hexValue != nil })
    else { return nil }
    return end + 6
  }

  /// Notes a secret and says where to go on.
  func add(_ start: Int, _ end: Int, _ kind: StaticString) -> Int {
    secrets.append(Secret(start: start, end: end, kind: kind))
    return end
  }

  /// Looks at a word and what belongs to it; says where to go on.
  private func afterWord(_ start: Int, _ end: Int) -> Int {
    let length = end - start
    if end < text.count, text[end] >= 0x80, let next = afterWideWord(start) { return next }
    if isPlain(start, end) { return afterPlainWord(start, end) }
    if length >= 2, let next = afterKey(start, end) { return next }
    if let next = afterToken(start, end) { return next }
    if let next = afterNumber(start, end) { return next }
    if let next = afterForm(start, end) { return next }
    if let next = afterAction(start, end) { return next }
    if length >= 3, let next = afterScheme(start, end) ?? afterParameterScheme(start, end) {
      return next
    }
    if let next = afterName(start, end) { return next }
    if let next = afterNoun(start, end) { return next }
    if let next = afterBase64(start, end) { return next }
    return end
  }

  /// Words as most are: short, with a space and another word behind them. No key is as short, and
  /// no value of theirs stands there.
  private func isPlain(_ start: Int, _ end: Int) -> Bool {
    guard end - start < 12, peek(end) == 0x20, let next = peek(end + 1), next.isLetterOrDigit else {
      return false
    }
    return text[start] != UInt8(ascii: "-") && text[start] != UInt8(ascii: "F")
  }

  private func afterPlainWord(_ start: Int, _ end: Int) -> Int {
    if let next = afterNumber(start, end) { return next }
    guard end - start >= 3 else { return end }
    return afterScheme(start, end) ?? afterParameterScheme(start, end) ?? afterNoun(start, end)
      ?? end
  }

  /// The number of a card or an account, a code.
  private func afterNumber(_ start: Int, _ end: Int) -> Int? {
    if text[start].isDigit {
      if let next = afterCard(start, end) { return next }
      return (3...8).contains(end - start) ? afterCode(start, end) : nil
    }
    guard text[start].isUpper else { return nil }
    if let next = afterIBAN(start, end) { return next }
    return (6...13).contains(end - start) && text[end - 1].isDigit ? afterCode(start, end) : nil
  }

  /// In one word a key is looked for at so many places.
  private static let mostTries = 16

  /// A key that names its vendor, at the word's start or behind `-` or `_`.
  private func afterKey(_ start: Int, _ end: Int) -> Int? {
    var place = start
    var tries = 0
    while place < end, tries < SecretFinder.mostTries {
      tries += 1
      if place == start || !text[place - 1].isLetterOrDigit,
        let (keyEnd, kind) = prefixes.key(in: text, at: place)
      {
        return add(place, keyEnd, kind)
      }
      // Only behind a separator can another begin.
      repeat { place += 1 } while place < end && text[place - 1].isLetterOrDigit
    }
    return nil
  }

  /// Base64 in which a secret is wrapped.
  private func afterBase64(_ start: Int, _ end: Int) -> Int? {
    guard !isInner, end - start >= 12 else { return nil }
    let wide = base64End(from: end)
    if wide != seen.wideTries.end { seen.wideTries = (wide, 0) }
    if wide > end, seen.wideTries.count < SecretFinder.mostTries {
      seen.wideTries.count += 1
      if holdsSecret(text.part(start..<wide)) {
        return add(start, paddingEnd(from: wide), "base64")
      }
    }
    return holdsSecret(text.part(start..<end))
      ? add(start, paddingEnd(from: end), "base64") : nil
  }

  /// Where letters of base64 end, of either alphabet, seen from one of them.
  func base64End(from start: Int) -> Int {
    seen.base64.end(from: start) { start in
      var end = start
      while let byte = peek(end),
        byte.isOne(of: .word) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      {
        end += 1
      }
      return end
    }
  }

  /// Behind the equals signs that fill base64 up.
  func paddingEnd(from start: Int) -> Int {
    var end = start
    while end < start + 2, peek(end) == UInt8(ascii: "=") { end += 1 }
    return end
  }

  private func holdsSecret(_ base64: Bytes) -> Bool {
    guard decodeBase64(base64, into: &unwrapped) else { return false }
    return unwrapped.withUnsafeBufferPointer {
      inner.find(in: $0)
      return !inner.secrets.isEmpty
    }
  }

  /// Whether base64 says `user:password`; its beginning tells.
  func isBasicCredentials(_ base64: Bytes) -> Bool {
    decodeBase64(base64.part(0..<512), into: &unwrapped) && unwrapped.contains(UInt8(ascii: ":"))
  }
}
