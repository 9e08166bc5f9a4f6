internal import Events
internal import Files
internal import JSON

/// Why no response came, in the words of clients and their systems.
///
/// Names of errors are those of errno(3), of Node and undici, of axios, of curl; phrases those of Go,
/// Java, Python, Ruby, .NET and curl.
struct NetworkFailure {
  var kind: Kind
  /// What the client says of it.
  var message: Bytes?

  /// Longer messages are looked at so far.
  private static let longest = 1024

  /// The kind that the name of an error alone tells; nil for a name of something else.
  static func kind(ofCode code: Bytes) -> Kind? {
    guard (4...40).contains(code.count) else { return nil }
    return codes.first { code.isEqual(ignoringCase: $0.name) }?.kind
  }

  /// The kind that a message tells; nil where it tells none. `isSure`: by what is said of nothing but
  /// a failure, and not by words that a setting may have as well.
  static func kind(ofMessage message: Bytes, isSure: Bool = false) -> Kind? {
    if message.count > longest {
      // What failed stands at the end of a trace.
      return kind(ofMessage: message.part(0..<longest), isSure: isSure)
        ?? kind(ofMessage: message.part(message.count - longest..<message.count), isSure: isSure)
    }
    return
      (phrases.first { message.contains(ignoringCase: $0.text) }
      ?? (isSure ? nil : vague.first { message.contains(ignoringCase: $0.text) }))?.kind
  }

  private static let codes: [(name: StaticString, kind: Kind)] = [
    ("ECONNABORTED", .timeout), ("ETIMEDOUT", .timeout), ("ESOCKETTIMEDOUT", .timeout),
    ("ETIME", .timeout), ("UND_ERR_CONNECT_TIMEOUT", .timeout),
    ("UND_ERR_HEADERS_TIMEOUT", .timeout), ("UND_ERR_BODY_TIMEOUT", .timeout),
    ("ERR_HTTP_REQUEST_TIMEOUT", .timeout), ("TimeoutError", .timeout),
    ("ECONNREFUSED", .unavailable), ("ECONNRESET", .unavailable), ("ENOTFOUND", .unavailable),
    ("EAI_AGAIN", .unavailable), ("EAI_NODATA", .unavailable), ("EAI_NONAME", .unavailable),
    ("EPIPE", .unavailable), ("EHOSTUNREACH", .unavailable), ("EHOSTDOWN", .unavailable),
    ("ENETUNREACH", .unavailable), ("ENETDOWN", .unavailable), ("EADDRNOTAVAIL", .unavailable),
    ("UND_ERR_SOCKET", .unavailable), ("ERR_NETWORK", .unavailable),
    ("ERR_SOCKET_CLOSED", .unavailable), ("ERR_CONNECTION_REFUSED", .unavailable),
    ("ERR_CONNECTION_RESET", .unavailable), ("ERR_NAME_NOT_RESOLVED", .unavailable),
    ("ERR_CONNECTION_TIMED_OUT", .timeout), ("ERR_INTERNET_DISCONNECTED", .unavailable),
    ("ERR_CANCELED", .cancelled), ("ECANCELED", .cancelled), ("UND_ERR_ABORTED", .cancelled),
    ("AbortError", .cancelled), ("UND_ERR_CLOSED", .unavailable),
  ]

