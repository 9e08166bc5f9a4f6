internal import Files

/// Splits what a line calls its path into path and host.
struct RequestTarget {
  /// Without query and fragment.
  var path: Bytes
  /// Of a full URL: without scheme, user, port.
  var host: Bytes?

  init?(_ text: Bytes) {
    if text.first == UInt8(ascii: "/") {
      path = RequestTarget.withoutQuery(text)
      return
    }
    if let start = RequestTarget.pathStart(in: text) {
      host = hostName(ofURL: text)
      path = RequestTarget.withoutQuery(text.part(start..<text.count))
      // `http://example.com`: the path of nothing is the root.
      if path.isEmpty { path = bytes(of: "/") }
      return
    }
    // Asked of the server as a whole: <https://www.rfc-editor.org/rfc/rfc9112#section-3.2.4>.
    if text.count == 1, text[0] == UInt8(ascii: "*") {
      path = text
      return
    }
    guard let slash = RequestTarget.firstSlash(in: text) else { return nil }
    let first = text.part(0..<slash)
    if isHostName(first) {
      host = hostName(ofAddress: first)
      path = RequestTarget.withoutQuery(text.part(slash..<text.count))
    } else {
      path = RequestTarget.withoutQuery(text)
    }
  }

  /// Where the first slash stands in `api.example.com/v1/a` and `v1/a`; nil for what is no address of
  /// either sort.
  private static func firstSlash(in text: Bytes) -> Int? {
    guard let slash = text.place(of: UInt8(ascii: "/")), slash > 0 else { return nil }
    for byte in text where byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") {
      return nil
    }
    let first = text.part(0..<slash)
    // A type of media, a scheme, a name of something else.
    if first.contains(where: { !isHostByte($0) && $0 != UInt8(ascii: "%") && $0 != 0x7E }) {
      return nil
    }
    return slash
  }

  private static func withoutQuery(_ text: Bytes) -> Bytes {
    var end = 0
    while end < text.count, text[end] != UInt8(ascii: "?"), text[end] != UInt8(ascii: "#") {
      end += 1
    }
    return text.part(0..<end)
  }

  private static func pathStart(in url: Bytes) -> Int? {
    guard var place = afterScheme(url) else { return nil }
    while place < url.count, url[place] != UInt8(ascii: "/"), url[place] != UInt8(ascii: "?") {
      place += 1
    }
    return place
  }
}

/// A byte of a host and its port, or of a path's first part.
private func isHostByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
    UInt8(ascii: "."), UInt8(ascii: ":"):
    true
  default: false
  }
}

/// Whether text is a host by its last name: letters behind a dot, perhaps with a port.
private func isHostName(_ text: Bytes) -> Bool {
  let host = text.part(0..<(text.place(of: UInt8(ascii: ":")) ?? text.count))
  if host.isEqual(ignoringCase: "localhost") { return true }
  guard let dot = host.lastIndex(of: UInt8(ascii: ".")), dot > 0, host.count - dot > 2 else {
    return false
  }
  return host[(dot + 1)...].allSatisfy { $0 | 0x20 &- 0x61 < 26 }
}

/// Where the authority of `scheme://authority/path` starts.
private func afterScheme(_ url: Bytes) -> Int? {
  guard url.count > 4 else { return nil }
  for place in 1..<min(12, url.count - 2)
  where url[place] == UInt8(ascii: ":") && url[place + 1] == UInt8(ascii: "/")
    && url[place + 2] == UInt8(ascii: "/")
  {
    return place + 3
  }
  return nil
}

/// Whether a text is a URL by the look of it.
func isURL(_ text: Bytes) -> Bool { afterScheme(text) != nil }

/// The host of a URL, or nil for text that is none.
func hostName(ofURL url: Bytes) -> Bytes? {
  guard let start = afterScheme(url) else { return nil }
  var end = start
  while end < url.count, url[end] != UInt8(ascii: "/"), url[end] != UInt8(ascii: "?") { end += 1 }
  return hostName(ofAddress: url.part(start..<end))
}

/// The host of `user@host:port`, of an Envoy cluster `outbound|443||host`, or of a list of those.
func hostName(ofAddress text: Bytes) -> Bytes? {
  var start = 0
  var end = text.count
  for (place, byte) in text.enumerated() {
    switch byte {
    case UInt8(ascii: "@"), UInt8(ascii: "|"): start = place + 1
    case UInt8(ascii: ","):
      end = place
      return hostName(ofAddress: text.part(start..<end))
    case UInt8(ascii: " "), UInt8(ascii: "/"): return nil
    default: break
    }
  }
  if start < end, text[start] == UInt8(ascii: "[") {
    return text[start..<end].firstIndex(of: UInt8(ascii: "]")).flatMap {
      host(text.part(start + 1..<$0))
    }
  }
  let colon = text[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
  if text[colon..<end].dropFirst().contains(UInt8(ascii: ":")) {
    return host(text.part(start..<end))
  }
  return host(text.part(start..<colon))
}

/// A text that can be a host's name or address. What a server calls itself where no name was meant, such as
/// NGINX's `_`, patterns of names and what was left unfilled in a template are none.
private func host(_ text: Bytes) -> Bytes? {
  var hasName = false
  for byte in text {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: hasName = true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
      UInt8(ascii: "%"):
      break
    default: return nil
    }
  }
  return hasName ? text : nil
}
