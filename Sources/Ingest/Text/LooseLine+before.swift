internal import Files

// The status of the request, where it stands before it.
extension LooseLine {
  /// The status of `TCP_MISS/304 2912 GET http://…`: what a cache did, and how many bytes it sent.
  func statusOfCache(before start: Int) -> Bytes? {
    var end = start
    func skipBlanks() -> Bool {
      let known = end
      while end > 0, text[end - 1].isBlank { end -= 1 }
      return end < known
    }
    guard skipBlanks() else { return nil }
    let size = end
    while end > 0, text[end - 1].isDigit { end -= 1 }
    guard end < size, skipBlanks(), end > 4, text[end - 4] == UInt8(ascii: "/"),
      isStatus(text.part(end - 3..<end))
    else { return nil }
    var word = end - 4
    while word > 0, isUpper(text[word - 1]) || text[word - 1] == 0x5F { word -= 1 }
    guard end - 4 - word > 3, word == 0 || text[word - 1].isBlank else { return nil }
    return text.part(end - 3..<end)
  }

  /// The status of `<-- [500] POST https://…`, or of what says how long it took: without either, the number
  /// could be a thread's.
  func statusInBrackets(before start: Int) -> Bytes? {
    var end = start
    while end > 0, text[end - 1].isBlank { end -= 1 }
    guard end >= 5, end < start, text[end - 1] == UInt8(ascii: "]"),
      text[end - 5] == UInt8(ascii: "["), end == 5 || text[end - 6].isBlank,
      isStatus(text.part(end - 4..<end - 1))
    else { return nil }
    var arrow = end - 5
    while arrow > 0, text[arrow - 1].isBlank { arrow -= 1 }
    guard ToldStatus.isReceived(text, before: arrow) || latency(from: request.upperBound) != nil
    else { return nil }
    return text.part(end - 4..<end - 1)
  }

  /// The status right before the request, with its reason or a colon perhaps: then it is surely one.
  func statusBefore(_ start: Int) -> (status: Bytes, isSure: Bool)? {
    var end = hasNamesOfProxy ? pairsStart(before: start) : start
    var hasColon = false
    while end > 0,
      text[end - 1].isBlank || text[end - 1] == UInt8(ascii: ":")
        || text[end - 1] == UInt8(ascii: "|")
    {
      hasColon = hasColon || text[end - 1] == UInt8(ascii: ":")
      end -= 1
    }
    let reasonEnd = end
    for _ in 0..<LooseLine.mostReasonWords {
      var word = end
      while word > 0, isLetter(text[word - 1]) || text[word - 1] == UInt8(ascii: "-") { word -= 1 }
      // Of a word in capitals a level could be the sense.
      guard word < end, word > 0, text[word - 1].isBlank, isUpper(text[word]),
        !isUpper(text[end - 1]) || text.part(word..<end).isEqual(to: "OK")
      else { break }
      end = word
      while end > 0, text[end - 1].isBlank { end -= 1 }
    }
    guard end >= 3, end < start, isStatus(text.part(end - 3..<end)) else { return nil }
    var place = end - 3
    guard place == 0 || text[place - 1].isBlank || text[place - 1] == UInt8(ascii: ":") else {
      return nil
    }
    while place > 0, text[place - 1].isBlank { place -= 1 }
    if ToldStatus(text, .before).phrase(at: end - 3) != nil {
      return (text.part(end - 3..<end), true)
    }
    // `job 429`, `of 500`
    if place > 0, isLetter(text[place - 1]), !isUpper(text[place - 1]), !hasNamesOfProxy {
      return nil
    }
    let isListed = hasColon && place > 0 && text[place - 1] == UInt8(ascii: ":")
    // `[04/Mar/2026:11:56:17 +0300] 200 "GET / HTTP/1.1"`
    let isBehindTime = place > 0 && text[place - 1] == UInt8(ascii: "]") && isQuote(text[start])
    return (
      text.part(end - 3..<end),
      end < reasonEnd || isListed || isBehindTime || isBehindAddress(place)
    )
  }

  /// Whether a client's address ends at a place: `192.0.2.7 403 GET /admin`.
  private func isBehindAddress(_ place: Int) -> Bool {
    var start = place
    var dots = 0
    while start > 0, text[start - 1].isDigit || text[start - 1] == UInt8(ascii: ".") {
      start -= 1
      if text[start] == UInt8(ascii: ".") { dots += 1 }
    }
    return dots == 3 && place - start >= 7 && text[start].isDigit
      && (start == 0 || text[start - 1].isBlank)
  }

  /// Where the `key=value` begin that stand before a place.
  private func pairsStart(before start: Int) -> Int {
    var known = start
    var end = start
    while true {
      while end > 0, text[end - 1].isBlank { end -= 1 }
      let wordEnd = end
      while end > 0, !text[end - 1].isBlank { end -= 1 }
      guard end < wordEnd, isLetter(text[end]),
        text.part(end..<wordEnd).place(of: UInt8(ascii: "=")) != nil
      else { return known }
      known = end
    }
  }

  /// Whether the line calls values as NGINX does what is behind it, or how long that took: then it is one
  /// of requests.
  var hasNamesOfProxy: Bool {
    var names = LooseNames(text, LooseLine.proxyNames)
    return names.next() != nil
  }

  private static let proxyNames: [StaticString] = [
    "upstreamstatus", "upstreamresponsetime", "upstreamtime", "requesttime", "rt", "urt", "uct",
    "uht",
  ]

  /// The status that the line says what is behind it gave: `upstream=503`.
  func upstreamStatus() -> Bytes? {
    for start in LooseNames(text, ["upstreamstatus", "upstream", "ustatus"]) {
      let status = text.part(start..<start + 3)
      if isStatus(status), start + 3 == text.count || !isName(text[start + 3]) { return status }
    }
    return nil
  }

  private static let mostReasonWords = 4
}
