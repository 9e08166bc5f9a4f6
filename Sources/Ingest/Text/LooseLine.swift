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
  /// With its own unit; see `LooseLine+latency.swift`.
  private(set) var latency: Bytes?
  /// Where the request stands, with its quotes.
  private(set) var request = 0..<0
  /// Between the method and the target: `GET 503 /v1/a 4ms`.
  private var inner: Bytes?

  /// Nil for a line that tells of no response, or of several.
  init?(_ text: Bytes) {
    self.text = text
    guard takeRequest(), !hasRequest(from: request.upperBound) else { return nil }
    if let inner {
      status = inner
      latency = latency(from: request.upperBound) ?? namedLatency()
      // In a column of its own it could be anything.
      guard latency != nil else { return nil }
    } else if let behind = status(from: request.upperBound, isQuoted: isQuoted)
      ?? statusAmongNumbers(from: request.upperBound, isQuoted: isQuoted)
    {
      status = text.part(behind.status)
      latency = behind.took ?? latency(from: behind.status.upperBound) ?? namedLatency()
    } else if let named = namedStatus() {
      status = named
      latency = latency(from: request.upperBound) ?? namedLatency()
    } else if let part = statusAmongParts(from: request.upperBound) {
      status = text.part(part.status)
      latency = part.took
    } else if let cached = statusOfCache(before: request.lowerBound) {
      status = cached
    } else if let bracketed = statusInBrackets(before: request.lowerBound) {
      status = bracketed
      latency = latency(from: request.upperBound)
    } else if let before = statusBefore(request.lowerBound) {
      // A number before a request may be that of a process: a reason or a time taken says that it is none.
      let latency = latency(from: request.upperBound)
      guard before.isSure || latency != nil || hasNamesOfProxy else { return nil }
      status = before.status
      self.latency = latency
    } else if let told = ToldStatus(text, .beside).place(outside: request) {
      status = text.part(told..<told + 3)
      latency = latency(from: request.upperBound) ?? namedLatency()
    } else {
      return nil
    }
    latency = latency ?? latency(before: request.lowerBound)
  }

  /// Any line, to be asked what it says of a response whose request it does not name.
  init(words text: Bytes) { self.text = text }

  /// Where the request begins.
  var start: Int { request.lowerBound }

  // MARK: The request

  private var isQuoted: Bool { isQuote(text[request.upperBound - 1]) }

  private mutating func takeRequest() -> Bool {
    guard let found = nextRequest(from: 0) else { return false }
    (method, target, request, inner) = found
    return true
  }

  private func hasRequest(from place: Int) -> Bool { nextRequest(from: place) != nil }

  private typealias Request = (method: Bytes, target: Bytes, range: Range<Int>, status: Bytes?)

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
      isKnownMethod(text.part(word))
    else { return nil }
    let method = text.part(word)
    var start = word.upperBound
    // `"GET" "/path"`, `[GET] /path`
    if word.lowerBound > 0, isClosed(by: text[start], text[word.lowerBound - 1]) { start += 1 }
    // `GET | /path`
    var mark: UInt8 = 0x20
    let blank = start
    while start < text.count, text[start].isBlank || mark == 0x20 && isColumnMark(text[start]) {
      if !text[start].isBlank { mark = text[start] }
      start += 1
    }
    guard start > blank, start < text.count else { return nil }
    if isQuote(text[start]) {
      // `GET "/path"`
      guard let end = place(of: text[start], from: start + 1), isTarget(at: start + 1) else {
        return nil
      }
      return (method, text.part(start + 1..<end), word.lowerBound..<end + 1, nil)
    }
    var status: Bytes?
    if start + 4 < text.count, text[start + 3] == 0x20, isStatus(text.part(start..<start + 3)) {
      status = text.part(start..<start + 3)
      start += 4
    } else if let target = quotedTarget(behindWordsAt: start) {
      return (method, text.part(target), word.lowerBound..<target.upperBound + 1, nil)
    }
    guard isTarget(at: start) else { return nil }
    if word.lowerBound > 0, isQuote(text[word.lowerBound - 1]),
      let end = place(of: text[word.lowerBound - 1], from: start)
    {
      // `"GET /path HTTP/1.1"`, where the path may have blanks, or `"GET /path"`.
      let inner = text.part(start..<end)
      let range = word.lowerBound - 1..<end + 1
      if let version = versionStart(in: inner) {
        return (method, inner.part(0..<version), range, status)
      }
      if !inner.contains(where: \.isBlank) { return (method, inner, range, status) }
    }
    var end = start
    while end < text.count, !text[end].isBlank, text[end] != mark {
      if isQuote(text[end]) {
        guard let mate = mate(ofQuoteAt: end) else { break }
        end = mate
      }
      end += 1
    }
    while end > start + 1, isPunctuation(text[end - 1]), !closesBracket(end - 1, from: start) {
      end -= 1
    }
    let target = text.part(start..<end)
    if let version = version(behind: end) { end = version }
    return (method, target, word.lowerBound..<end, status)
  }

  private func isClosed(by end: UInt8, _ start: UInt8) -> Bool {
    isQuote(end) && end == start || end == UInt8(ascii: "]") && start == UInt8(ascii: "[")
  }

  /// Where a quote inside of a path is closed again, as in `/odata/Users('joe')/groups`.
  private func mate(ofQuoteAt place: Int) -> Int? {
    guard text[place] == UInt8(ascii: "'"), text[place - 1] == UInt8(ascii: "(") else { return nil }
    var end = place + 1
    while end + 1 < text.count, !text[end].isBlank {
      if text[end] == UInt8(ascii: "'"), text[end + 1] == UInt8(ascii: ")") { return end }
      end += 1
    }
    return nil
  }

  /// Whether a mark closes a bracket that stands in the same word: `/users/[id]`.
  private func closesBracket(_ place: Int, from start: Int) -> Bool {
    let open: UInt8
    switch text[place] {
    case UInt8(ascii: "]"): open = UInt8(ascii: "[")
    case UInt8(ascii: ")"): open = UInt8(ascii: "(")
    case UInt8(ascii: "}"): open = UInt8(ascii: "{")
    default: return false
    }
    let word = text.part(start..<place + 1)
    return word.count(where: { $0 == open }) == word.count(where: { $0 == text[place] })
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

  func isTarget(at place: Int) -> Bool {
    guard place < text.count else { return false }
    if text[place] == UInt8(ascii: "/") { return true }
    let rest = text.part(place..<place + 8)
    return rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8)
  }

  private func isKnownMethod(_ word: Bytes) -> Bool {
    isMethod(word) || word.isEqual(to: "PROPFIND") || word.isEqual(to: "REPORT")
      || word.isEqual(to: "PURGE") || word.isEqual(to: "LIST") || word.isEqual(to: "QUERY")
  }
}

