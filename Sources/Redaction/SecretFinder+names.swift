internal import Events

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
  }

  func afterName(_ start: Int, _ end: Int) -> Int? {
    guard let place = place(ofValueAfter: end, nameFrom: start) else { return nil }
    guard let (name, kind) = names.look(up: text.part(start..<end)) else { return nil }
    if name == .query {
      let before = peek(start - 1)
      guard before == UInt8(ascii: "?") || before == UInt8(ascii: "&") else { return nil }
    }
    guard let first = peek(place.start) else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), place.isMember || place.isTight,
      tagEnd(at: place.start) == nil
    {
      return inContainer(at: place.start, name, kind)
    }
    if first.isQuote {
      let close = closing(first, from: place.start + 1)
      return secret(place.start + 1, close, in: place, isQuoted: true, name, kind)
    }
    if place.isElement {
      var close = place.start
      let last = close + 4096
      while close < last, let byte = peek(close), byte != UInt8(ascii: "<") { close += 1 }
      // `<your-token>` opens nothing.
      guard peek(close + 1) == UInt8(ascii: "/") else { return nil }
      return secret(place.start, close, in: place, isQuoted: true, name, kind)
    }
    return secret(place.start, bareEnd(from: place.start), in: place, isQuoted: false, name, kind)
  }

  private func place(ofValueAfter end: Int, nameFrom start: Int) -> Place? {
    var place = end
    // `user[password]=`
    if peek(place) == UInt8(ascii: "]") { place += 1 }
    var isMember = false
    if let quote = peek(place), quote.isQuote {
      isMember = true
      place += 1
    }
    let afterName = place
    while place < afterName + 8, peek(place) == 0x20 || peek(place) == 0x09 { place += 1 }
    guard let mark = peek(place) else { return nil }
    var isTight = false
    var isElement = false
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
    default:
      // `--password …`
      guard place > end, end - start > 4, peek(start) == UInt8(ascii: "-"),
        peek(start + 1) == UInt8(ascii: "-")
      else { return nil }
      isTight = true
    }
    let afterMark = place
    while place < afterMark + 8, peek(place) == 0x20 || peek(place) == 0x09 { place += 1 }
    return Place(start: place, isTight: isTight, isMember: isMember, isElement: isElement)
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
      default: break
      }
      end += 1
    }
    while end > start, [0x2C, 0x2E, 0x3A, 0x29, 0x5D, 0x7D].contains(text[end - 1]),
      !opens(text[end - 1], from: start, to: end)
    {
      end -= 1
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
    guard start >= containerEnd else { return nil }
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
          containerEnd = place
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
      default: break
      }
      place += 1
    }
    containerEnd = last
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
      let digits = value.count { $0.isDigit }
      guard (3...10).contains(value.count), digits >= 3 || isOpaque(value, least: 6),
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

  /// A scheme is kept, what follows it is hidden.
  private func authorization(
    _ start: Int, _ end: Int, in place: Place, isQuoted: Bool, _ kind: StaticString
  ) -> Int? {
    var word = start
    while word < end, text[word].isOne(of: .word) { word += 1 }
    if let scheme = AuthScheme(text.part(start..<word)),
      peek(word)?.isBlank == true || peek(word) == 0x2B
    {
      var first = word + 1
      while peek(first)?.isBlank == true { first += 1 }
      let last = isQuoted ? end : scheme.hasParameters ? lineEnd(from: first) : bareEnd(from: first)
      guard last - first >= 3, !isPlaceholder(text.part(first..<last)) else { return nil }
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

  /// Cookies are hidden all at once, up to the end of their line.
  private func cookie(_ start: Int, _ end: Int, isQuoted: Bool, _ kind: StaticString) -> Int? {
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
    var end = start
    while end < text.count, text[end] != 0x0A, text[end] != 0x0D, text[end] != 0x22 { end += 1 }
    while end > start, text[end - 1] == UInt8(ascii: "\\") || text[end - 1] == 0x27 { end -= 1 }
    return end
  }
}
