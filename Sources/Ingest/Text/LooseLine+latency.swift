internal import Files

// How long a request took, where the line says the unit.
extension LooseLine {
  struct Latency {
    var text: Bytes
    /// Under which a record has it: the unit is its end.
    var name: StaticString
  }

  /// The time that stands behind the status, with numbers, addresses, sizes and the status's own words
  /// before it at most: what stands behind other words may be a delay, a limit or an age.
  func latency(from start: Int) -> Latency? {
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
      guard text[word].isDigit || mayPrecedeLatency(text.part(word..<place)) else { return nil }
      // The rest of an address or a time.
      if text[word].isDigit {
        while place < text.count, !text[place].isBlank, text[place] != UInt8(ascii: ",") { place += 1 }
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

  /// The only time that the line calls by a name of one.
  func namedLatency() -> Latency? {
    var found: Latency?
    for place in LooseNames(text, LooseLine.latencyNames, plain: ["took"]) {
      guard let latency = latency(at: place)?.latency else { continue }
      if found != nil { return nil }
      found = latency
    }
    return found
  }

  private static let latencyNames: [StaticString] = [
    "latency", "duration", "elapsed", "took", "time", "requesttime", "responsetime", "elapsedtime",
    "processingtime", "totaltime", "timetaken", "rt",
  ]

  /// A number and its unit, and where they end.
  func latency(at start: Int) -> (latency: Latency, end: Int)? {
    var end = start
    while end < text.count, text[end].isDigit || text[end] == UInt8(ascii: ".") { end += 1 }
    let number = text.part(start..<end)
    guard number.number != nil else { return nil }
    var unit = end
    if unit + 1 < text.count, text[unit] == 0x20 { unit += 1 }
    var place = unit
    while place < text.count, isLetter(text[place]) || text[place] >= 0x80 { place += 1 }
    if unit == end, place < text.count, text[place].isDigit {
      // As Go writes it: `1m30.5s`.
      while place < text.count, isName(text[place]) { place += 1 }
      let whole = text.part(start..<place)
      return splitUnit(whole)?.1 == nil ? nil : (Latency(text: whole, name: "\"latency\":"), place)
    }
    guard place == text.count || !isName(text[place]),
      let name = name(ofUnit: text.part(unit..<place))
    else { return nil }
    return (Latency(text: number, name: name), place)
  }

  private func name(ofUnit unit: Bytes) -> StaticString? {
    if unit.count > 1, unit[0] >= 0x80 {
      return unit.elementsEqual("µs".utf8) || unit.elementsEqual("μs".utf8)
        ? "\"latency_us\":" : nil
    }
    return LooseLine.units.first { unit.isEqual(ignoringCase: $0.word) }?.name
  }

  private static let units: [(word: StaticString, name: StaticString)] = [
    ("ms", "\"latency_ms\":"), ("msec", "\"latency_ms\":"), ("msecs", "\"latency_ms\":"),
    ("millis", "\"latency_ms\":"), ("milliseconds", "\"latency_ms\":"), ("s", "\"latency_s\":"),
    ("sec", "\"latency_s\":"), ("secs", "\"latency_s\":"), ("seconds", "\"latency_s\":"),
    ("us", "\"latency_us\":"), ("usec", "\"latency_us\":"), ("usecs", "\"latency_us\":"),
    ("microseconds", "\"latency_us\":"), ("ns", "\"latency_ns\":"),
  ]
}