// MARK: - Bytes

extension LooseLine {
  /// A status that is registered, or that a known server makes up: other numbers are rather sizes.
  /// <https://www.iana.org/assignments/http-status-codes>
  static func isStatus(_ digits: Bytes) -> Bool {
    guard digits.count == 3, digits.allSatisfy(\.isDigit), let number = digits.integer else {
      return false
    }
    return switch number {
    case 200...208, 226, 300...308, 400...431, 440, 444, 449...451, 460...464, 494...499, 500...511,
      520...530, 540, 561, 598, 599:
      true
    default: false
    }
  }

  func isStatus(_ digits: Bytes) -> Bool { LooseLine.isStatus(digits) }

  /// Where a mark stands that no backslash is before.
  private func place(of byte: UInt8, from start: Int) -> Int? {
    var from = start
    while let found = text.part(from..<text.count).place(of: byte) {
      let place = from + found
      if place == from || text[place - 1] != UInt8(ascii: "\\") { return place }
      from = place + 1
    }
    return nil
  }

  func isSeparator(at place: Int) -> Bool {
    switch text[place] {
    case 0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "("),
      UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"):
      true
    case UInt8(ascii: "-"):
      place + 1 == text.count || text[place + 1].isBlank || isArrow(at: place)
    // Arrows and other signs that no keyboard has.
    default: text[place] >= 0x80
    }
  }

  /// Whether a dash belongs to `->` or `-->`.
  func isArrow(at place: Int) -> Bool {
    place + 1 < text.count && text[place + 1] == UInt8(ascii: ">")
      || place + 2 < text.count && text[place + 1] == UInt8(ascii: "-")
        && text[place + 2] == UInt8(ascii: ">")
  }

  private func isColumnMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
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
