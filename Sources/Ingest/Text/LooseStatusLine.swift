internal import Files
internal import Times

/// A line that tells of a response by its status line alone, as clients trace what they receive:
/// `<< "HTTP/1.1 304 Not Modified"`, or by a status with its own reason: `Status: 404 Not Found 12ms`,
/// `[2026-11-02 09:00:00] 502 Bad Gateway - /v1/a`.
struct LooseStatusLine {
  private(set) var time: Bytes?
  private(set) var status = Bytes(start: nil, count: 0)
  private(set) var target: Bytes?
  private(set) var latency: Bytes?

  /// Nil for any other line. What has neither a time nor says how long it took may be anything.
  init?(_ text: Bytes, isDated: Bool) {
    guard text.count < LooseStatusLine.longest else { return nil }
    let (stamp, text) = LooseStatusLine.cut(text)
    guard let place = LooseStatusLine.place(in: text) else { return nil }
    time = stamp ?? (place > 0 ? LooseTime.find(in: text.part(0..<place), before: place) : nil)
    status = text.part(place..<place + 3)
    let rest = text.part(place + 3..<text.count)
    target = LooseStatusLine.onlyPath(in: rest)
    latency = LooseStatusLine.latency(in: rest)
    guard isDated || time != nil || latency != nil || LooseStatusLine.isAlone(text, place) else {
      return nil
    }
  }

  /// The time in brackets with which a line begins, and the line behind it.
  private static func cut(_ text: Bytes) -> (time: Bytes?, line: Bytes) {
    guard text.first == UInt8(ascii: "["), let end = text.place(of: UInt8(ascii: "]")),
      end < longestStart, let time = LooseTime.find(in: text.part(1..<end), before: end - 1)
    else { return (nil, text) }
    return (time, text.part(end + 1..<text.count).trimmed)
  }

  /// The word that is a path, where one alone is.
  private static func onlyPath(in text: Bytes) -> Bytes? {
    var words = LineWords(text)
    var path: Bytes?
    while let word = words.next() {
      guard word.first == UInt8(ascii: "/") else { continue }
      if path != nil { return nil }
      path = word
    }
    return path
  }

  /// Whether a line is the status line of an error and nothing else, with the mark of what was received perhaps:
  /// `HTTP/1.1 429 Too Many Requests`, `< HTTP/2 503 Service Unavailable`.
  private static func isAlone(_ text: Bytes, _ place: Int) -> Bool {
    guard text[place] > UInt8(ascii: "3") else { return false }
    var start = 0
    while start < place, text[start] == UInt8(ascii: "<") || text[start].isBlank { start += 1 }
    let rest = text.part(place + 3..<text.count).trimmed
    return text.part(start..<start + 5).isEqual(to: "HTTP/")
      && StatusReason.isOne(rest, of: text.part(place..<place + 3))
  }

  private static let longest = 1024

  /// Where the status stands.
  private static func place(in text: Bytes) -> Int? {
    if let place = behindVersion(text) ?? inBrackets(text) { return place }
    guard let digit = text.part(0..<longestStart).firstIndex(where: \.isDigit),
      isStatus(text, digit), ToldStatus(text, .timed).phrase(at: digit) != nil
    else { return nil }
    return digit
  }

  private static let longestStart = 40

  /// `[504] 2.004s`, and nothing else.
  private static func inBrackets(_ text: Bytes) -> Int? {
    guard text.count > 6, text[0] == UInt8(ascii: "["), text[4] == UInt8(ascii: "]"),
      isStatus(text, 1), text.part(5..<text.count).trimmed.first?.isDigit ?? false,
      splitUnit(text.part(5..<text.count))?.1 != nil
    else { return nil }
    return 1
  }

  /// Behind `HTTP/1.1 `, before which stands how a client marks what it received.
  private static func behindVersion(_ text: Bytes) -> Int? {
    let name: StaticString = "HTTP/"
    guard let start = name.withUTF8Buffer({ text.place(of: $0, from: 0) }) else { return nil }
    var place = start + name.utf8CodeUnitCount
    while place < text.count, text[place].isDigit || text[place] == UInt8(ascii: ".") { place += 1 }
    // `" HTTP/1.1" 408`: of a request that could not be read.
    let isQuoted = place + 1 < text.count && text[place] == UInt8(ascii: "\"")
    if isQuoted, text[place + 1] == 0x20, start > 1, text[start - 1] == 0x20,
      text[start - 2] == UInt8(ascii: "\"")
    {
      return isStatus(text, place + 2) ? place + 2 : nil
    }
    guard place > start + name.utf8CodeUnitCount, place < text.count, text[place] == 0x20,
      isStatus(text, place + 1)
    else { return nil }
    var before = start
    if before > 0, text[before - 1] == UInt8(ascii: "\"") { before -= 1 }
    while before > 0, text[before - 1] == 0x20 { before -= 1 }
    guard before > 0 else { return place + 1 }
    // `<--`, `<=`: from there to here.
    while before > 1, text[before - 1] == UInt8(ascii: "-") || text[before - 1] == UInt8(ascii: "=")
    {
      before -= 1
    }
    return text[before - 1] == UInt8(ascii: "<") ? place + 1 : nil
  }

  private static func isStatus(_ text: Bytes, _ place: Int) -> Bool {
    guard place + 3 <= text.count, LooseLine.isStatus(text.part(place..<place + 3)) else {
      return false
    }
    return place + 3 == text.count || !text[place + 3].isNameByte
  }

  /// The last word that is a number with its unit: `(15 ms)`, `0.000028066s`.
  private static func latency(in text: Bytes) -> Bytes? {
    var text = text.trimmed
    if text.last == UInt8(ascii: ")") { text = text.part(0..<text.count - 1) }
    var start = text.count
    for _ in 0..<2 {
      while start > 0, !text[start - 1].isBlank, text[start - 1] != UInt8(ascii: "(") { start -= 1 }
      let word = text.part(start..<text.count)
      if word.first?.isDigit ?? false { return splitUnit(word)?.1 == nil ? nil : word }
      while start > 0, text[start - 1].isBlank { start -= 1 }
    }
    return nil
  }
}
