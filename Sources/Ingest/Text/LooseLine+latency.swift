internal import Files

// How long a request took, where the line says the unit.
extension LooseLine {
  /// The time that stands behind the status, with numbers, addresses, sizes and the status's own words
  /// before it at most: what stands behind other words may be a delay, a limit or an age.
  func latency(from start: Int) -> Bytes? {
    var place = start
    for _ in 0..<LooseLine.mostTokens {
      while place < text.count, !isName(text[place]), !isQuote(text[place]) { place += 1 }
      guard place < text.count else { return nil }
      if isQuote(text[place]) {
        guard let length = text.part(place + 1..<text.count).place(of: text[place]) else {
          return nil
        }
        place += length + 2
        continue
      }
      if text[place].isDigit, place == 0 || text[place - 1] != UInt8(ascii: "-"),
        let found = latency(at: place)
      {
        return found.latency
      }
      let word = place
      while place < text.count, isName(text[place]) { place += 1 }
      // What is left out: `…`, `...`
      if text.part(word..<place).allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
      guard text[word].isDigit || mayPrecedeLatency(text.part(word..<place)) else { return nil }
      // The rest of an address or a time.
      if text[word].isDigit {
        while place < text.count, !text[place].isBlank, text[place] != UInt8(ascii: ",") {
          place += 1
        }
      }
    }
    return nil
  }

  private static let mostTokens = 16

  private func mayPrecedeLatency(_ word: Bytes) -> Bool {
    if LooseLine.beforeLatency.contains(where: { word.isEqual(to: $0) }) { return true }
    return isUpper(word[0]) && !LooseLine.delays.contains { word.starts(with: $0) }
  }

  private static let beforeLatency: [StaticString] = [
    "in", "took", "duration", "latency", "elapsed", "time", "from", "for", "to", "b", "bytes",
    "byte", "size", "len", "and", "with",
  ]

  /// How words begin behind which a time is not one that was taken.
  private static let delays = ["Retry", "Wait", "Sleep", "Back", "Timeout", "Next", "Limit"].map {
    Array($0.utf8)
  }

  /// What NGINX calls the time taken, in seconds with three decimals: `rt="0.012"`.
  func namedSeconds() -> Bytes? {
    var found: Bytes?
    for place in LooseNames(text, LooseLine.secondsNames) {
      var end = place
      while end < text.count, text[end].isDigit || text[end] == UInt8(ascii: ".") { end += 1 }
      let seconds = text.part(place..<end)
      guard seconds.number != nil, let point = seconds.place(of: UInt8(ascii: ".")),
        seconds.count - point == 4, end == text.count || !isName(text[end]), found == nil
      else { return nil }
      found = seconds
    }
    return found
  }

  private static let secondsNames: [StaticString] = ["requesttime", "rt"]

  /// The only time that the line calls by a name of one.
  func namedLatency() -> Bytes? {
    var found: Bytes?
    for place in LooseNames(text, LooseLine.latencyNames, plain: ["took"]) {
      guard let latency = latency(at: place)?.latency else { continue }
      if found != nil { return nil }
      found = latency
    }
    return found
  }

  private static let latencyNames: [StaticString] = [
    "latency", "duration", "elapsed", "took", "time", "requesttime", "responsetime", "elapsedtime",
    "processingtime", "totaltime", "timetaken", "rt", "request",
  ]

  /// A number and its unit, also as Go writes it (`1m30.5s`), and where they end.
  func latency(at start: Int) -> (latency: Bytes, end: Int)? {
    var end = start
    while end < text.count, text[end].isDigit || text[end] == UInt8(ascii: ".") { end += 1 }
    let digits = end
    if end + 1 < text.count, text[end] == 0x20 { end += 1 }
    while end < text.count, isName(text[end]) || text[end] >= 0x80 { end += 1 }
    while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end > digits, splitUnit(text.part(start..<end))?.1 != nil else { return nil }
    return (text.part(start..<end), end)
  }
}
