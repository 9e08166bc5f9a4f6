internal import Files

// Where the value of a name stands.
extension SecretFinder {
  /// Where the value stands that belongs to a name; nil where none does.
  func place(ofValueAfter end: Int, nameFrom start: Int) -> Place? {
    var place = end
    // `user[password]=`
    if peek(place) == UInt8(ascii: "]") { place += 1 }
    var isMember = false
    if let quote = peek(place), quote.isQuote {
      isMember = true
      place += 1
    }
    // `config["password"] = `, `keys[]=`
    if peek(place) == UInt8(ascii: "["), peek(place + 1) == UInt8(ascii: "]") { place += 1 }
    if peek(place) == UInt8(ascii: "]"), isAssigned(after: place + 1) { place += 1 }
    let afterName = place
    while place < afterName + 8, let length = blankLength(at: place) { place += length }
    guard let mark = peek(place) else { return nil }
    var isTight = false
    var isPair = false
    var isElement = false
    var isSaid = false
    switch mark {
    case UInt8(ascii: "="):
      isTight = true
      place += 1
      if peek(place) == UInt8(ascii: ">") || peek(place) == UInt8(ascii: "=") { place += 1 }
    case UInt8(ascii: ":"):
      place += 1
      if peek(place) == UInt8(ascii: "=") { place += 1 }
      if peek(place) == UInt8(ascii: "/"), peek(place + 1) == UInt8(ascii: "/") { return nil }
      isTight = peek(place) != 0x20
    case UInt8(ascii: ">"):
      guard let open = peek(start - 1), open == UInt8(ascii: "<") || open == UInt8(ascii: ":")
      else {
        return nil
      }
      isTight = true
      isElement = true
      place += 1
    case 0xEF:
      // `：` and `＝`
      guard peek(place + 1) == 0xBC, peek(place + 2) == 0x9A || peek(place + 2) == 0x9D else {
        return nil
      }
      place += 3
    case UInt8(ascii: ","):
      guard isMember, let next = valueOfPair(after: place) else { return nil }
      isPair = next.isPair
      isSaid = next.isSaid
      isTight = true
      place = next.start
    default:
      // `--password …`
      guard place > end, end - start > 4, peek(start) == UInt8(ascii: "-"),
        peek(start + 1) == UInt8(ascii: "-")
      else { return nil }
      isTight = true
    }
    let afterMark = place
    while place < afterMark + 8, let length = blankLength(at: place) { place += length }
    // `@"…"`
    if peek(place) == UInt8(ascii: "@"), peek(place + 1) == 0x22 { place += 1 }
    return Place(
      start: place, isTight: isTight, isMember: isMember, isElement: isElement, isSaid: isSaid,
      isPair: isPair)
  }

  /// Whether an equals sign is the next that stands there.
  private func isAssigned(after place: Int) -> Bool {
    var next = place
    while next < place + 8, let length = blankLength(at: next) { next += length }
    return peek(next) == UInt8(ascii: "=")
  }

  /// How long the blank is that stands within a line, of any width.
  private func blankLength(at place: Int) -> Int? {
    guard let byte = peek(place) else { return nil }
    if byte == 0x20 || byte == 0x09 { return 1 }
    guard byte == 0xC2 || byte == 0xE2 || byte == 0xE3 else { return nil }
    let character = Character32(text, at: place)
    return character.isSpace ? character.length : nil
  }

  /// Where the value stands of `"name": "X-Api-Key", "value": "…"`, of `"path": "passwords",
  /// "message": "…"` or of `["X-Api-Key", "…"]`, seen from the comma.
  private func valueOfPair(after comma: Int) -> (start: Int, isPair: Bool, isSaid: Bool)? {
    var place = comma + 1
    while peek(place)?.isBlank == true, place < comma + 8 { place += 1 }
    guard let quote = peek(place), quote.isQuote else { return nil }
    var close = place + 1
    while peek(close)?.isLetter == true, close < place + 9 { close += 1 }
    let word = text.part(place + 1..<close)
    let isSaid = word.isEqual(to: "message")
    guard isSaid || word.isEqual(ignoringCase: "value"), peek(close) == quote else {
      return (place, true, false)
    }
    place = close + 1
    while peek(place)?.isBlank == true, place < close + 8 { place += 1 }
    return peek(place) == UInt8(ascii: ":") ? (place + 1, false, isSaid) : nil
  }
}
