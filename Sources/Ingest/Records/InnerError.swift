internal import Files
internal import JSON
internal import Profiles

/// What a message hands on of another server's answer: JSON, or what Python prints of an object.
struct InnerError {
  /// Valid until the parser that was given is used again.
  let body: JSONValue
  /// The status that is named before it; 0 where none is.
  let status: Int
  /// Whether the message has nothing to say beside it.
  let isAll: Bool

  /// Longer messages hand nothing on.
  private static let longest = 1 << 16

  init?(in message: Bytes, _ parser: JSONParser) {
    let message = message.trimmed
    guard message.count <= InnerError.longest, let last = message.last,
      let start = InnerError.start(in: message)
    else { return nil }
    let json = message.part(start..<message.count)
    // What stands behind it ends the sentence, or says less than it.
    let closer = json[0] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    guard let end = json.lastIndex(of: closer), start > 0 || last == closer,
      let value = InnerError.value(of: json.part(0..<end + 1), parser)
    else { return nil }
    let prefix = message.part(0..<start).trimmed
    status = InnerError.status(in: prefix)
    isAll = InnerError.isStock(prefix)
    let object = firstError(of: value)
    guard object.isObject, start == 0 || InnerError.isError(object) else { return nil }
    body = object
  }

  /// Where an object or a list of some begins.
  private static func start(in text: Bytes) -> Int? {
    if text[0] == UInt8(ascii: "{") || text[0] == UInt8(ascii: "[") {
      return text.count > 1 && text[1] != UInt8(ascii: "]") ? 0 : nil
    }
    guard let brace = text.place(of: UInt8(ascii: "{")) else { return nil }
    return brace > 0 && text[brace - 1] == UInt8(ascii: "[") ? brace - 1 : brace
  }

  /// Whether an object that stands in a sentence is an error, and nothing of the caller's.
  private static func isError(_ object: JSONValue) -> Bool {
    if let error = object["error"] { return error.isObject || error.isString }
    return (object["message"] ?? object["msg"])?.isString == true
      && (object["code"] != nil || object["type"] != nil || object["status"] != nil)
  }

  private static func value(of text: Bytes, _ parser: JSONParser) -> JSONValue? {
    if text.isEmpty { return nil }
    if let value = try? parser.parse(text) { return value }
    guard text.count > 1, text[1] == UInt8(ascii: "'") || text[1] == UInt8(ascii: "{"),
      let json = PythonObject.json(text)
    else { return nil }
    return json.withUnsafeBufferPointer { try? parser.parse($0) }
  }

  /// The status of `Error code: 429 - `, `429 `, `got status: 429 Too Many Requests. `.
  static func status(in prefix: Bytes) -> Int {
    for start in prefix.indices where prefix[start] == 0x34 || prefix[start] == 0x35 {
      if start > 0, isWordByte(prefix[start - 1]) || prefix[start - 1] == UInt8(ascii: ".") {
        continue
      }
      let end = start + 3
      if end < prefix.count, isWordByte(prefix[end]) { continue }
      if let status = prefix.part(start..<end).integer, status >= 400,
        namesStatus(prefix, start, end)
      {
        return Int(status)
      }
    }
    return 0
  }

  /// Whether a number is said to be a status: by a word before it, or a reason phrase behind it.
  private static func namesStatus(_ text: Bytes, _ start: Int, _ end: Int) -> Bool {
    var before = text.part(0..<start)
    while let last = before.last, !isWordByte(last) { before = before.part(0..<before.count - 1) }
    if statusWords.contains(where: { word in
      before.count >= word.utf8CodeUnitCount
        && before.part(before.count - word.utf8CodeUnitCount..<before.count)
          .isEqual(ignoringCase: word)
    }) {
      return true
    }
    let behind = text.part(end..<text.count).trimmed
    if start == 0, behind.isEmpty || behind[0] == UInt8(ascii: "{") || behind[0] == 0x2D {
      return true
    }
    return reasons.contains { reason in
      behind.part(0..<reason.utf8CodeUnitCount).isEqual(ignoringCase: reason)
    }
  }

  private static let statusWords: [StaticString] = [
    "error code", "status code", "status_code", "statuscode", "status", "http", "http error",
    "api error", "client error", "server error", "upstream", "http/1.1", "http/2", "response code",
  ]

  private static let reasons: [StaticString] = [
    "too many requests", "unauthorized", "forbidden", "bad request", "payment required",
    "not found", "request timeout", "conflict", "unprocessable", "internal server error",
    "bad gateway", "service unavailable", "gateway timeout", "client error", "server error",
    "resource_exhausted", "unavailable", "permission_denied", "unauthenticated",
    "invalid_argument", "internal", "not_found", "deadline_exceeded",
  ]

  /// Whether what stands before it is no sentence of its own: a status, names of exceptions, what
  /// clients write before any body.
  private static func isStock(_ prefix: Bytes) -> Bool {
    prefix.split { $0 == 0x20 }.allSatisfy { word in
      var word = Bytes(rebasing: word)
      while let last = word.last, !isWordByte(last) { word = word.part(0..<word.count - 1) }
      while let first = word.first, !isWordByte(first) { word = word.part(1..<word.count) }
      return word.isEmpty || word.integer != nil || isScreaming(word) || isName(word)
        || stock.contains { word.isEqual(ignoringCase: $0) }
    }
  }

  /// `litellm.RateLimitError`, `OpenAIException`.
  private static func isName(_ word: Bytes) -> Bool {
    endings.contains { ending in
      word.count > ending.utf8CodeUnitCount
        && word.part(word.count - ending.utf8CodeUnitCount..<word.count).isEqual(to: ending)
    }
  }

  private static let endings: [StaticString] = ["Error", "Exception"]

  private static let stock: [StaticString] = [
    "error", "code", "status", "http", "api", "response", "body", "message", "got", "status_code",
    "from", "upstream", "provider", "received", "returned", "server", "details", "raw", "too",
    "many", "requests", "bad", "request", "gateway", "internal", "unauthorized", "forbidden", "not",
    "found", "service", "unavailable", "client",
  ]
}
