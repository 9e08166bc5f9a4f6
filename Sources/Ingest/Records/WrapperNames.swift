internal import Files

/// What exporters call the member in which the line stands that they were given, and what other
/// members are called. Names are compared by their letters and digits alone.
enum WrapperNames {
  /// Of the line: Splunk's `_raw`, Elastic's `event.original`, Graylog's `short_message`, Google's
  /// `textPayload`, Loki's `line` and their kin.
  private static let line: [StaticString] = [
    "raw", "rawlog", "rawline", "rawmessage", "rawevent", "original", "originalmessage",
    "originallog", "originalline", "log", "logline", "logmessage", "logentry", "logevent",
    "logtext",
    "logrecord", "message", "shortmessage", "fullmessage", "msg", "messagetext", "eventmessage",
    "syslogmessage", "line", "text", "textpayload", "stringpayload", "event", "eventdata", "data",
    "body", "content", "contents", "payload", "record", "entry", "value", "resultdescription",
    "output", "stdout", "stderr", "details",
  ]

  /// Of objects written as text that belong to the record around them.
  private static let part: [StaticString] = [
    "properties", "metadata", "jsonpayload", "attributes", "fields", "context", "extra",
  ]

  /// Of what was sent or answered, into which no line is looked for.
  private static let exchange: [StaticString] = [
    "request", "req", "requestbody", "requestheaders", "headers", "response", "resp", "res",
    "responsebody", "responseheaders", "error", "errors", "err", "exception", "stack", "stacktrace",
    "url", "uri", "path", "useragent", "referer", "referrer", "query", "querystring", "cookie",
    "params", "input", "args", "argument", "arguments", "prompt", "completion",
  ]

  /// Of what went wrong, which a client says in words: `Request failed with status code 403`.
  private static let error: [StaticString] = ["error", "err", "exception"]

  /// Beside a line, of how long that took which it tells of.
  private static let latency: [StaticString] = [
    "duration", "latency", "elapsed", "took", "responsetime", "requesttime",
  ]

  static func areOfLatency(_ name: Bytes) -> Bool { contains(name, in: latency) }
  static func areOfLine(_ name: Bytes) -> Bool { contains(name, in: line) }
  static func areOfPart(_ name: Bytes) -> Bool { contains(name, in: part) }
  /// Whether an object of that name may be all that an exporter was given.
  static func areAround(_ name: Bytes) -> Bool {
    areOfLine(name) || areOfPart(name) || name.isEqual(to: "_source") || name.isEqual(to: "json")
      || name.isEqual(to: "result")
  }
  static func areOfError(_ name: Bytes) -> Bool { contains(name, in: error) }
  static func areOfExchange(_ name: Bytes) -> Bool { contains(name, in: exchange) }

  private static func contains(_ name: Bytes, in names: [StaticString]) -> Bool {
    guard name.count < 32 else { return false }
    return names.contains { isEqual(name, to: $0) }
  }

  /// By letters and digits, whatever their case. Of a name with dots the last part counts, and may
  /// have the others before it.
  private static func isEqual(_ name: Bytes, to text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      var place = 0
      var start = 0
      for (index, byte) in name.enumerated() {
        if byte == UInt8(ascii: "."), index + 1 < name.count { start = index + 1 }
      }
      for byte in name[start...] {
        let letter = byte &- 0x41 < 26 ? byte | 0x20 : byte
        guard letter &- 0x61 < 26 || letter &- 0x30 < 10 else { continue }
        guard place < text.count, text[place] == letter else { return false }
        place += 1
      }
      return place == text.count
    }
  }
}
