internal import Files

/// The methods of HTTP, as it writes them: in capitals, whatever a log makes of them.
enum MethodNames {
  private static let known: [StaticString] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY",
    "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT", "PURGE",
  ]
  private static let usual = 9

  /// A known method in capitals; nil for any other word.
  static func name(of text: Bytes) -> Bytes? {
    guard (3...9).contains(text.count) else { return nil }
    for name in known where text.isEqual(ignoringCase: name) {
      return Bytes(start: name.utf8Start, count: name.utf8CodeUnitCount)
    }
    return nil
  }

  /// Whether a word is a method that nearly all requests have, in either case.
  static func isUsual(_ text: Bytes) -> Bool {
    known.prefix(usual).contains { text.isEqual(ignoringCase: $0) }
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

/// Method and path of `GET /path HTTP/1.1`; `GET` alone has no path, `/path` alone no method. Any word
/// is a method where HTTP's version ends the line, as servers log what they refuse.
func parseRequestLine(_ text: Bytes) -> (method: Bytes?, path: Bytes)? {
  guard let first = text.place(of: 0x20) else {
    if text.first == UInt8(ascii: "/") { return (nil, text) }
    return MethodNames.isUsual(text) ? (parseMethod(text), text.part(0..<0)) : nil
  }
  let word = text.part(0..<first)
  let rest = text.part(first + 1..<text.count)
  let path = rest.part(0..<(rest.place(of: 0x20) ?? rest.count))
  if let method = parseMethod(word) { return (method, path) }
  guard isToken(word), let end = rest.lastIndex(of: 0x20),
    rest.part(end + 1..<rest.count).starts(with: "HTTP/".utf8)
  else { return nil }
  return (word, path)
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
