internal import Files
internal import JSON

/// Words by which a log's message tells that it is about a request and its response.
enum ExchangeWords {
  /// Members that hold what a logger was told to say.
  private static let names = ["message", "msg", "error", "event", "title"].map { Array($0.utf8) }
  private static let words: [StaticString] = ["http", "request", "response", "upstream"]
  /// What HTTP calls its errors: <https://www.rfc-editor.org/rfc/rfc9110#name-status-codes>.
  private static let reasons: [StaticString] = [
    "Unauthorized", "Payment Required", "Forbidden", "Not Found", "Method Not Allowed",
    "Not Acceptable", "Conflict", "Gone", "Unprocessable Entity", "Unprocessable Content",
    "Internal Server Error", "Not Implemented", "Bad Gateway", "Service Unavailable",
    "Gateway Timeout",
  ]
  /// Longer messages are looked at so far.
  private static let longest = 256

  static func stand(in record: JSONValue) -> Bool {
    names.contains { name in
      guard let text = record[name]?.string?.part(0..<longest) else { return false }
      return reasons.contains { text.isEqual(ignoringCase: $0) }
        || words.contains { text.contains(ignoringCase: $0) }
    }
  }
}

extension Bytes {
  /// Whether a word stands anywhere in it.
  func contains(ignoringCase word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    return (0...count - length).contains { part($0..<$0 + length).isEqual(ignoringCase: word) }
  }
}
