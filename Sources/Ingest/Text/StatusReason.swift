internal import Files

/// The reason that belongs to a status: `503 Service Unavailable`, `not found (404)`.
///
/// <https://www.iana.org/assignments/http-status-codes>
enum StatusReason {
  /// Whether the status at a place has its own reason behind it.
  static func stands(behind place: Int, in text: Bytes) -> Bool {
    let end = place + 3
    guard end + 1 < text.count, text[end] == 0x20 || text[end] == UInt8(ascii: ":") else {
      return false
    }
    // `503: Service Unavailable`, as wget writes it.
    let rest = text.part(end + 1..<text.count).trimmed
    return reasons(of: text.part(place..<end)).contains { reason in
      guard rest.part(0..<reason.utf8CodeUnitCount).isEqual(ignoringCase: reason) else {
        return false
      }
      let end = reason.utf8CodeUnitCount
      // A sentence ends with its stop.
      return end == rest.count || !rest[end].isNameByte
        || rest[end] == UInt8(ascii: ".") && end + 1 == rest.count
    }
  }

  /// Where the reason of a status in brackets begins, which stands before it: `not found (404)`.
  static func start(before place: Int, in text: Bytes) -> Int? {
    guard place > 4, text[place - 1] == UInt8(ascii: "(") else { return nil }
    var end = place - 1
    while end > 0, text[end - 1].isBlank { end -= 1 }
    return reasons(of: text.part(place..<place + 3)).lazy.compactMap { reason -> Int? in
      let start = end - reason.utf8CodeUnitCount
      let isReason =
        start >= 0 && text.part(start..<end).isEqual(ignoringCase: reason)
        && (start == 0 || !text[start - 1].isNameByte)
      return isReason ? start : nil
    }.first
  }

  /// Whether a text is the reason of a status.
  static func isOne(_ text: Bytes, of status: Bytes) -> Bool {
    reasons(of: status).contains { text.isEqual(ignoringCase: $0) }
  }

  private static func reasons(of status: Bytes) -> [StaticString] {
    guard LooseLine.isStatus(status), let number = status.integer else { return [] }
    return all[number] ?? []
  }

  private static let all: [Int64: [StaticString]] = [
    200: ["OK"], 201: ["Created"], 202: ["Accepted"], 204: ["No Content"],
    206: ["Partial Content"], 301: ["Moved Permanently"], 302: ["Found"], 303: ["See Other"],
    304: ["Not Modified"], 307: ["Temporary Redirect"], 308: ["Permanent Redirect"],
    400: ["Bad Request"], 401: ["Unauthorized"], 402: ["Payment Required"], 403: ["Forbidden"],
    404: ["Not Found"], 405: ["Method Not Allowed"], 406: ["Not Acceptable"],
    408: ["Request Timeout"], 409: ["Conflict"], 410: ["Gone"], 411: ["Length Required"],
    412: ["Precondition Failed"],
    413: ["Payload Too Large", "Content Too Large", "Request Entity Too Large"],
    414: ["URI Too Long"], 415: ["Unsupported Media Type"],
    422: ["Unprocessable Entity", "Unprocessable Content"], 423: ["Locked"],
    429: ["Too Many Requests"], 431: ["Request Header Fields Too Large"],
    451: ["Unavailable For Legal Reasons"], 499: ["Client Closed Request"],
    500: ["Internal Server Error"], 501: ["Not Implemented"], 502: ["Bad Gateway"],
    503: ["Service Unavailable", "Service Temporarily Unavailable"],
    504: ["Gateway Timeout", "Gateway Time-out"],
  ]
}
