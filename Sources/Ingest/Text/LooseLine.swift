internal import Files

/// A line in no known layout that tells of one request how it was answered: `GET /v1/a 503 in 12ms`.
///
/// The request is a method and a path or URL, in quotes or bare, and the only one of the line. Its status
/// stands right behind it, or right before it, or is called a status. A number in any other place is none,
/// and where a line can be read in two ways, it is not read.
struct LooseLine {
  let text: Bytes
  private(set) var method = Bytes(start: nil, count: 0)
  /// A path or a URL.
  private(set) var target = Bytes(start: nil, count: 0)
  private(set) var status = Bytes(start: nil, count: 0)
  /// In its own unit; see `LooseLine+latency.swift`.
  private(set) var latency: Latency?
  /// Where the request stands, with its quotes.
  private var request = 0..<0

  /// Nil for a line that tells of no response, or of several.
  init?(_ text: Bytes) {
    self.text = text
    guard takeRequest(), !hasRequest(from: request.upperBound) else { return nil }
    if let behind = status(from: request.upperBound, isQuoted: isQuoted) {
      status = text.part(behind.status)
      latency = behind.took ?? latency(from: behind.status.upperBound) ?? namedLatency()
    } else if let named = namedStatus() {
      status = named
      latency = latency(from: request.upperBound) ?? namedLatency()
    } else if let before = statusBefore(request.lowerBound),
      let latency = latency(from: request.upperBound)
    {
      // A number before a request may be that of a process: a time taken says that it was answered.
      status = before
      self.latency = latency
    } else {
      return nil
    }
  }

  /// Where the request begins.
  var start: Int { request.lowerBound }

  // MARK: The request

  private var isQuoted: Bool { isQuote(text[request.upperBound - 1]) }

  private mutating func takeRequest() -> Bool {
    guard let found = nextRequest(from: 0) else { return false }
    (method, target, request) = found
    return true
  }

  private func hasRequest(from place: Int) -> Bool { nextRequest(from: place) != nil }

  private typealias Request = (method: Bytes, target: Bytes, range: Range<Int>)

  /// The first method with a path or URL behind it.
  private func nextRequest(from start: Int) -> Request? {
    var place = start
    while place + 4 < text.count {
      guard isUpper(text[place]), place == 0 || !isName(text[place - 1]) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < text.count, isUpper(text[end]) { end += 1 }
      if let request = request(place..<end) { return request }
      place = end
    }
    return nil
  }

  /// The request whose method stands at a place.
  private func request(_ word: Range<Int>) -> Request? {
    guard (3...9).contains(word.count), word.upperBound < text.count,
      text[word.upperBound].isBlank, isKnownMethod(text.part(word))
    else { return nil }
    var start = word.upperBound
    while start < text.count, text[start].isBlank { start += 1 }
    guard start < text.count else { return nil }
    let method = text.part(word)
    if isQuote(text[start]) {
      // `GET "/path"`
      guard let end = place(of: text[start], from: start + 1), isTarget(at: start + 1) else {
        return nil
      }
      return (method, text.part(start + 1..<end), word.lowerBound..<end + 1)
    }
    guard isTarget(at: start) else { return nil }
    if word.lowerBound > 0, isQuote(text[word.lowerBound - 1]),
      let end = place(of: text[word.lowerBound - 1], from: start)
    {
      // `"GET /path HTTP/1.1"`, where the path may have blanks, or `"GET /path"`.
      let inner = text.part(start..<end)
      let range = word.lowerBound - 1..<end + 1
      if let version = versionStart(in: inner) { return (method, inner.part(0..<version), range) }
      if !inner.contains(where: \.isBlank) { return (method, inner, range) }
    }
    var end = start
    while end < text.count, !text[end].isBlank, !isQuote(text[end]) { end += 1 }
    while end > start + 1, isPunctuation(text[end - 1]) { end -= 1 }
    let target = text.part(start..<end)
    if let version = version(behind: end) { end = version }
    return (method, target, word.lowerBound..<end)
  }

  /// Where ` HTTP/1.1` ends that stands behind a path.
  private func version(behind end: Int) -> Int? {
    guard end + 6 < text.count, text[end].isBlank,
      text.part(end + 1..<end + 6).isEqual(to: "HTTP/")
    else { return nil }
    var place = end + 6
    while place < text.count, text[place].isDigit || text[place] == UInt8(ascii: ".") { place += 1 }
    return place
  }

