internal import Files

// Values that are secret by the name beside them: `"password": "…"`, `token=…`, `X-Api-Key: …`,
// `<secret>…</secret>`.
extension SecretFinder {
  /// Where a value stands that belongs to a name.
  struct Place {
    var start: Int
    /// Said with `=`, or with a colon and no space: nothing that people write to each other.
    var isTight: Bool
    /// Whether the name stands in quotes, as in JSON.
    var isMember: Bool
    var isElement = false
    /// Whether the value is what a message says of a field by that name.
    var isSaid = false
    /// Whether name and value are two of a list: `["X-Api-Key", "…"]`.
    var isPair = false
  }

  func afterName(_ start: Int, _ end: Int) -> Int? {
    guard let place = place(ofValueAfter: end, nameFrom: start) else { return nil }
    guard
      let (name, kind) = names.look(up: text.part(start..<end))
        ?? names.look(up: phrase(start, end))
    else { return nil }
    if place.isPair, name != .authorization, !isPairOfSecrets(at: place.start) { return nil }
    // A message says what is wrong with a `password`; under `passwords` it is one of a list.
    if place.isSaid, !names.isPlural(text.part(start..<end)) { return nil }
    if name == .query {
      let before = peek(start - 1)
      guard before == UInt8(ascii: "?") || before == UInt8(ascii: "&") else { return nil }
    }
    guard let first = peek(place.start) else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), tagEnd(at: place.start) == nil,
      place.isMember || place.isTight || peek(place.start + 1)?.isQuote == true
    {
      return inContainer(at: place.start, name, kind)
    }
    if first.isQuote {
      let close = closing(first, from: place.start + 1)
      return secret(place.start + 1, close, in: place, isQuoted: true, name, kind)
    }
    if place.isElement {
      let close = seen.elements.end(from: place.start) { start in
        var end = start
        while let byte = peek(end), byte != UInt8(ascii: "<") { end += 1 }
        return end
      }
      // `<your-token>` opens nothing.
      guard peek(close + 1) == UInt8(ascii: "/") else { return nil }
      return secret(place.start, close, in: place, isQuoted: true, name, kind)
    }
    return secret(place.start, bareEnd(from: place.start), in: place, isQuoted: false, name, kind)
  }

  /// A name of several words that ends with one: `mot de passe`. Empty where there is none.
  func phrase(_ start: Int, _ end: Int) -> Bytes {
    guard names.endsPhrase(text.part(start..<end)) else { return text.part(0..<0) }
    var first = start
    var longest = start
    for _ in 0..<2 {
      guard first > 1, text[first - 1] == 0x20 || text[first - 1] == UInt8(ascii: "+") else {
        break
      }
      var word = first - 1
      while word > max(0, first - 40), text[word - 1].isOne(of: .word) || text[word - 1] >= 0x80 {
        word -= 1
      }
      guard word < first - 1 else { break }
      first = word
      longest = first
      if names.look(up: text.part(first..<end)) != nil { break }
    }
    return text.part(longest..<end)
  }

  /// Of two texts in a list the first may be a name only if the second looks made by a machine.
  private func isPairOfSecrets(at start: Int) -> Bool {
    guard let quote = peek(start), quote.isQuote else { return false }
    let value = text.part(start + 1..<closing(quote, from: start + 1))
    return isOpaque(value, least: 8) && !isMadeOfWords(value) && !isUUID(value)
  }

  /// Where a quoted value ends.
  private func closing(_ quote: UInt8, from start: Int) -> Int {
    var place = start
    while place < text.count, text[place] != quote {
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place, text.count)
  }

  /// Where a value without quotes ends.
  func bareEnd(from start: Int) -> Int {
    let stop = seen.values.end(from: start, valueEnd)
    var end = stop
    while end > max(start, stop - 8),
      [0x2C, 0x2E, 0x3A, 0x29, 0x5D, 0x7D].contains(text[end - 1]),
      !opens(text[end - 1], from: start, to: end)
    {
      end -= 1
    }
    return end
  }

  /// The same with the punctuation before it.
  private func valueEnd(from start: Int) -> Int {
    var end = start
    loop: while end < text.count {
      switch text[end] {
      case 0...0x20, 0x22, 0x27, 0x60, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
        UInt8(ascii: ";"), UInt8(ascii: "|"):
        break loop
      case UInt8(ascii: "\\"):
        if peek(end + 1)?.isQuote ?? true || peek(end + 1) == UInt8(ascii: "n") { break loop }
      case UInt8(ascii: ","):
        if endsAtComma(end) { break loop }
      case 0xC2, 0xE2, 0xE3, 0xEF:
        if isWidePunctuation(at: end) { break loop }
      default: break
      }
      end += 1
    }
    return end
  }

  /// Whether a closing bracket has its opening one inside the value: only then is it part of it.
  private func opens(_ close: UInt8, from start: Int, to end: Int) -> Bool {
    let open: UInt8
    switch close {
    case 0x29: open = 0x28
    case 0x5D: open = 0x5B
    case 0x7D: open = 0x7B
    default: return false
    }
    return text.part(start..<min(end, start + 256)).contains(open)
  }

  /// Whether a comma is followed by the end, a space, a quote, or by another name and its value.
  private func endsAtComma(_ comma: Int) -> Bool {
    guard let next = peek(comma + 1), !next.isBlank, !next.isQuote else { return true }
    var place = comma + 1
    while place < comma + 48, peek(place)?.isOne(of: .word) == true { place += 1 }
    return place > comma + 1
      && (peek(place) == UInt8(ascii: "=") || peek(place) == UInt8(ascii: ":"))
  }

  /// Looks at the texts in an object or a list that a name says is secret.
  private func inContainer(at start: Int, _ name: SecretName, _ kind: StaticString) -> Int? {
    guard start >= seen.container else { return nil }
    let last = min(text.count, start + 8192)
    var depth = 0
    var place = start
    // The last text of a list, or the value of a member, is one; a member's name is none.
    while place < last {
      switch text[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          seen.container = place
          return nil
        }
      case 0x22:
        let close = closing(0x22, from: place + 1)
        var next = close + 1
        while peek(next)?.isBlank == true, next < close + 4 { next += 1 }
        if peek(next) != UInt8(ascii: ":") {
          let inside = Place(start: place + 1, isTight: true, isMember: true)
          _ = secret(
            place + 1, close, in: inside, isQuoted: true, name == .cookie ? .perhaps : name, kind)
        }
        place = close
      case 0x30...0x39:
        var end = place
        while peek(end)?.isDigit == true { end += 1 }
        // In an object, numbers tell how long a password may be, and for how long it is one.
        let isOne = name == .number || text[start] == 0x5B && (name == .password || name == .key)
        if isOne, (4...12).contains(end - place) {
          _ = add(place, end, kind)
        }
        place = end - 1
      default: break
      }
      place += 1
    }
    seen.container = max(last, place)
    return nil
  }

  /// Notes a value as a secret if it is one, and says where to go on.
  private func secret(
    _ start: Int, _ end: Int, in place: Place, isQuoted: Bool, _ name: SecretName,
    _ kind: StaticString
  ) -> Int? {
    guard start < end else { return nil }
    let value = text.part(start..<end)
    switch name {
    case .authorization: return authorization(start, end, in: place, isQuoted: isQuoted, kind)
    case .cookie: return cookie(start, end, isQuoted: isQuoted, kind)
    default: break
    }
    if isPlaceholder(value) { return nil }
    // Words that people write are read on: another secret may stand among them.
    if isQuoted ? isProse(value) : !place.isTight && startsSentence(start, end) { return nil }
    switch name {
    case .password:
      guard value.count > 2, !isCommonWord(value) else { return nil }
    case .folder:
      guard value.count > 2, !isCommonWord(value), !isFolder(value) else { return nil }
    case .ambiguous:
      guard isOpaque(value, least: 5), !isCommonWord(value), !isUUID(value),
        !value.allSatisfy(\.isDigit)
      else { return nil }
    case .proof:
      guard isOpaque(value, least: 12), !isUUID(value), !isMadeOfWords(value),
        !value.allSatisfy(\.isDigit)
      else { return nil }
    case .digest:
      guard value.count >= 32, value.count % 8 == 0, value.allSatisfy({ $0.hexValue != nil }) else {
        return nil
      }
    case .several:
      guard place.isMember || place.isTight, isOpaque(value, least: 6), !isMadeOfWords(value),
        !value.allSatisfy(\.isDigit)
      else { return nil }
    case .key:
      guard value.count > 3, !isCommonWord(value) else { return nil }
      if !place.isTight, !isQuoted, !isOpaque(value, least: 6) { return nil }
      if value.allSatisfy(\.isDigit), value.count < 5 { return nil }
    case .token:
      guard !isCommonWord(value), isOpaque(value, least: 6) || isLongWord(value) else { return nil }
    case .perhaps, .query:
      let least = name == .query ? 10 : 8
      guard isOpaque(value, least: least), !isUUID(value), !isMadeOfWords(value) else { return nil }
    case .number:
      guard (3...10).contains(value.count),
        value.count(where: \.isDigit) >= 3 || isOpaque(value, least: 6),
        value.allSatisfy({ $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x20 })
      else { return nil }
    case .card:
      guard (13...23).contains(value.count),
        value.allSatisfy({ $0.isDigit || $0 == 0x20 || $0 == 0x2D })
      else { return nil }
    case .authorization, .cookie: return nil
    }
    return add(start, end, kind)
  }
}
