internal import Files
internal import Times

/// A line that tells of a response by its status line alone, as clients trace what they receive:
/// `<< "HTTP/1.1 304 Not Modified"`, or by a status with its own reason: `Status: 404 Not Found 12ms`.
struct LooseStatusLine {
  private(set) var time: Bytes?
  private(set) var status = Bytes(start: nil, count: 0)
  private(set) var latency: Bytes?

  /// Nil for any other line. What has neither a time nor says how long it took may be anything.
  init?(_ text: Bytes, isDated: Bool) {
    guard text.count < LooseStatusLine.longest, let place = LooseStatusLine.place(in: text) else {
      return nil
    }
    time = place > 0 ? LooseTime.find(in: text.part(0..<place), before: place) : nil
    status = text.part(place..<place + 3)
    let rest = text.part(place + 3..<text.count)
    latency = LooseStatusLine.latency(in: rest)
    guard isDated || time != nil || latency != nil || LooseStatusLine.isAlone(text, place) else {
      return nil
    }
  }

  /// Whether a line is the status line of an error and nothing else, with the mark of what was received perhaps:
  /// `HTTP/1.1 429 Too Many Requests`, `< HTTP/2 503 Service Unavailable`.
  private static func isAlone(_ text: Bytes, _ place: Int) -> Bool {
    guard text[place] > UInt8(ascii: "3"), let number = text.part(place..<place + 3).integer else {
      return false
    }
    var start = 0
    while start < place, text[start] == UInt8(ascii: "<") || text[start].isBlank { start += 1 }
    let rest = text.part(place + 3..<text.count).trimmed
    return text.part(start..<start + 5).isEqual(to: "HTTP/")
      && reasons.contains { $0 == number && rest.isEqual(ignoringCase: $1) }
  }

  private static let longest = 1024

  /// Where the status stands.
  private static func place(in text: Bytes) -> Int? {
    if let place = behindVersion(text) ?? inBrackets(text) { return place }
    var start = 0
    for word in words where text.part(0..<word.utf8CodeUnitCount).isEqual(ignoringCase: word) {
      start = word.utf8CodeUnitCount
      break
    }
    while start < text.count, text[start] == 0x20 { start += 1 }
    return hasReason(text, start) ? start : nil
  }

  private static let words: [StaticString] = [
    "status:", "status code:", "response:", "response status:", "http status:", "http", "error",
  ]

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
    let isReceived = text[before - 1] == UInt8(ascii: "<") || isArrow(text, before)
    return isReceived ? place + 1 : nil
  }

  /// `<--`, `<=`: from there to here.
  private static func isArrow(_ text: Bytes, _ end: Int) -> Bool {
    var start = end
    while start > 0, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == UInt8(ascii: "=") {
      start -= 1
    }
    return start < end && start > 0 && text[start - 1] == UInt8(ascii: "<")
  }

  private static func isStatus(_ text: Bytes, _ place: Int) -> Bool {
    guard place + 3 <= text.count, LooseLine.isStatus(text.part(place..<place + 3)) else {
      return false
    }
    return place + 3 == text.count || !text[place + 3].isNameByte
  }

  /// Whether a status has its own reason behind it.
  static func hasReason(_ text: Bytes, _ place: Int) -> Bool {
    guard isStatus(text, place), place + 4 < text.count,
      text[place + 3] == 0x20 || text[place + 3] == UInt8(ascii: ":"),
      let number = text.part(place..<place + 3).integer
    else { return false }
    // `503: Service Unavailable`, as wget writes it.
    let rest = text.part(place + 4..<text.count).trimmed
    return reasons.contains { known, reason in
      guard known == number, rest.part(0..<reason.utf8CodeUnitCount).isEqual(ignoringCase: reason)
      else { return false }
      let end = reason.utf8CodeUnitCount
      // A sentence ends with its stop.
      return end == rest.count || !rest[end].isNameByte
        || rest[end] == UInt8(ascii: ".") && end + 1 == rest.count
    }
  }

  /// Whether a status in brackets has its own reason before it: `not found (404)`.
  static func hasReason(_ text: Bytes, before place: Int) -> Bool {
    guard place > 4, text[place - 1] == UInt8(ascii: "("), place + 3 < text.count,
      text[place + 3] == UInt8(ascii: ")"), let number = text.part(place..<place + 3).integer
    else { return false }
    let before = text.part(0..<place - 1).trimmed
    return reasons.contains { known, reason in
      let start = before.count - reason.utf8CodeUnitCount
      return known == number && start >= 0
        && before.part(start..<before.count).isEqual(ignoringCase: reason)
        && (start == 0 || !before[start - 1].isNameByte)
    }
  }

  /// <https://www.iana.org/assignments/http-status-codes>
  private static let reasons: [(Int64, StaticString)] = [
    (200, "OK"), (201, "Created"), (202, "Accepted"), (204, "No Content"),
    (206, "Partial Content"), (301, "Moved Permanently"), (302, "Found"), (303, "See Other"),
    (304, "Not Modified"), (307, "Temporary Redirect"), (308, "Permanent Redirect"),
    (400, "Bad Request"), (401, "Unauthorized"), (402, "Payment Required"), (403, "Forbidden"),
    (404, "Not Found"), (405, "Method Not Allowed"), (406, "Not Acceptable"),
    (408, "Request Timeout"), (409, "Conflict"), (410, "Gone"), (411, "Length Required"),
    (412, "Precondition Failed"), (413, "Payload Too Large"), (413, "Content Too Large"),
    (413, "Request Entity Too Large"), (414, "URI Too Long"), (415, "Unsupported Media Type"),
    (422, "Unprocessable Entity"), (422, "Unprocessable Content"), (423, "Locked"),
    (429, "Too Many Requests"), (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"), (499, "Client Closed Request"),
    (500, "Internal Server Error"), (501, "Not Implemented"), (502, "Bad Gateway"),
    (503, "Service Unavailable"), (503, "Service Temporarily Unavailable"),
    (504, "Gateway Timeout"), (504, "Gateway Time-out"),
  ]

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
