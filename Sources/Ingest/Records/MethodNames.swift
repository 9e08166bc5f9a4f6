internal import Files

/// The methods of HTTP, as it writes them: in capitals, whatever a log makes of them.
enum MethodNames {
  private static let known: [StaticString] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY",
    "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT", "PURGE",
  ]
  private static let usual = known.prefix(9).map { number(of: bytes(of: $0)) }
  private static let longestUsual = 7

  /// A known method in capitals; nil for any other word.
  static func name(of text: Bytes) -> Bytes? {
    guard (3...9).contains(text.count) else { return nil }
    for name in known where text.isEqual(ignoringCase: name) { return bytes(of: name) }
    return nil
  }

  /// Whether a word is a method that nearly all requests have, in either case.
  static func isUsual(_ text: Bytes) -> Bool {
    text.count <= longestUsual && usual.contains(number(of: text))
  }

  /// The capitals of eight letters at most, side by side. No other byte becomes a capital.
  private static func number(of text: Bytes) -> UInt64 {
    var number: UInt64 = 0
    for byte in text { number = number << 8 | UInt64(byte & 0xDF) }
    return number
  }
}

/// `GET`, in capitals; a method that is not known only where all of it is in capitals.
func parseMethod(_ text: Bytes) -> Bytes? {
  guard (3...16).contains(text.count) else { return nil }
  var isUpper = true
  for byte in text where byte &- 0x41 >= 26 {
    if byte == UInt8(ascii: "-") { continue }
    isUpper = false
    break
  }
  if isUpper { return text }
  return MethodNames.name(of: text)
}

/// Method and path of `GET /path HTTP/1.1`; `GET` alone has no path, `/path` alone no method. Where the
/// version stands at the end, any word is a method, as servers log what they refuse, and all that
/// stands between is the path.
func parseRequestLine(_ text: Bytes) -> (method: Bytes?, path: Bytes)? {
  guard let first = text.place(of: 0x20) else {
    if text.first == UInt8(ascii: "/") { return (nil, text) }
    return MethodNames.isUsual(text) ? (parseMethod(text), text.part(0..<0)) : nil
  }
  let word = text.part(0..<first)
  if let end = versionStart(in: text), end > first, isToken(word) {
    return (parseMethod(word) ?? word, text.part(first + 1..<end))
  }
  guard let method = parseMethod(word) else { return nil }
  let rest = text.part(first + 1..<text.count)
  return (method, rest.part(0..<(rest.place(of: 0x20) ?? rest.count)))
}

/// Where ` HTTP/1.1` begins that ends a request line.
func versionStart(in text: Bytes) -> Int? {
  let longest = 9
  guard let blank = text.suffix(longest).lastIndex(of: 0x20),
    text.part(blank + 1..<text.count).starts(with: "HTTP/".utf8)
  else { return nil }
  return blank
}

/// Whether a word is a method of HTTP, in either case, and not anything else in capitals.
func isMethod(_ text: Bytes) -> Bool { MethodNames.isUsual(text) }

/// Whether a word could be a method: letters and marks that may stand in one.
private func isToken(_ text: Bytes) -> Bool {
  (1...24).contains(text.count) && text[0] | 0x20 &- 0x61 < 26
    && text.allSatisfy { byte in
      byte | 0x20 &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
