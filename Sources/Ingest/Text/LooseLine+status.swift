internal import Files

// The status of the request.
extension LooseLine {
  /// The status right behind the request, at most a few words of what it says between them; and the time
  /// taken, where it stands between them as well.
  func status(from start: Int, isQuoted: Bool) -> (status: Range<Int>, took: Bytes?)? {
    var place = start
    var took: Bytes?
    var hasDash = false
    var hasAddress = false
    var hasWord = false
    for _ in 0..<LooseLine.mostWords {
      while place < text.count, isSeparator(at: place) {
        if text[place] == UInt8(ascii: "-"), !isArrow(at: place) { hasDash = true }
        place += 1
      }
      guard place < text.count else { return nil }
      if text[place].isDigit {
        // Right behind a request in quotes stands its status, whatever follows.
        // Right behind a URL and its colon stands that of an error: `POST https://a.example/b: 403 too fast`.
        let isNext =
          isQuoted && !hasWord && !hasDash
          || place == start + 2 && text[start] == UInt8(ascii: ":")
            && target.starts(with: "http".utf8) && text[place] > UInt8(ascii: "3")
        if let end = statusEnd(at: place, isNext: isNext) {
          // Behind a request in quotes a dash may be the status that there is none of.
          if hasDash, isQuoted, !isReason(behind: end) { return nil }
          // Behind an address, what is not the last may be anything.
          if hasAddress, end < text.count, !isReason(behind: end) { return nil }
          return (place..<end, took)
        }
        if took == nil, let latency = latency(at: place) {
          took = latency.latency
          place = latency.end
          continue
        }
        guard let end = addressEnd(at: place) else { return nil }
        place = end
        hasAddress = true
        continue
      }
      var end = place
      while end < text.count, isName(text[end]) || text[end] == UInt8(ascii: "/") { end += 1 }
      guard end > place, isBetween(text.part(place..<end)) else { return nil }
      hasWord = true
      // `from 192.0.2.7 responded 500`
      if hasAddress {
        hasAddress = !StatusPhrases.all.isOne(text.part(place..<end), of: StatusPhrases.all.replied)
      }
      place = end
    }
    return nil
  }

  private static let mostWords = 8

  /// Behind a request in quotes, of several numbers side by side, of which the first is none: the only one
  /// that is a status.
  func statusAmongNumbers(
    from start: Int, isQuoted: Bool
  ) -> (status: Range<Int>, took: Bytes?)? {
    guard isQuoted else { return nil }
    var found: Range<Int>?
    var place = start
    for _ in 0..<LooseLine.mostNumbers {
      while place < text.count, text[place].isBlank { place += 1 }
      let number = place
      while place < text.count, text[place].isDigit { place += 1 }
      guard place > number, place == text.count || text[place].isBlank else { break }
      guard isStatus(text.part(number..<place)) else { continue }
      if found != nil { return nil }
      found = number..<place
    }
    return found.map { ($0, seconds(from: $0.upperBound)) }
  }

  private static let mostNumbers = 5

  /// Behind a request, of parts between dashes: the only one that is a status and nothing else, where another
  /// is how long it took. `GET /v1/a - User: 5 - 200 - 45ms`
  func statusAmongParts(from start: Int) -> (status: Range<Int>, took: Bytes?)? {
    var found: Range<Int>?
    var took: Bytes?
    var place = start
    while place < text.count {
      while place < text.count, text[place].isBlank || text[place] == UInt8(ascii: "-") {
        place += 1
      }
      let part = place
      while place < text.count, !isDash(at: place) { place += 1 }
      var end = place
      while end > part, text[end - 1].isBlank { end -= 1 }
      if isStatus(text.part(part..<end)) {
        if found != nil { return nil }
        found = part..<end
      } else if part < end, text[part].isDigit, splitUnit(text.part(part..<end))?.1 != nil {
        took = text.part(part..<end)
      }
    }
    return took == nil ? nil : found.map { ($0, took) }
  }

