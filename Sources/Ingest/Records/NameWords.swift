internal import Files
internal import Profiles

/// What the words of a member's name say, where no profile knows the name as a whole:
/// `http_response_code`, `reqMethod` and `durationNanos` are understood by whoever reads them.
struct NameWords {
  /// In lower case: `responseTimeMs` and `response_time_ms` have three. What wrote the line is none of
  /// them: `haproxy_statusCode` has two.
  let words: [String]
  /// The words that marks and capitals separate.
  let all: [String]
  /// The name as paths are compared, without what wrote the line; nil where it does not begin with it.
  let bare: String?

  init(_ name: String) {
    all = NameWords.words(of: name)
    let isProduct = all.count > 1 && all.first.map(NameWords.products.contains) ?? false
    let own = isProduct ? all.dropFirst() : all[...]
    words = own.flatMap(NameWords.parts)
    bare = isProduct ? own.joined() : nil
  }

  /// The field that the name means; nil where its words do not say. Of a name that begins with a word
  /// for the server behind the gateway, the words after it are asked.
  func field(behind: Bool) -> GatewayProfile.Field? {
    if behind {
      return words.first.map(NameWords.servers.contains) ?? false
        && NameWords.isStatus(words.dropFirst(), bare: true) ? .upstreamStatus : nil
    }
    if NameWords.isStatus(words[...], bare: false) { return .status }
    if isLatency { return .latency }
    guard let last = words.last, words.count > 1 else { return nil }
    let others = words.dropLast()
    switch last {
    case "request", "req": return .requestLine
    case "line": return others.last == "request" || others.last == "first" ? .requestLine : nil
    case "method", "verb": return others.allSatisfy(NameWords.ofRequest.contains) ? .method : nil
    case "path", "uri", "url":
      return others.allSatisfy(NameWords.ofTarget.contains) ? .path : nil
    case "id":
      guard let kind = others.last, NameWords.identified.contains(kind) else { return nil }
      return kind != "trace" && others.allSatisfy(NameWords.ofIdentifier.contains)
        ? .requestID : .identifier
    case "requestid", "reqid", "correlationid", "traceid", "transactionid": return .identifier
    default: return nil
    }
  }

  /// Whether HTTP is spoken of by name.
  var isOfHTTP: Bool { words.contains("http") || words.contains("https") }

  /// The unit of a latency by that name, by its last word.
  var unit: GatewayProfile.LatencyUnit? {
    guard let last = words.last else { return nil }
    return GatewayProfile.LatencyUnit(word: last)
  }

  // MARK: Which words mean what

  /// `rsp_code`, `return_status`, `http_status_code`; `status` alone where that is enough.
  private static func isStatus(_ words: ArraySlice<String>, bare: Bool) -> Bool {
    var words = words
    if words.last == "sent" { words.removeLast() }
    switch words.last {
    case "status": words.removeLast()
    case "code", "statuscode":
      words.removeLast()
      if words.last == "status" { words.removeLast() } else if words.isEmpty { return false }
    default: return false
    }
    return words.isEmpty ? bare : words.allSatisfy(ofResponse.contains)
  }

  private static let parties: Set = ["request", "req", "response", "resp", "processing", "process"]
  private static let servers: Set = ["upstream", "backend", "origin", "target", "integration"]
  private static let products: Set = [
    "haproxy", "nginx", "ngx", "apache", "httpd", "envoy", "traefik", "kong", "caddy", "squid",
    "varnish", "iis", "istio", "openresty", "apisix", "tomcat", "gunicorn", "uwsgi", "cloudfront",
    "elb", "alb", "akamai", "fastly", "tyk", "log", "access", "web",
  ]
  private static let ofResponse: Set = [
    "http", "https", "response", "resp", "rsp", "res", "return", "returned", "reply", "answer",
    "result", "final", "downstream", "edge", "sc",
  ]

