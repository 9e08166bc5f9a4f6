package import Answers
package import Events
internal import Files
internal import JSON
package import Profiles
package import Times

extension Event {
  /// The event as the contract names its fields.
  package var value: Object {
    [
      "id": .integer(id), "time": Value(time: time), "vendor": Value(vendor),
      "status": Value(status), "code": Value(code), "kind": .text(kind.name),
      "message": Value(message), "request_id": Value(requestID), "method": Value(method),
      "route": Value(route), "path": Value(path), "consumer": Value(consumer),
      "latency_ms": Value(latency), "retry_after_ms": Value(retryAfter),
      "upstream_status": Value(upstreamStatus), "answered_by": .text(answeredBy.name),
      "gateway": Value(gateway), "details": Value(json: details),
      "source": source.map {
        [
          "path": .text($0.path), "offset": .integer($0.offset), "length": .integer($0.length),
          "part": Value($0.part),
        ]
      } ?? .null,
    ]
  }

  /// What is known of it, a line each, nothing left out but what is not known.
  package func facts(zone: Zone) -> [Fact] {
    var facts: [Fact] = []
    func add(_ name: String, _ text: String?) {
      if let text { facts.append(Fact(name, Cell(.text(text)))) }
    }
    add(
      "time",
      time.map { formatLocal($0, zone: zone, style: .seconds) + " (\(zone.name))" } ?? "undated")
    add("vendor", vendor)
    add("status", status.map(String.init) ?? "no response")
    add("code", code)
    add("kind", kind.name)
    add("message", message)
    add("request id", requestID)
    add("request", [method, path].compactMap { $0 }.joined(separator: " ").nonEmpty)
    add("route", route == path ? nil : route)
    add("consumer", consumer)
    add("latency", latency.map { decimal($0, places: $0.rounded() == $0 ? 0 : 1) + " ms" })
    add("Retry-After", retryAfter.map(formatDuration))
    add("upstream status", upstreamStatus.map(String.init))
    add("answered by", answeredBy == .unknown ? nil : answeredBy.name)
    add("details", details)
    add("source", source.map { "\($0.path), byte \($0.offset)" })
    return facts
  }

  /// What the vendor documents about such an error, else what holds for its kind. What the vendor did
  /// not say does not mean what the vendor means by it.
  package func advice(from catalog: Catalog) -> (retry: RetryAdvice, text: String, meaning: String?)
  {
    guard isVendorsWord else { return (kind.advice, kind.advice.sentence, nil) }
    let profile = vendor.flatMap(catalog.vendor(named:))
    let rule = (code ?? "").withBytes { codeBytes in
      (message ?? "").withBytes { messageBytes in
        catalog.rule(
          vendor: profile,
          for: ErrorFacts(
            status: status ?? 0, code: code == nil ? nil : codeBytes,
            message: message == nil ? nil : messageBytes, hasIssues: namesFields))
      }
    }
    // A kind may come from more of the body than is kept.
    guard let rule, rule.kind == kind else { return (kind.advice, kind.advice.sentence, nil) }
    return (rule.retry, rule.advice ?? rule.retry.sentence, rule.meaning.nonEmpty)
  }

  /// Whether the vendor said it: where nothing tells who answered, a code or a message of its own
  /// does. Gateways answer with pages that say no more than the status does.
  private var isVendorsWord: Bool {
    switch answeredBy {
    case .vendor: true
    case .gateway: false
    case .unknown: code != nil || message.map { !isReason($0) } ?? false
    }
  }

  /// Whether a text is a status and its reason, or one of both: `502 Bad Gateway`.
  private func isReason(_ text: String) -> Bool {
    var words = text.split(separator: " ")[...]
    if let status, words.first == Substring(String(status)) { words.removeFirst() }
    let reason = words.joined(separator: " ").lowercased()
    return reason.isEmpty || statusReasons.contains(reason)
  }

  /// Whether its issues name fields.
  private var namesFields: Bool {
    guard let details else { return false }
    return details.withBytes { text in
      (try? JSONParser().parse(text))?["issues"]?.elements.contains {
        $0["path"]?.string?.isEmpty == false
      } ?? false
    }
  }
}

/// What HTTP calls its errors, and what NGINX calls its own:
/// <https://www.rfc-editor.org/rfc/rfc9110#name-status-codes>.
private let statusReasons: Set<String> = [
  "bad request", "unauthorized", "authorization required", "payment required", "forbidden",
  "not found", "not allowed", "method not allowed", "not acceptable",
  "proxy authentication required", "request timeout", "request time-out", "conflict", "gone",
  "length required", "precondition failed", "content too large", "payload too large",
  "request entity too large", "uri too long", "request-uri too large", "unsupported media type",
  "requested range not satisfiable", "expectation failed", "misdirected request",
  "unprocessable entity", "unprocessable content", "upgrade required", "too many requests",
  "request header fields too large", "request header or cookie too large",
  "no required ssl certificate was sent", "the ssl certificate error",
  "the plain http request was sent to https port", "client closed request",
  "internal server error", "not implemented", "bad gateway", "service unavailable",
  "service temporarily unavailable", "gateway timeout", "gateway time-out",
  "http version not supported", "insufficient storage",
]

extension String {
  /// Nil for nothing.
  package var nonEmpty: String? { isEmpty ? nil : self }
}