  /// Those that tell most come first: a connection may be refused, or time out.
  private static let phrases: [(text: StaticString, kind: Kind)] = [
    ("ECONNREFUSED", .unavailable), ("connection refused", .unavailable),
    ("actively refused", .unavailable), ("ECONNRESET", .unavailable),
    ("connection reset", .unavailable), ("forcibly closed", .unavailable),
    ("ETIMEDOUT", .timeout), ("ESOCKETTIMEDOUT", .timeout), ("ECONNABORTED", .timeout),
    ("timed out", .timeout), ("i/o timeout", .timeout), ("deadline exceeded", .timeout),
    ("timeout exceeded", .timeout), ("timeoutexception", .timeout), ("timeouterror", .timeout),
    ("connecttimeout", .timeout), ("readtimeout", .timeout), ("timeout awaiting", .timeout),
    ("ENOTFOUND", .unavailable), ("EAI_AGAIN", .unavailable),
    ("no such host", .unavailable), ("could not resolve", .unavailable),
    ("couldn't resolve", .unavailable), ("name or service not known", .unavailable),
    ("name resolution", .unavailable), ("nodename nor servname", .unavailable),
    ("unknownhostexception", .unavailable), ("getaddrinfo", .unavailable),
    ("EHOSTUNREACH", .unavailable), ("ENETUNREACH", .unavailable),
    ("no route to host", .unavailable), ("network is unreachable", .unavailable),
    ("host is unreachable", .unavailable), ("broken pipe", .unavailable), ("EPIPE", .unavailable),
    ("socket hang up", .unavailable), ("server disconnected", .unavailable),
    ("remote end closed", .unavailable), ("connection aborted", .unavailable),
    ("unexpected end of stream", .unavailable), ("failed to verify certificate", .unavailable),
    ("failed to connect", .unavailable),
    ("cannot connect to host", .unavailable), ("connection error", .unavailable),
    ("network error", .unavailable), (": EOF", .unavailable), ("x509:", .unavailable),
    ("tls handshake", .unavailable), ("ssl handshake", .unavailable),
    ("context canceled", .cancelled), ("operation was aborted", .cancelled),
    ("request aborted", .cancelled),
    ("requested address", .unavailable), ("request canceled", .cancelled),
    ("dial tcp", .unavailable),
    ("net::ERR_", .unavailable), ("prematurely closed", .unavailable),
    // Those of NGINX, Caddy and Apache about what is behind them.
    ("no live upstreams", .unavailable), ("no upstreams available", .unavailable),
    ("failed to make connection", .unavailable), ("error reading status line", .unavailable),
  ]
  private static let vague: [(text: StaticString, kind: Kind)] = [
    ("timeout", .timeout), ("premature", .unavailable), ("certificate", .unavailable),
    ("connection closed", .unavailable), ("fetch failed", .unavailable),
  ]

  // MARK: In a record

  /// Members that have the name of what failed, in an error or at the top.
  private static let names = ["code", "errno", "name", "type", "error_code", "errorCode", "kind"]
    .map { Array($0.utf8) }
  private static let messages = [
    "message", "msg", "error", "err", "exception", "exception_message", "reason", "detail", "cause",
    "error_message", "errorMessage", "exc_info", "stack", "stack_trace",
  ].map { Array($0.utf8) }
  private static let errors = [
    "error", "err", "exception", "cause", "failure", "reason", "context",
  ].map { Array($0.utf8) }

  /// What a record says of why no response came; nil where it says nothing of it.
  init?(in record: JSONValue, isSure: Bool) {
    guard let found = NetworkFailure.find(in: record, isSure: isSure, depth: 0) else { return nil }
    self = found
  }

  /// What a text says of it, where it does.
  init?(saying text: Bytes) {
    guard let kind = NetworkFailure.kind(ofMessage: text) else { return nil }
    self.init(kind: kind, message: text)
  }

  private init(kind: Kind, message: Bytes?) {
    self.kind = kind
    self.message = message
  }

  private static func find(in record: JSONValue, isSure: Bool, depth: Int) -> NetworkFailure? {
    for name in names {
      if let code = record[name]?.string, let kind = kind(ofCode: code) {
        return NetworkFailure(kind: kind, message: message(in: record))
      }
    }
    if depth < 3 {
      for name in errors {
        guard let error = record[name], error.isObject else { continue }
        if var found = find(in: error, isSure: isSure, depth: depth + 1) {
          found.message = found.message ?? message(in: record)
          return found
        }
      }
    }
    for name in messages {
      if let text = record[name]?.string, let kind = kind(ofMessage: text, isSure: isSure) {
        return NetworkFailure(kind: kind, message: firstLine(of: text))
      }
    }
    return nil
  }

  private static func message(in record: JSONValue) -> Bytes? {
    for name in messages {
      if let text = record[name]?.string, !isNullMarker(text) { return firstLine(of: text) }
    }
    return nil
  }

  /// The first line; of a trace of Python's the last, where it says what failed.
  private static func firstLine(of text: Bytes) -> Bytes {
    let text = text.trimmed
    if text.starts(with: "Traceback".utf8), let end = text.lastIndex(of: 0x0A) {
      return text.part(end + 1..<text.count)
    }
    return text.part(0..<(text.place(of: 0x0A) ?? text.count)).trimmed
  }

  // MARK: Of a gateway

  private static let words: [StaticString] = ["message", "msg", "error", "err", "reason", "detail"]

  /// Whether a gateway says in its record that it could not reach the server behind it.
  static func isTold(by record: JSONValue) -> Bool {
    for (key, value) in record.members {
      guard (3...7).contains(key.count), let text = value.string, text.count > 6,
        words.contains(where: { key.isEqual(to: $0) })
      else { continue }
      if kind(ofMessage: text, isSure: true) == .unavailable { return true }
    }
    return false
  }
}