  /// Whether it is how long the whole request took, and not a part of it.
  private var isLatency: Bool {
    var words = words[...]
    if let last = words.last, words.count > 1, GatewayProfile.LatencyUnit(word: last) != nil {
      words.removeLast()
      if words.last == "in" { words.removeLast() }
    }
    // A gateway's own latency is a part.
    if bare != nil, words.count == 1 { return false }
    let isMeasure = words.contains(where: NameWords.measures.contains)
    let isTime =
      words.contains("time") && words.contains(where: NameWords.timed.contains)
    guard isMeasure || isTime else { return false }
    // `time_taken` is the whole; `time_response`, as HAProxy has it, a part.
    if words.first == "time", words.contains(where: NameWords.parties.contains) { return false }
    return words.allSatisfy {
      NameWords.measures.contains($0) || NameWords.timed.contains($0)
        || NameWords.aroundTimes.contains($0)
    }
  }

  private static let measures: Set = ["duration", "latency", "elapsed", "took", "dur"]
  /// What stands beside `time` where it is a span, and not a moment.
  private static let timed: Set = [
    "response", "resp", "taken", "processing", "process", "elapsed", "total", "turnaround",
    "around", "execution", "exec", "handling", "roundtrip", "trip", "spent", "cost", "used",
  ]
  private static let aroundTimes: Set = [
    "time", "request", "req", "http", "https", "api", "call", "overall", "full", "access", "web",
    "transaction", "turn", "round", "x", "rt",
  ]
  private static let ofRequest: Set = [
    "http", "https", "request", "requested", "req", "cs", "client", "api", "call", "rest", "web",
    "access",
  ]
  private static let ofTarget = ofRequest.union([
    "original", "orig", "full", "raw", "absolute", "uri", "url",
  ])
  private static let identified: Set = ["request", "req", "correlation", "trace", "transaction"]
  private static let ofIdentifier = identified.union([
    "x", "http", "https", "api", "client", "server", "gateway", "edge", "log", "unique", "my",
  ])

  // MARK: Splitting

  /// The words that marks and capitals separate.
  static func words(of name: String) -> [String] {
    name.withBytes { name in
      var words: [String] = []
      var start = 0
      var previousIsLower = false
      for (place, byte) in name.enumerated() {
        let isUpper = byte >= 0x41 && byte <= 0x5A
        let isOfWord = isWordByte(byte)
        if !isOfWord || (isUpper && previousIsLower) {
          if start < place { words.append(word(name.part(start..<place))) }
          start = isOfWord ? place : place + 1
        }
        previousIsLower = isOfWord && !isUpper
      }
      if start < name.count { words.append(word(name.part(start..<name.count))) }
      return words
    }
  }

  /// In lower case.
  private static func word(_ text: Bytes) -> String {
    String(unsafeUninitializedCapacity: text.count) { room in
      for (place, byte) in text.enumerated() { room[place] = lowercased(byte) }
      return text.count
    }
  }

  /// The known words of which one without marks is made: `responsetime`; else itself.
  private static func parts(of word: String) -> [String] {
    guard word.utf8.count <= 32, !whole.contains(word), let parts = word.withBytes(split) else {
      return [word]
    }
    return parts
  }

  private static func split(_ text: Bytes) -> [String]? {
    guard let first = text.first else { return [] }
    for known in vocabulary where known.utf8Start.pointee == first {
      let length = known.utf8CodeUnitCount
      if text.count >= length, text.part(0..<length).isEqual(to: known),
        let rest = split(text.part(length..<text.count))
      {
        return ["\(known)"] + rest
      }
    }
    return nil
  }

  private static let whole: Set = [
    "timestamp", "datetime", "statuscode", "turnaround", "roundtrip",
  ]
  /// The longer ones first.
  private static let vocabulary: [StaticString] = [
    "milliseconds", "nanoseconds", "microseconds", "processing", "timestamp", "requested",
    "response", "duration", "datetime", "seconds", "request", "latency", "elapsed", "process",
    "status", "method", "millis", "micros", "return", "nanos", "total", "taken", "event", "start",
    "http", "resp", "code", "time", "date", "path", "msec", "usec", "nsec", "url", "uri", "log",
    "sec", "ms", "us", "ns",
  ]
}
