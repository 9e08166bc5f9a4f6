internal import Files

// Words with letters beyond ASCII: names of secrets in other languages.
extension SecretFinder {
  /// Looks at a word that holds such letters, and says where to go on; nil where it tells nothing.
  ///
  /// Where words stand apart, ASCII letters are part of them (`contraseña`); where they do not, they
  /// are what stands beside them (`密码tulip`).
  func afterWideWord(_ start: Int) -> Int? {
    guard start >= seen.wideWord else { return nil }
    var end = start
    while end < text.count, text[end].isOne(of: .word) { end += 1 }
    let firstWide = end
    guard firstWide < text.count else { return nil }
    let joins = Character32(text, at: firstWide).hasSpaces
    var first = start
    if !joins { first = firstWide }
    while end < text.count {
      if text[end] < 0x80 {
        guard joins, text[end].isOne(of: .word) else { break }
        end += 1
      } else {
        let character = Character32(text, at: end)
        guard character.isLetter else { break }
        end += character.length
      }
    }
    seen.wideWord = end
    guard end > firstWide else { return nil }
    // Of a long run, its end is the name.
    if end - first > 60 {
      first = end - 60
      while first < end, text[first] & 0xC0 == 0x80 { first += 1 }
    }
    if let next = afterName(first, end) { return next }
    if let next = afterNoun(first, end) { return next }
    return joins ? nil : afterParticle(first, end)
  }

  /// `密码是…`, `パスワードは…`: a name, a particle, and what looks made by a machine.
  private func afterParticle(_ start: Int, _ end: Int) -> Int? {
    guard end - start > 3, SecretFinder.isParticle(Character32(text, at: end - 3)),
      let (name, kind) = names.look(up: text.part(start..<end - 3)), name == .password
    else { return nil }
    var place = end
    while place < text.count, place < end + 8 {
      let character = Character32(text, at: place)
      let isAround =
        character.isSpace || text[place].isQuote
        || [0x5B, 0x3A, 0xFF1A, 0x300C].contains(character.value)
      guard isAround else { break }
      place += character.length
    }
    let last = bareEnd(from: place)
    let value = text.part(place..<last)
    guard isOpaque(value, least: 6), !isPlaceholder(value), !isUUID(value),
      !value.allSatisfy(\.isDigit)
    else { return nil }
    return add(place, last, kind)
  }

  /// `是`, `为`, `為`, `は`, `が`, `는`, `은`, `이`, `가`: three bytes each.
  private static func isParticle(_ character: Character32) -> Bool {
    switch character.value {
    case 0x662F, 0x4E3A, 0x70BA, 0x306F, 0x304C, 0xB294, 0xC740, 0xC774, 0xAC00: true
    default: false
    }
  }

  /// Punctuation that ends a value as a space does: `，`, `。`, `」`.
  func isWidePunctuation(at place: Int) -> Bool {
    guard text[place] == 0xE3 || text[place] == 0xEF || text[place] == 0xE2 || text[place] == 0xC2
    else {
      return false
    }
    let character = Character32(text, at: place)
    return !character.isLetter && character.value != 0xFFFD && character.value != 0x2D
      && !(0xFF10...0xFF19).contains(character.value)
  }
}
