internal import Files

// What the headers say by which a client proves who it is.
extension SecretFinder {
  /// A scheme is kept, what follows it is hidden.
  func authorization(
    _ start: Int, _ end: Int, in place: Place, isQuoted: Bool, _ kind: StaticString
  ) -> Int? {
    var word = start
    while word < end, text[word].isOne(of: .word) { word += 1 }
    if let scheme = schemes.named(text.part(start..<word)),
      peek(word)?.isBlank == true || peek(word) == 0x2B
    {
      var first = word + 1
      while peek(first)?.isBlank == true { first += 1 }
      if scheme.hasParameters, let next = addParameters(from: first, scheme.kind) { return next }
      let last = isQuoted ? end : scheme.hasParameters ? lineEnd(from: first) : bareEnd(from: first)
      guard last - first >= 3, !isPlaceholder(text.part(first..<last)),
        !isChallenge(last)
      else { return nil }
      if !scheme.hasParameters {
        let value = text.part(first..<last)
        if isProse(value) || startsSentence(first, last) || isCommonWord(value) { return nil }
      }
      return add(first, last, scheme.kind)
    }
    let value = text.part(start..<end)
    if isPlaceholder(value) || isCommonWord(value) || isProse(value) { return nil }
    if !isQuoted, !place.isTight, startsSentence(start, end) { return nil }
    guard isOpaque(value, least: 6) || isLongWord(value) else { return nil }
    return add(start, end, kind)
  }

  /// `Basic realm="…"`
  private func isChallenge(_ end: Int) -> Bool {
    guard text[end - 1] == UInt8(ascii: "="), let next = peek(end) else { return false }
    return next.isQuote || next == UInt8(ascii: "\\")
  }

  /// `Digest username="…", response="…"`, wherever it stands.
  func afterParameterScheme(_ start: Int, _ end: Int) -> Int? {
    guard peek(end) == 0x20, let scheme = schemes.named(text.part(start..<end)),
      scheme.hasParameters
    else { return nil }
    return addParameters(from: end + 1, scheme.kind)
  }

  /// All of `name=value, name="value"`, if one of the names says that a client proves something: a
  /// challenge has other ones.
  private func addParameters(from start: Int, _ kind: StaticString) -> Int? {
    var place = start
    var end = start
    var proves = false
    for _ in 0..<24 {
      var name = place
      while let byte = peek(name), byte.isOne(of: .word) { name += 1 }
      guard name > place, peek(name) == UInt8(ascii: "=") else { break }
      if SecretFinder.proofs.contains(where: { text.part(place..<name).isEqual(ignoringCase: $0) })
      {
        proves = true
      }
      end = endOfParameter(from: name + 1)
      var next = end
      while let byte = peek(next), next < end + 8, byte.isBlank || byte == 0x2C { next += 1 }
      guard next > end else { break }
      place = next
    }
    return proves && end > start ? add(start, end, kind) : nil
  }

  private func endOfParameter(from start: Int) -> Int {
    var place = start
    while peek(place) == UInt8(ascii: "\\"), place < start + 8 { place += 1 }
    guard let quote = peek(place), quote.isQuote else {
      while let byte = peek(place), !byte.isBlank, byte != 0x2C, !byte.isQuote { place += 1 }
      return place
    }
    place += 1
    let last = min(text.count, place + 4096)
    while place < last, text[place] != quote { place += 1 }
    return min(place + 1, text.count)
  }

  private static let proofs: [StaticString] = [
    "username", "response", "cnonce", "nonce", "opaque", "oauth_signature", "oauth_token",
    "oauth_consumer_key", "signature", "mac", "id", "credential", "keyid",
  ]

  /// Cookies are hidden all at once, up to the end of their line.
  func cookie(_ start: Int, _ end: Int, isQuoted: Bool, _ kind: StaticString) -> Int? {
    let last = isQuoted ? end : lineEnd(from: start)
    let value = text.part(start..<last)
    guard !isPlaceholder(value) else { return nil }
    let first = value.prefix(64)
    if let equals = first.firstIndex(of: UInt8(ascii: "=")), equals > 0,
      first[..<equals].allSatisfy({ $0.isOne(of: .word) || $0 == UInt8(ascii: ".") }),
      value.count >= 5
    {
      return add(start, last, kind)
    }
    let word = text.part(start..<end)
    return isOpaque(word, least: 8) && !isProse(word) ? add(start, end, kind) : nil
  }

  private func lineEnd(from start: Int) -> Int {
    let last = seen.lines.end(from: start) { start in
      var end = start
      while end < text.count, text[end] != 0x0A, text[end] != 0x0D, text[end] != 0x22 { end += 1 }
      return end
    }
    var end = last
    while end > max(start, last - 8), text[end - 1] == UInt8(ascii: "\\") || text[end - 1] == 0x27 {
      end -= 1
    }
    return end
  }
}
