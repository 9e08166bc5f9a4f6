internal import Files

// E-mail addresses, and what stands before the host of a URL.
extension SecretFinder {
  /// `name@host.tld`, seen from its `@`.
  func afterEmail(at place: Int) -> Int {
    if let next = afterDataSource(at: place) { return next }
    var start = place
    let first = max(settled, place - 64)
    while start > first, text[start - 1].isOne(of: [.nonHex, .hexLetter, .digit, .dash, .local]) {
      start -= 1
    }
    if start == place, let open = openingQuote(before: place) { start = open }
    // Punctuation before it is none of it.
    while start < place, !text[start].isLetterOrDigit, text[start] < 0x80, text[start] != 0x22 {
      start += 1
    }
    guard start < place, !text.part(start..<place).isEqual(to: "git") else { return place + 1 }
    var end = place + 1
    let last = min(text.count, place + 256)
    while end < last,
      text[end].isOne(of: .word) || text[end] == UInt8(ascii: ".") || text[end] >= 0x80
    {
      end += 1
    }
    while end > place + 1, !text[end - 1].isLetterOrDigit, text[end - 1] < 0x80 { end -= 1 }
    if end == place + 1, let close = addressEnd(from: end) { return add(start, close, "email") }
    return isMailDomain(text.part(place + 1..<end)) ? add(start, end, "email") : place + 1
  }

  /// `user:password@tcp(host:3306)/db`, as Go names a database.
  private func afterDataSource(at place: Int) -> Int? {
    guard
      text.part(place + 1..<place + 5).isEqual(to: "tcp(")
        || text.part(place + 1..<place + 6).isEqual(to: "unix(")
    else { return nil }
    var start = place
    while start > max(settled, place - 128), (0x21...0x7E).contains(text[start - 1]),
      !text[start - 1].isQuote, text[start - 1] != UInt8(ascii: "=")
    {
      start -= 1
    }
    return text.part(start..<place).contains(UInt8(ascii: ":")) ? add(start, place, "url") : nil
  }

  /// Where the quoted name of an address opens: `"jane roe"@example.org`.
  private func openingQuote(before place: Int) -> Int? {
    guard peek(place - 1) == 0x22 else { return nil }
    let first = max(settled, place - 66)
    var open = place - 2
    while open >= first, text[open] >= 0x20 {
      if text[open] == 0x22 { return open < place - 2 ? open : nil }
      open -= 1
    }
    return nil
  }

  /// `[192.0.2.1]`, in the place of a host.
  private func addressEnd(from start: Int) -> Int? {
    guard peek(start) == UInt8(ascii: "[") else { return nil }
    var end = start + 1
    while let byte = peek(end), end < start + 48,
      byte.hexValue != nil || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    {
      end += 1
    }
    return end > start + 3 && peek(end) == UInt8(ascii: "]") ? end + 1 : nil
  }

  private func isMailDomain(_ domain: Bytes) -> Bool {
    guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > 0,
      domain[0] != UInt8(ascii: "."),
      domain[0] != UInt8(ascii: "-")
    else { return false }
    let top = domain.part(dot + 1..<domain.count)
    guard top.count >= 2, top.allSatisfy({ $0.isLetter || $0 >= 0x80 || $0 == UInt8(ascii: "-") })
    else { return top.count > 4 && top.starts(with: "xn--".utf8) }
    // `icon@2x.png`, `package@1.0.0.tgz`.
    return !SecretFinder.fileEndings.contains { top.isEqual(ignoringCase: $0) }
  }

  private static let fileEndings: [StaticString] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "tgz", "gz", "zip", "html",
    "json", "xml", "whl", "jar", "mjs", "tar", "log", "txt", "yaml", "yml", "avif",
  ]

  /// `user:password@` or `key@` after `scheme://`.
  func afterUserinfo(from start: Int) -> Int {
    var end = start
    var at: Int?
    var colon: Int?
    let last = min(text.count, start + 512)
    scan: while end < last {
      switch text[end] {
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0x22, UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "\\"), 0...0x20:
        break scan
      case UInt8(ascii: "@"): at = end
      case UInt8(ascii: ":"): if colon == nil { colon = end }
      default: break
      }
      end += 1
    }
    guard let at, at > start else { return start }
    if let colon, colon < at {
      let password = text.part(colon + 1..<at)
      return password.isEmpty || isPlaceholder(password) || tagEnd(at: start) == at
        ? at : add(start, at, "url")
    }
    let user = text.part(start..<at)
    return user.count >= 16 && isOpaque(user, least: 16) ? add(start, at, "url") : start
  }
}
