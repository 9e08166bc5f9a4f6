internal import Files

// Secrets that a word announces: `Bearer …`, `the API key …`.
extension SecretFinder {
  /// A token behind the name of a way to authenticate.
  func afterScheme(_ start: Int, _ end: Int) -> Int? {
    guard let next = peek(end), next == 0x20 || next == UInt8(ascii: "+"), end - start <= 16,
      schemes.mayBeOne(text.part(start..<end)), mayBeToken(from: end + 1),
      let scheme = schemes.named(text.part(start..<end)), !scheme.hasParameters
    else { return nil }
    var first = end + 1
    while peek(first) == 0x20, first < end + 4 { first += 1 }
    if let quote = peek(first), quote.isQuote { first += 1 }
    var last = seen.tokens.end(from: first) { start in
      var end = start
      while let byte = peek(end), KeyPrefix.Tail.dotted.holds(byte) || byte == UInt8(ascii: "~") {
        end += 1
      }
      return end
    }
    // `Bearer realm="…"`
    if peek(last) == 0x22 || peek(last) == UInt8(ascii: "\\"), last > first,
      text[last - 1] == UInt8(ascii: "=")
    {
      return nil
    }
    for _ in 0..<8 where last > first && text[last - 1] == UInt8(ascii: ".") { last -= 1 }
    let token = text.part(first..<last)
    guard token.count >= 6 else { return nil }
    switch scheme.kind.utf8Start[2] {
    case UInt8(ascii: "s"):
      let padding = token.lastIndex { $0 != UInt8(ascii: "=") } ?? 0
      guard isBasicCredentials(token.part(0..<padding + 1)) else { return nil }
    case UInt8(ascii: "a"):
      guard isOpaque(token, least: 6) || isLongWord(token), !isAlgorithm(token) else { return nil }
    default:
      guard isOpaque(token, least: 12), !isUUID(token), !isMadeOfWords(token),
        !isTypedID(token), !token.allSatisfy(\.isDigit), !isFile(token)
      else { return nil }
    }
    return add(first, last, scheme.kind)
  }

  /// `uploads/2026/11/photo.jpg`
  private func isFile(_ token: Bytes) -> Bool {
    token.prefix(256).contains(UInt8(ascii: "/")) && token.prefix(256).contains(UInt8(ascii: "."))
  }

  /// Whether what stands there is no plain word: asked of every word, before anything that costs more.
  private func mayBeToken(from start: Int) -> Bool {
    var start = start
    while peek(start) == 0x20 { start += 1 }
    var place = start
    while let byte = peek(place), byte.isLower, place - start < 16 { place += 1 }
    guard let byte = peek(place) else { return place - start >= 16 }
    return place - start >= 16 || !byte.isBlank
  }

  /// `API key 'x'`, `the token x`, `password provided: x`: only what looks made by a machine.
  func afterNoun(_ start: Int, _ end: Int) -> Int? {
    guard peek(end)?.isBlank == true || peek(end)?.isQuote == true, end - start >= 3,
      end - start <= 24,
      let kind = noun(start, end)
    else { return nil }
    var place = end
    for _ in 0..<3 {
      while let byte = peek(place), place < end + 40, tagEnd(at: place) == nil,
        byte.isBlank || byte.isQuote || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
          || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[")
      {
        place += 1
      }
      var word = place
      while peek(word)?.isLetter == true { word += 1 }
      guard peek(word)?.isBlank == true || peek(word) == UInt8(ascii: ":"),
        SecretFinder.fillers.contains(where: { text.part(place..<word).isEqual(ignoringCase: $0) })
      else { break }
      place = word
    }
    guard place >= settled, tagEnd(at: place) == nil else { return nil }
    let last = bareEnd(from: place)
    let value = text.part(place..<last)
    let isPassword = kind.utf8Start[0] == UInt8(ascii: "p")
    guard isOpaque(value, least: isPassword ? 6 : 12), !isPlaceholder(value), !isUUID(value),
      !isTypedID(value), !value.allSatisfy(\.isDigit), isPassword || !isMadeOfWords(value),
      !isAlgorithm(value), !isGeneratedName(value)
    else { return nil }
    return add(place, last, kind)
  }

  private static let fillers: [StaticString] = [
    "provided", "supplied", "given", "is", "was", "value", "used", "of", "with", "sent", "received",
    "ist", "lautet", "war", "est", "es", "jest", "to",
  ]

  private func noun(_ start: Int, _ end: Int) -> StaticString? {
    let word = text.part(start..<end)
    if end - start == 3, word.isEqual(ignoringCase: "key") {
      var before = start
      while before > 0, text[before - 1].isBlank { before -= 1 }
      var first = before
      while first > 0, first > before - 12, text[first - 1].isLetter { first -= 1 }
      let adjective = text.part(first..<before)
      return SecretFinder.keys.contains { adjective.isEqual(ignoringCase: $0) } ? "key" : nil
    }
    switch (names.look(up: word) ?? names.look(up: phrase(start, end)))?.name {
    case .password, .ambiguous: return "password"
    case .key: return "key"
    case .token: return "token"
    default: return nil
    }
  }

  private static let keys: [StaticString] = [
    "api", "secret", "access", "private", "signing", "encryption", "auth", "service", "license",
    "subscription", "account",
  ]
}
