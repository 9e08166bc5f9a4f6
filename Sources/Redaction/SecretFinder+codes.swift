internal import Files

// Codes to be used once, told by the words around them: `Your verification code is 123456`,
// `123456 ist Ihr Bestätigungscode`, `use 123 456 to log in`.
extension SecretFinder {
  /// A number of four to eight digits, also in two groups of three, or behind letters and a dash.
  func afterCode(_ start: Int, _ end: Int) -> Int? {
    guard let digits = codeDigits(start, end), standsAlone(digits) else { return nil }
    let isMarked = readWords(before: digits.lowerBound)
    let isNamed = isNamedBefore(isMarked: isMarked)
    let isAsked = words.first?.contains(.verb) == true
    if !isNamed, !isAsked, words.first?.contains(.other) == true { return nil }
    if !isNamed, !isAsked, !mayBeNamed(behind: digits) { return nil }
    readWords(behind: digits.upperBound)
    if words.first?.contains(.unit) == true { return nil }
    let isCode =
      isNamed || isNamedBehind() || (isAsked && isForLogin())
      || (isBracketed(digits) && namesCode(words[...])) || isNamedUnspaced(digits)
    return isCode ? add(digits.lowerBound, digits.upperBound, "otp") : nil
  }

  /// Where the digits stand that could be a code.
  private func codeDigits(_ start: Int, _ end: Int) -> Range<Int>? {
    var first = start
    // `G-123456`
    while first < end, first < start + 4, text[first].isUpper { first += 1 }
    if first > start {
      guard peek(first) == UInt8(ascii: "-") else { return nil }
      first += 1
    }
    var digits = 0
    while first + digits < end, text[first + digits].isDigit { digits += 1 }
    let last = first + digits
    guard digits == 3, first == start else {
      return last == end && (4...8).contains(digits) ? first..<last : nil
    }
    let space = last < end ? 1 : last < text.count ? Character32(text, at: last).length : 0
    guard space > 0, isCodeSeparator(at: last) else { return nil }
    let next = last + space
    guard (0..<3).allSatisfy({ peek(next + $0)?.isDigit == true }),
      peek(next + 3)?.isOne(of: .word) != true
    else { return nil }
    return first..<next + 3
  }

  private func isCodeSeparator(at place: Int) -> Bool {
    text[place] == UInt8(ascii: "-")
      || (!text[place].isBlank || text[place] == 0x20) && Character32(text, at: place).isSpace
  }

  /// Whether they are no part of a longer number, a price, an address, a time.
  private func standsAlone(_ digits: Range<Int>) -> Bool {
    if let before = peek(digits.lowerBound - 1) {
      switch before {
      case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "$"),
        UInt8(ascii: "/"), UInt8(ascii: ","):
        return false
      default: break
      }
    }
    switch peek(digits.upperBound) {
    case UInt8(ascii: "%"): return false
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "/"):
      return peek(digits.upperBound + 1)?.isDigit != true
    default: return true
    }
  }

  // MARK: What the words say

  /// Whether the words before a number end by naming a code, the last of them first: `your OTP is`,
  /// `code de vérification :`. A mark or a link lets other words stand between.
  private func isNamedBefore(isMarked: Bool) -> Bool {
    var mayHaveBetween = isMarked
    var place = 0
    while place < words.count {
      let word = words[place]
      if namesCode(endingAt: place) { return true }
      guard !word.isDisjoint(with: [.link, .filler, .owner]) else { break }
      if word.contains(.link) { mayHaveBetween = true }
      place += 1
    }
    // `the code you entered (123456)`
    if isMarked, place >= 2, place < words.count, words[place].contains(.head),
      place + 1 >= words.count || !words[place + 1].contains(.other)
    {
      return true
    }
    guard mayHaveBetween else { return false }
    for between in place..<max(place, min(place + 4, words.count)) {
      if words[between].contains(.other) { return false }
      if namesCode(endingAt: between) { return true }
    }
    return false
  }

  /// Whether the word at a place ends the name of a code; the words before it stand behind it here.
  private func namesCode(endingAt place: Int) -> Bool {
    let word = words[place]
    if word.contains(.noun) { return true }
    func neighbour(_ distance: Int) -> CodeWord {
      place + distance < words.count ? words[place + distance] : []
    }
    if word.contains(.behind) {
      if neighbour(1).contains(.head) { return true }
      return neighbour(1).contains(.filler) && neighbour(2).contains(.head)
    }
    guard word.contains(.head), !neighbour(1).contains(.other) else { return false }
    if neighbour(1).contains(.before) || neighbour(1).contains(.verb)
      || neighbour(1).contains(.owner)
    {
      return true
    }
    return neighbour(2).contains(.owner)
      || (neighbour(3).contains(.owner) && !neighbour(2).contains(.other))
  }

  /// Whether words in their order name a code.
  private func namesCode(_ words: ArraySlice<CodeWord>) -> Bool {
    for place in words.indices {
      func neighbour(_ distance: Int) -> CodeWord {
        words.indices.contains(place + distance) ? words[place + distance] : []
      }
      if words[place].contains(.noun) { return true }
      guard words[place].contains(.head), !neighbour(-1).contains(.other) else { continue }
      if neighbour(-1).contains(.before) || neighbour(1).contains(.behind) { return true }
      if neighbour(1).contains(.filler), neighbour(2).contains(.behind) { return true }
      if words[words.startIndex..<place].contains(where: { $0.contains(.owner) })
        || neighbour(1).contains(.owner)
      {
        return true
      }
    }
    return false
  }

  /// `123456 is your code`, `… als Ihr Einmalcode`, `… is the verification code`.
  private func isNamedBehind() -> Bool {
    guard words.first?.contains(.link) == true else { return false }
    let rest = words.dropFirst().prefix(6)
    let start = rest.first?.contains(.filler) == true ? rest.dropFirst() : rest
    return namesCode(start.first?.contains(.owner) == true ? rest : start.prefix(3))
  }

  /// `use 123456 to log in`
  private func isForLogin() -> Bool {
    words.first?.contains(.purpose) == true
      && words.dropFirst().prefix(4).contains { $0.contains(.login) }
  }

  /// Whether what stands behind a number could name it, by its first letters: asked before the words
  /// are read.
  private func mayBeNamed(behind digits: Range<Int>) -> Bool {
    var place = digits.upperBound
    while let byte = peek(place), place < digits.upperBound + 4,
      byte == 0x20 || byte == UInt8(ascii: "]") || byte.isQuote || byte == UInt8(ascii: ")")
    {
      place += 1
    }
    guard let byte = peek(place) else { return hasWideBefore(digits) }
    return byte >= 0x80 || hasWideBefore(digits)
      || (byte.isLetter && (isBracketed(digits) || !wordMeaning(at: place).isDisjoint(with: .link)))
  }

  private func wordMeaning(at start: Int) -> CodeWord {
    var end = start
    while end < text.count, end < start + 24, text[end].isLetter || text[end] >= 0x80 { end += 1 }
    return CodeWord.all[text.part(start..<end)]
  }

  private func isBracketed(_ digits: Range<Int>) -> Bool {
    peek(digits.lowerBound - 1) == UInt8(ascii: "[") && peek(digits.upperBound) == 0x5D
  }

  private func hasWideBefore(_ digits: Range<Int>) -> Bool {
    let first = max(0, digits.lowerBound - 6)
    return text[first..<digits.lowerBound].contains { $0 >= 0xE0 || ($0 >= 0xD7 && $0 < 0xDD) }
  }
}
