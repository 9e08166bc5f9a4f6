internal import Files

// Where a request is told in words.
extension LooseLine {
  /// The target in quotes behind a few words that begin at a place: `GET on resource 'http://a.example/b'`, `POST
  /// request for "https://a.example/b"`.
  func quotedTarget(behindWordsAt start: Int) -> Range<Int>? {
    var place = start
    for _ in 0..<LooseLine.mostWordsBeforeTarget {
      var end = place
      while end < text.count, isLetter(text[end]) { end += 1 }
      let word = text.part(place..<end)
      guard end < text.count, text[end].isBlank,
        StatusPhrases.all.isOne(word, of: StatusPhrases.all.asking)
      else { break }
      while end < text.count, text[end].isBlank { end += 1 }
      place = end
    }
    guard place > start, place + 4 < text.count else { return nil }
    var mark = text[place]
    // Typographic quotes, U+2018 to U+201D.
    let isTypographic = mark == 0xE2 && text[place + 1] == 0x80
    if isTypographic { place += 2 } else if !isQuote(mark) { return nil }
    mark = isTypographic ? 0xE2 : mark
    guard isTarget(at: place + 1),
      let length = text.part(place + 1..<text.count).place(of: mark)
    else { return nil }
    return place + 1..<place + 1 + length
  }

  private static let mostWordsBeforeTarget = 3

  /// The time taken that stands right before the request, in brackets or behind one: `[12ms] GET /v1/a 200`.
  func latency(before start: Int) -> Bytes? {
    var end = start
    while end > 0,
      text[end - 1].isBlank || text[end - 1] == UInt8(ascii: "]")
        || text[end - 1] == UInt8(ascii: ")")
    {
      end -= 1
    }
    var word = end
    while word > 0, isName(text[word - 1]) || text[word - 1] >= 0x80 { word -= 1 }
    guard word < end, text[word].isDigit, splitUnit(text.part(word..<end))?.1 != nil else {
      return nil
    }
    var before = word
    while before > 0, text[before - 1].isBlank { before -= 1 }
    guard before > 0 else { return text.part(word..<end) }
    switch text[before - 1] {
    case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "]"), UInt8(ascii: "|"):
      return text.part(word..<end)
    default: return nil
    }
  }
}