  private func isDash(at place: Int) -> Bool {
    text[place] == UInt8(ascii: "-") && place > 0 && text[place - 1].isBlank
      && place + 1 < text.count && text[place + 1].isBlank
  }

  /// The first number with the decimals of seconds, behind a status and other numbers.
  private func seconds(from start: Int) -> Bytes? {
    var place = start
    while place < text.count {
      while place < text.count, text[place].isBlank { place += 1 }
      let word = place
      while place < text.count, !text[place].isBlank { place += 1 }
      let number = text.part(word..<place)
      guard let value = number.number else { return nil }
      guard let point = number.place(of: UInt8(ascii: ".")) else { continue }
      return number.count - point == 4 && value < 86_400 ? number : nil
    }
    return nil
  }

  /// Where an IP address ends that stands at a place, with its port.
  private func addressEnd(at start: Int) -> Int? {
    var end = start
    var marks = 0
    while end < text.count, isHexadecimal(text[end]) || isMark(text[end]) {
      if isMark(text[end]) { marks += 1 }
      end += 1
    }
    return marks > 2 && (end == text.count || text[end].isBlank || isQuote(text[end])) ? end : nil
  }

  private func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    byte.isDigit || (0x61...0x66).contains(byte | 0x20)
  }

  /// Where a status ends that stands at a place: three digits, behind which nothing says that they count
  /// something.
  func statusEnd(at start: Int, isNext: Bool = false) -> Int? {
    let end = start + 3
    guard end <= text.count, isStatus(text.part(start..<end)) else { return nil }
    guard end < text.count else { return end }
    switch text[end] {
    case 0x20, 0x09: return isNext || isFree(behind: end) ? end : nil
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      return end
    case UInt8(ascii: "."): return end + 1 == text.count || text[end + 1].isBlank ? end : nil
    default: return nil
    }
  }

  /// Whether what follows a number is not what it counts.
  func isFree(behind end: Int) -> Bool {
    var place = end
    while place < text.count, text[place].isBlank { place += 1 }
    guard place < text.count else { return true }
    var wordEnd = place
    while wordEnd < text.count, isLetter(text[wordEnd]) { wordEnd += 1 }
    let word = text.part(place..<wordEnd)
    guard let first = word.first else { return true }
    if isUpper(first) {
      return !["KB", "MB", "GB", "KiB", "MiB"].contains { word.isEqual(ignoringCase: $0) }
    }
    return [
      "in", "from", "for", "after", "took", "to", "by", "with", "error", "ok", "upstream", "on",
    ]
    .contains { word.isEqual(to: $0) }
      || isKey(from: wordEnd)
  }

  /// Whether what is left of a word is the name of a value.
  private func isKey(from start: Int) -> Bool {
    var place = start
    while place < text.count, isName(text[place]) || text[place] == UInt8(ascii: "-") { place += 1 }
    return place < text.count && text[place] == UInt8(ascii: "=")
  }

  private func isReason(behind end: Int) -> Bool {
    end + 1 < text.count && text[end].isBlank && isUpper(text[end + 1])
  }

  /// Whether a word may stand between a request and its status.
  private func isBetween(_ word: Bytes) -> Bool {
    if word.starts(with: "HTTP".utf8) { return true }
    return StatusPhrases.all.isOne(word, of: StatusPhrases.all.between)
  }

  /// What is called a status, anywhere in the line: the only one, or the same each time.
  func namedStatus() -> Bytes? {
    var found: Bytes?
    for start in LooseNames(text, LooseLine.statusNames, plain: ["status"]) {
      let status = text.part(start..<start + 3)
      guard isStatus(status), start + 3 == text.count || !isName(text[start + 3]) else { continue }
      if let found, !found.elementsEqual(status) { return nil }
      found = status
    }
    return found
  }

  private static let statusNames: [StaticString] = [
    "status", "statuscode", "httpstatus", "httpstatuscode", "responsestatus", "responsestatuscode",
    "responsecode", "respstatus", "httpcode", "scstatus", "code",
  ]
}
