internal import Files
internal import JSON
internal import Profiles

/// What was asked for, as far as the line says.
struct Request {
  var method: Bytes?
  /// Without its query.
  var path: Bytes?
  /// Of a full URL.
  var host: Bytes?
}

extension Request {
  private static let messages = ["message", "msg", "event"].map { Array($0.utf8) }
  /// What may stand before the method.
  private static let openings: [StaticString] = ["HTTP: ", "HTTP ", "Request: ", "HTTP Request: "]

  /// The request with which a record's message begins: `HTTP: POST https://a.example/b`.
  init?(toldBy record: JSONValue) {
    for name in Request.messages {
      guard var text = record[name]?.string?.trimmed else { continue }
      for opening in Request.openings
      where text.part(0..<opening.utf8CodeUnitCount).isEqual(to: opening) {
        text = text.part(opening.utf8CodeUnitCount..<text.count)
        break
      }
      guard let blank = text.place(of: 0x20),
        let method = MethodNames.name(of: text.part(0..<blank))
      else { continue }
      let rest = text.part(blank + 1..<text.count)
      let word = rest.part(0..<(rest.place(of: 0x20) ?? rest.count))
      guard word.first == UInt8(ascii: "/") || word.starts(with: "http".utf8),
        let target = RequestTarget(word)
      else { continue }
      self.init(method: method, path: target.path, host: target.host)
      return
    }
    return nil
  }
}

extension FieldReader {
  /// The request of the record read last: by its fields, else by the start of an HTTP message.
  func request() -> Request {
    let method = first(.method) { candidate in
      (word(.method, candidate.value) ?? candidate.value.string).flatMap {
        parseMethod($0) ?? oddMethod($0)
      }
    }
    let target = first(.path) { candidate in
      scalar(candidate.value).string.flatMap { isNullMarker($0) ? nil : RequestTarget($0) }
    }
    var request = Request(method: method, path: target.map(path), host: target?.host)
    if method == nil || target == nil,
      let line = first(.requestLine, requestLine) ?? first(.path, requestLine)
        ?? first(.method, wholeLine)
    {
      request.method = method ?? line.method
      if target == nil, let target = RequestTarget(line.path) {
        request.path = path(of: target)
        request.host = target.host
      }
    }
    return request
  }

  /// Also some that a log calls a URI are whole: `PUT /a HTTP/1.1`.
  private func requestLine(_ candidate: Candidate) -> (method: Bytes?, path: Bytes)? {
    candidate.value.string.flatMap(parseRequestLine)
  }

  /// Some call all of it a method: `"method":"GET /a HTTP/1.1"`.
  private func wholeLine(_ candidate: Candidate) -> (method: Bytes?, path: Bytes)? {
    guard let text = candidate.value.string, text.place(of: 0x20) != nil, text.holds("HTTP/") else {
      return nil
    }
    return parseRequestLine(text)
  }

  /// A path with the slash it begins with, unless it is the asterisk that stands for the server.
  private func path(of target: RequestTarget) -> Bytes {
    let path = target.path
    guard let first = path.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "*"),
      path.count < slashed.count
    else { return path }
    slashed[0] = UInt8(ascii: "/")
    _ = slashed[1...].update(fromContentsOf: path)
    return Bytes(slashed).part(0..<path.count + 1)
  }

  /// A word that begins as a method does, as `PATCHp`: servers log what they refuse.
  private func oddMethod(_ text: Bytes) -> Bytes? {
    guard (4...16).contains(text.count), text.allSatisfy({ $0 | 0x20 &- 0x61 < 26 }),
      text.prefix(3).allSatisfy({ $0 < 0x60 })
    else { return nil }
    return text
  }
}
