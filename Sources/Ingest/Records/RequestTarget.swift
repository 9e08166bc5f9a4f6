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
    guard let host = hostName(ofURL: text), let start = RequestTarget.pathStart(in: text) else {
      return nil
    }
    self.host = host
    path = RequestTarget.withoutQuery(text.part(start..<text.count))
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
    return text[start..<end].firstIndex(of: UInt8(ascii: "]")).map { text.part(start + 1..<$0) }
  }
  let colon = text[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
  if text[colon..<end].dropFirst().contains(UInt8(ascii: ":")) { return text.part(start..<end) }
  let host = text.part(start..<colon)
  return host.isEmpty ? nil : host
}