  private func isTarget(at place: Int) -> Bool {
    guard place < text.count else { return false }
    if text[place] == UInt8(ascii: "/") { return true }
    let rest = text.part(place..<place + 8)
    return rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8)
  }

  private func isKnownMethod(_ word: Bytes) -> Bool {
    isMethod(word) || word.isEqual(to: "PROPFIND") || word.isEqual(to: "REPORT")
      || word.isEqual(to: "PURGE") || word.isEqual(to: "LIST") || word.isEqual(to: "QUERY")
  }

  // MARK: The status

  /// The status right behind the request, at most a few words of what it says between them; and the time
  /// taken, where it stands between them as well.
  private func status(from start: Int, isQuoted: Bool) -> (status: Range<Int>, took: Latency?)? {
    var place = start
    var took: Latency?
    var hasDash = false
    for _ in 0..<LooseLine.mostWords {
      while place < text.count, isSeparator(at: place) {
        if text[place] == UInt8(ascii: "-"), !isArrow(at: place) { hasDash = true }
        place += 1
      }
      guard place < text.count else { return nil }
      if text[place].isDigit {
        if let end = statusEnd(at: place) {
          // Behind a request in quotes a dash may be the status that there is none of.
          if hasDash, isQuoted, !isReason(behind: end) { return nil }
          return (place..<end, took)
        }
        guard took == nil, let latency = latency(at: place) else { return nil }
        took = latency.latency
        place = latency.end
        continue
      }
      var end = place
      while end < text.count, isName(text[end]) || text[end] == UInt8(ascii: "/") { end += 1 }
      guard end > place, isBetween(text.part(place..<end)) else { return nil }
      place = end
    }
    return nil
  }

  private static let mostWords = 8

  /// Where a status ends that stands at a place: three digits, behind which nothing says that they count
  /// something.
  private func statusEnd(at start: Int) -> Int? {
    let end = start + 3
    guard end <= text.count, isStatus(text.part(start..<end)) else { return nil }
    guard end < text.count else { return end }
    switch text[end] {
    case 0x20, 0x09: return isFree(behind: end) ? end : nil
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      return end
    case UInt8(ascii: "."): return end + 1 == text.count || text[end + 1].isBlank ? end : nil
    default: return nil
    }
  }

  /// Whether what follows a number is not what it counts.
  private func isFree(behind end: Int) -> Bool {
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
    return ["in", "from", "for", "after", "took", "to", "by", "with", "error"]
      .contains { word.isEqual(to: $0) }
      || wordEnd < text.count && text[wordEnd] == UInt8(ascii: "=")
  }

  private func isReason(behind end: Int) -> Bool {
    end + 1 < text.count && text[end].isBlank && isUpper(text[end + 1])
  }

  /// Whether a word may stand between a request and its status.
  private func isBetween(_ word: Bytes) -> Bool {
    if word.starts(with: "HTTP".utf8) { return true }
    return LooseLine.between.contains { word.isEqual(ignoringCase: $0) }
  }

  private static let between: [StaticString] = [
    "returned", "returns", "returning", "responded", "response", "status", "statuscode", "with",
    "code", "failed", "completed", "and", "got", "answered", "gave", "error", "result", "finished",
    "replied", "received", "took", "in", "http",
  ]

  /// The status right before the request.
  private func statusBefore(_ start: Int) -> Bytes? {
    var end = start
    while end > 0,
      text[end - 1].isBlank || text[end - 1] == UInt8(ascii: ":")
        || text[end - 1] == UInt8(ascii: "|")
    {
      end -= 1
    }
    guard end >= 3, end < start, isStatus(text.part(end - 3..<end)) else { return nil }
    var place = end - 3
    guard place == 0 || text[place - 1].isBlank || text[place - 1] == UInt8(ascii: ":") else {
      return nil
    }
    while place > 0, text[place - 1].isBlank { place -= 1 }
    // `job 429`, `of 500`
    return place > 0 && isLetter(text[place - 1]) && !isUpper(text[place - 1])
      ? nil : text.part(end - 3..<end)
  }

  /// What is called a status, anywhere in the line: the only one, or the same each time.
  private func namedStatus() -> Bytes? {
    var found: Bytes?
    for start in LooseNames(text, LooseLine.statusNames, plain: ["status"]) {
      guard let end = statusEnd(at: start) else { continue }
      let status = text.part(start..<end)
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

// MARK: - Bytes

extension LooseLine {
  private func isStatus(_ digits: Bytes) -> Bool {
    digits.count == 3 && (1...5).contains(digits[0] &- 0x30) && digits.allSatisfy(\.isDigit)
  }

  private func place(of byte: UInt8, from start: Int) -> Int? {
    text.part(start..<text.count).place(of: byte).map { $0 + start }
  }

  private func isSeparator(at place: Int) -> Bool {
    switch text[place] {
    case 0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"):
      true
    case UInt8(ascii: "-"):
      place + 1 == text.count || text[place + 1].isBlank || isArrow(at: place)
    default: false
    }
  }

  /// Whether a dash belongs to `->` or `-->`.
  private func isArrow(at place: Int) -> Bool {
    place + 1 < text.count && text[place + 1] == UInt8(ascii: ">")
      || place + 2 < text.count && text[place + 1] == UInt8(ascii: "-")
        && text[place + 2] == UInt8(ascii: ">")
  }

  func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ">"):
      true
    default: false
    }
  }

  func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Whether a byte is part of a name or a number.
  func isName(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
}
