internal import Files

// What is labelled in the part of a line that its layout does not know.
extension LayoutMatcher {
  /// Takes how long the request took: what a label says, else the first number with a unit of time, such
  /// as `932ms`. And takes what it is called, where a label says so: `rt=0.012`,
  /// `response_time:"0.012"`, `request_time 0.012`, `vcap_request_id:"…"`. Of a time, only one whose unit is
  /// beyond doubt: it is written, or three decimals say seconds.
  mutating func addLabels(from start: Int) {
    var place = start
    var bare: Range<Int>?
    // Behind an address stands how long the server at it took.
    var hasAddress = false
    while place < text.count {
      if text[place] == UInt8(ascii: "\"") {
        place = quoteEnd(from: place + 1) + 1
        // Where a word follows a quote, no one can tell what is quoted.
        if place < text.count, text[place].isNameByte { break }
      } else if text[place].isNameByte {
        let word = place
        while place < text.count, text[place].isNameByte { place += 1 }
        if !text[word].isDigit {
          place = takeLabel(word..<place)
        } else if !standsAlone(word..<place) || isDotted(word..<place) {
          hasAddress = true
        } else if bare == nil, !hasAddress, !text[place - 1].isDigit {
          let isSpan = isOne(text.part(word..<place), of: .span)
          witness?.note(.check(.span), word..<place, isSpan)
          if isSpan { bare = word..<place }
        }
      } else {
        place += 1
      }
    }
    if let bare { add(LayoutMatcher.timeName, text.part(bare)) }
  }

  /// `10.0.0.1`
  private func isDotted(_ word: Range<Int>) -> Bool {
    text.part(word).count(where: { $0 == UInt8(ascii: ".") }) > 1
  }

  /// Whether a word stands between blanks, or ends the line or what is quoted.
  private func standsAlone(_ word: Range<Int>) -> Bool {
    let before = word.lowerBound == 0 || text[word.lowerBound - 1].isBlank
    guard before, word.upperBound < text.count else { return before }
    return text[word.upperBound].isBlank || text[word.upperBound] == UInt8(ascii: "\"")
  }

  private static let timeName: StaticString = "\"request_time\":"
  private static let idName: StaticString = "\"request_id\":"
  private static let times: [StaticString] = [
    "request_time", "response_time", "rt", "req_time", "resp_time", "latency", "duration",
    "elapsed",
    "time_taken", "request_duration", "response_duration",
  ]
  private static let ids: [StaticString] = [
    "request_id", "vcap_request_id", "x_request_id", "x-request-id", "request-id", "req_id",
    "reqid",
  ]

  /// Takes what a word is the label of, and returns where to go on.
  private mutating func takeLabel(_ word: Range<Int>) -> Int {
    guard let value = value(behind: word) else { return word.upperBound }
    let key = text.part(word)
    witness?.note(.key(Array(key)), word, true)
    let part = text.part(value)
    if !part.isEmpty, !isNullMarker(part) {
      if LayoutMatcher.times.contains(where: { key.isEqual(ignoringCase: $0) }) {
        let isTime = isOne(part, of: .seconds)
        witness?.note(.check(.seconds), value, isTime)
        if isTime { add(LayoutMatcher.timeName, part) }
      } else if LayoutMatcher.ids.contains(where: { key.isEqual(ignoringCase: $0) }) {
        add(LayoutMatcher.idName, part)
      }
    }
    let isQuoted = value.lowerBound > 0 && text[value.lowerBound - 1] == UInt8(ascii: "\"")
    return value.upperBound + (isQuoted ? 1 : 0)
  }

  /// The first of a name stays.
  private mutating func add(_ name: StaticString, _ value: Bytes) {
    let isKnown = values[..<count].contains { $0.name?.isEqual(to: name) ?? false }
    guard !isKnown, count < values.count else { return }
    values[count] = Value(name: bytes(of: name), text: value, isQuoted: false)
    count += 1
  }

  /// The value of a label: behind a mark, perhaps in quotes, or, of a name of several words, a number behind
  /// a blank.
  private func value(behind word: Range<Int>) -> Range<Int>? {
    var start = word.upperBound
    guard start < text.count else { return nil }
    if text[start].isBlank {
      guard text.part(word).place(of: UInt8(ascii: "_")) != nil, start + 1 < text.count,
        text[start + 1].isDigit
      else { return nil }
      start += 1
    } else {
      guard text[start] == UInt8(ascii: "=") || text[start] == UInt8(ascii: ":") else { return nil }
      start += 1
      if start < text.count, text[start] == UInt8(ascii: "\"") {
        return start + 1..<quoteEnd(from: start + 1)
      }
    }
    var end = start
    while end < text.count, !isValueEnd(text[end]) { end += 1 }
    return start..<end
  }

  private func quoteEnd(from start: Int) -> Int {
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end, text.count)
  }

  private func isValueEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\""),
      UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
