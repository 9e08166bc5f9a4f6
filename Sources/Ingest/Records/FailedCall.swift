internal import Files
internal import JSON

/// The request that a client's message names beside why it failed: `Get "https://a.example/b": dial
/// tcp: …` of Go, `HTTPSConnectionPool(host='a.example', port=443): … url: /b` of urllib3.
struct FailedCall {
  var method: Bytes?
  var path: Bytes?
  var host: Bytes?

  private static let members = [
    "error", "err", "message", "msg", "exception", "exc_info", "detail", "reason", "cause",
    "context",
  ].map { Array($0.utf8) }
  /// Further into a message no request is looked for.
  private static let longest = 2048

  /// Nil where no message of the record names one.
  init?(in record: JSONValue) {
    guard let found = FailedCall.find(in: record, depth: 0) else { return nil }
    self = found
  }

  /// The URL that a member is called, beside the code of a failure: `galleyUrl`, `webhook_url`.
  init?(namedIn record: JSONValue) {
    let isFailure = record.members.contains { name, value in
      FailedCall.codes.contains { name.isEqual(ignoringCase: $0) }
        && value.string.flatMap(NetworkFailure.kind(ofCode:)) != nil
    }
    guard isFailure else { return nil }
    for (name, value) in record.members {
      guard
        FailedCall.endings.contains(where: {
          name.suffix($0.utf8CodeUnitCount).count == $0.utf8CodeUnitCount
            && name.part(name.count - $0.utf8CodeUnitCount..<name.count).isEqual(ignoringCase: $0)
        }),
        let target = value.string.flatMap({ RequestTarget($0) }), target.host != nil
      else { continue }
      // Of a server alone no path is told.
      path = target.path.count > 1 ? target.path : nil
      host = target.host
      return
    }
    return nil
  }

  private static let codes: [StaticString] = [
    "code", "errno", "errcode", "error_code", "errorcode",
  ]
  private static let endings: [StaticString] = ["url", "uri", "endpoint", "baseurl"]

  private static func find(in record: JSONValue, depth: Int) -> FailedCall? {
    for name in members {
      guard let value = record[name] else { continue }
      if let text = value.string, let found = FailedCall(text) { return found }
      if value.isObject, depth < 3, let found = find(in: value, depth: depth + 1) { return found }
    }
    return nil
  }

  init?(_ message: Bytes) {
    // What failed stands at the end of a trace.
    let text = message.part(max(0, message.count - FailedCall.longest)..<message.count)
    // A client that will try again says so first.
    if text.part(0..<min(8, text.count)).isEqual(ignoringCase: "retrying") { return nil }
    if text.contains(ignoringCase: "ConnectionPool(host='") {
      guard let host = FailedCall.part(of: text, after: "host='", until: "'") else { return nil }
      self.host = host
      path =
        FailedCall.part(of: text, after: "with url: ", until: " ").flatMap {
          RequestTarget($0)?.path
        }
      return
    }
    if let host = FailedCall.part(of: text, after: "Cannot connect to host ", until: " ") {
      self.host = hostName(ofAddress: host)
      return
    }
    if takeRequestBehindProxy(text) { return }
    guard let start = FailedCall.start(ofURLIn: text) else { return nil }
    var end = start
    while end < text.count, !FailedCall.endsURL(text[end]) { end += 1 }
    while end > start, ".,:;)".utf8.contains(text[end - 1]) { end -= 1 }
    guard let target = RequestTarget(text.part(start..<end)), target.host != nil else { return nil }
    path = target.path
    host = target.host
    // NGINX says what was asked of it before where it asked.
    method =
      FailedCall.method(before: start, in: text)
      ?? FailedCall.part(of: text, after: "request: \"", until: " ").flatMap {
        MethodNames.isUsual($0) ? MethodNames.name(of: $0) : nil
      }
  }

  /// Takes what NGINX says was asked of it, where it asked a program by another protocol than the web's:
  /// `request: "GET /a HTTP/1.1", upstream: "fastcgi://127.0.0.1:9000"`. What a program only says of itself is no
  /// failure of its answer.
  private mutating func takeRequestBehindProxy(_ text: Bytes) -> Bool {
    guard let upstream = FailedCall.part(of: text, after: "upstream: \"", until: "\""),
      let scheme = upstream.place(of: UInt8(ascii: ":")), !upstream.starts(with: "http".utf8),
      let request = FailedCall.part(of: text, after: "request: \"", until: "\""),
      !text.contains(ignoringCase: " sent in stderr")
    else { return false }
    var words = LineWords(request)
    guard let method = words.next(), MethodNames.isUsual(method), let asked = words.next(),
      let target = RequestTarget(asked)
    else { return false }
    self.method = MethodNames.name(of: method)
    path = target.path
    var address = upstream.part(scheme + 1..<upstream.count)
    while address.first == UInt8(ascii: "/") { address = address.part(1..<address.count) }
    address = address.part(0..<(address.place(of: UInt8(ascii: "/")) ?? address.count))
    // A socket of the machine itself is no host.
    if !address.starts(with: "unix".utf8) { host = hostName(ofAddress: address) }
    return true
  }

  /// The last URL of the web; curl's names its manual first.
  private static func start(ofURLIn text: Bytes) -> Int? {
    var found: Int?
    var place = 0
    while place + 8 < text.count, let next = text.part(place..<text.count).place(of: 0x68) {
      place += next
      let rest = text.part(place..<text.count)
      if rest.starts(with: "https://".utf8) || rest.starts(with: "http://".utf8) {
        found = found == nil || isCurls(text, found ?? 0) ? place : found
      }
      place += 1
    }
    return found.flatMap { isCurls(text, $0) ? nil : $0 }
  }

  private static func isCurls(_ text: Bytes, _ place: Int) -> Bool {
    text.part(place..<min(place + 24, text.count)).contains(ignoringCase: "curl.")
  }

  private static func endsURL(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<")
  }

  /// `Get "https://…`, `POST request for "https://…`, `executing GET https://…`
  private static func method(before url: Int, in text: Bytes) -> Bytes? {
    let before = text.part(max(0, url - 24)..<url)
    for word in before.split(whereSeparator: { $0 | 0x20 &- 0x61 >= 26 }).reversed() {
      let word = Bytes(rebasing: word)
      if MethodNames.isUsual(word) { return MethodNames.name(of: word) }
    }
    return nil
  }

  private static func part(
    of text: Bytes, after start: StaticString, until end: StaticString
  ) -> Bytes? {
    let start = Bytes(start: start.utf8Start, count: start.utf8CodeUnitCount)
    guard let place = text.place(of: start, from: 0) else { return nil }
    let rest = text.part(place + start.count..<text.count)
    let part = rest.part(0..<(rest.place(of: end.utf8Start[0]) ?? rest.count))
    return part.isEmpty ? nil : part
  }
}
