internal import Files
internal import Times

/// What the head of an answer says that matters here.
struct AnswerHead: Equatable {
  /// Of HTTP; 0 before it is known.
  private(set) var status = 0
  /// ClickHouse's code of an error; nil where all went well.
  private(set) var exception: Int?
  /// What servers read for it, where they tell.
  private(set) var rowsRead: Int64?
  private(set) var bytesRead: Int64?
  /// Milliseconds.
  private(set) var retryAfter: Int64?
  /// Whether it says where the answer ends: an answer that ends with the connection may have been cut.
  private(set) var tellsEnd = false
  /// Whether it has been seen to its own end.
  private(set) var isWhole = false

  /// Whether what follows are a server's words, and not what it was asked for.
  var isRefusal: Bool { status >= 400 || exception != nil }

  /// - Parameter now: milliseconds since the epoch.
  mutating func add(line: UnsafeBufferPointer<UInt8>, now: Int64) {
    let text = String(decoding: line, as: UTF8.self)
    // What a server says first may only be that it listens.
    if text.hasPrefix("HTTP/") {
      self = AnswerHead()
      let words = text.split(separator: " ", maxSplits: 2)
      status = words.count > 1 ? Int(words[1].prefix { $0.isNumber }) ?? 0 : 0
    }
    guard let colon = text.firstIndex(of: ":") else {
      isWhole = isWhole || line.allSatisfy { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
      return
    }
    let value = text[text.index(after: colon)...].drop { $0 == " " }.prefix { !$0.isNewline }
    switch text[..<colon].lowercased() {
    case "x-clickhouse-exception-code": exception = Int(value)
    case "content-length", "transfer-encoding": tellsEnd = true
    case "x-clickhouse-summary":
      rowsRead = AnswerHead.number("read_rows", in: value)
      bytesRead = AnswerHead.number("read_bytes", in: value)
    case "retry-after": retryAfter = AnswerHead.delay(String(value), now: now)
    default: break
    }
  }

  /// A number of `{"read_rows":"1024","read_bytes":"8192"}`.
  private static func number(_ name: String, in summary: Substring) -> Int64? {
    for pair in summary.split(whereSeparator: { "{},".contains($0) }) {
      let parts = pair.split(separator: ":")
      if parts.count == 2, parts[0].filter({ $0 != "\"" }) == name {
        return Int64(parts[1].filter { $0.isNumber })
      }
    }
    return nil
  }

  /// Seconds, or a moment: <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>. A day at most.
  private static func delay(_ text: String, now: Int64) -> Int64? {
    if let seconds = Int64(text) {
      return min(max(seconds, 0), Milliseconds.day / 1000) * 1000
    }
    let moment = text.withBytes { parseTime($0, zone: .utc) }
    return moment.map { min(max($0 - now, 0), Milliseconds.day) }
  }
}
