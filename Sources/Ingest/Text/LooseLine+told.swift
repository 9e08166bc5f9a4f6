internal import Files

// What a line says of its request in words.
extension LooseLine {
  /// The status that words introduce as that of an error, where the line names one request: `API error (401):
  /// Unauthorized [GET /v1/a]`, `GET request to "/v1/a" failed: not found (404)`. The only one, or the same each
  /// time.
  func toldStatus() -> Bytes? {
    var found: Bytes?
    for place in text.indices.dropLast(2)
    where text[place] &- 0x34 < 2 && !request.contains(place)
      && (place == 0 || !text[place - 1].isNameByte && text[place - 1] != UInt8(ascii: "/"))
    {
      guard statusEnd(at: place) != nil, isTold(at: place) else { continue }
      let status = text.part(place..<place + 3)
      if let found, !found.elementsEqual(status) { return nil }
      found = status
    }
    return found.flatMap { LooseOutcome.supposes(text) ? nil : $0 }
  }

  private func isTold(at place: Int) -> Bool {
    if LooseStatusLine.hasReason(text, before: place) { return true }
    let words = IntroducingWords(text, before: place)
    if isReceived(before: words.end) { return true }
    guard !words.isHabit else { return false }
    let isInBrackets =
      place > 0 && place + 3 < text.count && text[place - 1] == UInt8(ascii: "(")
      && text[place + 3] == UInt8(ascii: ")")
    return words.speakOfFailure && (words.isMarked || isInBrackets)
      || words.nameStatus && (words.haveVerb || words.speakOfFailure)
  }

  /// The URL of which the line speaks, where it is one alone.
  func onlyURL() -> Bytes? {
    var found: Bytes?
    var place = 0
    while let next = text.part(place..<text.count).place(of: UInt8(ascii: "h")) {
      place += next
      let rest = text.part(place..<text.count)
      guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
        place += 1
        continue
      }
      var end = 0
      while end < rest.count, rest[end] > 0x20, !isQuote(rest[end]),
        rest[end] != UInt8(ascii: ">"), rest[end] != UInt8(ascii: ")")
      {
        end += 1
      }
      while end > 0, isPunctuation(rest[end - 1]) || rest[end - 1] == UInt8(ascii: ".") {
        end -= 1
      }
      let url = rest.part(0..<end)
      if let found, !found.elementsEqual(url) { return nil }
      found = url
      place += max(1, end)
    }
    return found
  }
}
