package import Answers
package import Events
internal import Files
internal import JSON
package import Profiles
package import Times

extension Event: Described {
  package static let fields: Fields<Event> = [
    Field("id", "its number in the store") { $0.id },
    Field(optionalTime: "time", "when it was; null where the line has no time") { $0.time },
    Field("vendor", "whose API answered") { $0.vendor },
    Field("status", "the HTTP status; null where there was no response") { $0.status },
    Field("code", "the vendor's code, as it was sent") { $0.code },
    Field("kind", "what sort of error it is") { $0.kind },
    Field("message", "the vendor's words") { $0.message },
    Field("request_id", "the vendor's id of the request, else the gateway's") { $0.requestID },
    Field("method", "the HTTP method") { $0.method },
    Field("route", "the template of the path") { $0.route },
    Field("path", "the path, without its query") { $0.path },
    Field("consumer", "who made the request") { $0.consumer },
    Field("latency_ms", unit: "ms", "how long the response took") { $0.latency },
    Field("retry_after_ms", unit: "ms", "how long to wait, as the response says") { $0.retryAfter },
    Field("upstream_status", "the status that the gateway was given") { $0.upstreamStatus },
    Field("answered_by", "who made the response") { $0.answeredBy },
    Field("gateway", "whose way of writing lines the line was read by") { $0.gateway },
    Field("details", as: .anything, "what else the body says, such as the fields that are wrong") {
      Value(json: $0.details)
    },
    Field("source", "where its line stands") { $0.source },
  ]
}

extension Event {
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
      let namesOne = try? JSONParser.read(text) { details in
        details["issues"]?.elements.contains { $0["path"]?.string?.isEmpty == false }
      }
      return namesOne ?? false
    }
  }
}

extension Event.Place: Described {
  package static let fields: Fields<Event.Place> = [
    Field("path", "the log") { $0.path },
    Field("offset", unit: "bytes", "where the line begins, decompressed") { $0.offset },
    Field("length", unit: "bytes", "how long it is") { $0.length },
    Field("part", "which record of the line, from 0") { $0.part },
  ]
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
