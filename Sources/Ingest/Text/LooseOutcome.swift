internal import Files

/// A line that says in words with which status something answered, and not what it was asked for: `upstream
/// responded with 503`, `HTTP error! status: 429`, `<-- 404 Not Found`.
struct LooseOutcome {
  let line: LooseLine
  let time: Bytes?
  let status: Bytes
  let target: Bytes?
  let latency: Bytes?

  private static let longest = 2048

  /// Nil for a line that tells of no response. `isDated`: a time stood before it.
  init?(_ text: Bytes, isDated: Bool) {
    guard text.count < LooseOutcome.longest,
      let place = ToldStatus(text, .alone, isDated: isDated).place()
    else { return nil }
    line = LooseLine(words: text)
    status = text.part(place..<place + 3)
    time = LooseTime.find(in: text.part(0..<place), before: place)
    target = line.onlyURL()
    latency = line.latency(from: place + 3) ?? line.namedLatency()
  }
}
