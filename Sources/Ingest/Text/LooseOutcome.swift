internal import Files

/// A line that says in words with which status something answered, and not what it was asked for: `upstream
/// responded with 503`, `HTTP error! status: 429`, `<-- 404 Not Found`.
///
/// The number stands behind words that say so, and no other number does. What speaks of probes, of what is
/// expected or of what would be tells of nothing that came.
struct LooseOutcome {
  let line: LooseLine
  private(set) var time: Bytes?
  private(set) var status = Bytes(start: nil, count: 0)
  private(set) var target: Bytes?
  private(set) var latency: Bytes?

  private static let longest = 2048

  /// Nil for a line that tells of no response. `isDated`: a time stood before it.
  init?(_ text: Bytes, isDated: Bool) {
    line = LooseLine(words: text)
    guard text.count < LooseOutcome.longest, LooseOutcome.mayTell(text),
      let place = place(isDated), !LooseOutcome.supposes(text)
    else { return nil }
    status = text.part(place..<place + 3)
    time = LooseTime.find(in: text.part(0..<place), before: place)
    target = line.onlyURL()
    latency = line.latency(from: place + 3) ?? line.namedLatency()
  }

  private var text: Bytes { line.text }

  /// Whether some number of three digits stands in a text, by a quick look.
  private static func mayTell(_ text: Bytes) -> Bool {
    guard text.count > 4 else { return false }
    return (0...text.count - 3).contains { place in
      text[place] &- 0x32 < 4 && text[place + 1].isDigit && text[place + 2].isDigit
        && (place == 0 || !text[place - 1].isNameByte)
    }
  }

  /// Where the status stands: the only number that words introduce, or the same each time.
  private func place(_ isDated: Bool) -> Int? {
    var found: Int?
    let level = level
    let isLogged =
      isDated || level != nil
      || LooseTime.find(in: text.part(0..<64), before: min(64, text.count)) != nil
    for place in text.indices.dropLast(2)
    where text[place] &- 0x32 < 4 && (place == 0 || !isOfNumber(text[place - 1])) {
      guard line.statusEnd(at: place) != nil, isTold(at: place, isLogged, level)
      else { continue }
      let status = text.part(place..<place + 3)
      if let found, !text.part(found..<found + 3).elementsEqual(status) { return nil }
      found = found ?? place
    }
    return found
  }

  /// Whether a digit behind such a byte belongs to something larger.
  private func isOfNumber(_ byte: UInt8) -> Bool {
    byte.isNameByte || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "$")
      || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "+")
  }

  // MARK: What stands before a status

  private func isTold(at place: Int, _ isLogged: Bool, _ level: LogLevel?) -> Bool {
    let isFailure = text[place] >= UInt8(ascii: "4")
    let words = IntroducingWords(text, before: place)
    if line.isReceived(before: words.end) { return true }
    if words.isHabit { return false }
    let hasReason = LooseStatusLine.hasReason(text, place)
    // `API call failed: 502 Bad Gateway`
    if hasReason, isLogged, isFailure, words.isMarked, words.speakOfFailure { return true }
    if words.nameHTTP {
      // `HTTP 503`, with nothing before it that it could depend on.
      if isFailure, words.isAlone, isLogged || hasReason && words.start == 0 { return true }
      return words.haveVerb && (isFailure || isLogged) || words.speakOfFailure && isFailure
    }
    if words.areStrong { return isFailure || isLogged && words.nameStatus }
    guard isFailure else { return false }
    if words.haveVerb, words.nameStatus { return true }
    let isLabel = place + 3 < text.count && text[place + 3] == UInt8(ascii: ":")
    // `status=500 upstream timeout`, `upstream error -> 502: ECONNREFUSED`
    if words.isMarked,
      words.nameStatus && words.isAlone && words.start == 0 || words.speakOfFailure && isLabel,
      NetworkFailure.kind(ofMessage: text.part(place + 3..<text.count)) != nil
    {
      return true
    }
    // `status 500: upstream broken`: no process ends with such a number.
    if isLabel, words.start == 0, text.part(0..<words.end).isEqual(ignoringCase: "status") {
      return true
    }
    // `API returned 429 Too Many Requests`, `gh: HTTP 502 Bad Gateway`
    if hasReason, words.tellEnd || words.nameHTTP && isBehindProgram(words.start) {
      return true
    }
    // .NET: `Response status code does not indicate success: code: 407`
    if text.part(max(0, place - 32)..<place).contains(ignoringCase: "not indicate success") {
      return true
    }
    // `failed: not found (404)`
    if LooseStatusLine.hasReason(text, before: place) {
      return isLogged || text.contains(ignoringCase: "failed")
    }
    return level == .trouble && words.tellEnd && isLast(place, hasReason)
  }

  /// Whether nothing but a program's name and a colon stands before a place.
  private func isBehindProgram(_ place: Int) -> Bool {
    let before = text.part(0..<place).trimmed
    return before.last == UInt8(ascii: ":") && before.count < 24
      && before.part(0..<before.count - 1).allSatisfy(\.isNameByte)
  }

  /// Whether what follows a status is its reason, or nothing.
  private func isLast(_ place: Int, _ hasReason: Bool) -> Bool {
    if hasReason { return true }
    var next = place + 3
    while next < text.count, text[next].isBlank { next += 1 }
    return next == text.count || !line.isName(text[next])
  }

  /// The level that stands among the first words, as a logger puts it there: in capitals, in brackets or before
  /// a colon.
  private var level: LogLevel? {
    var words = LineWords(text.part(0..<80))
    for _ in 0..<6 {
      guard let word = words.next() else { return nil }
      let bare = LooseOutcome.bare(word)
      guard let level = LogLevel(bare) else { continue }
      let last = bare[bare.count - 1]
      if line.isUpper(last) || word.count > bare.count && word[word.count - 1] != 0x2C {
        return level
      }
    }
    return nil
  }

  /// A word without the marks around it.
  private static func bare(_ word: Bytes) -> Bytes {
    var (start, end) = (0, word.count)
    while start < end, word[start] | 0x20 &- 0x61 >= 26 { start += 1 }
    while end > start, word[end - 1] | 0x20 &- 0x61 >= 26 { end -= 1 }
    return word.part(start..<end)
  }

  /// Whether a line tells of what is wanted, tried out or set, and not of what came.
  static func supposes(_ text: Bytes) -> Bool {
    suppositions.contains { text.contains(ignoringCase: $0) }
      || text.contains(ignoringCase: "expect") && !text.contains(ignoringCase: "unexpect")
  }

  private static let suppositions: [StaticString] = [
    "probe", "health check", "healthcheck", "health-check", "assert", "should ", "would ", " if ",
    "configured", "simulat", "retry on ",
  ]
}
