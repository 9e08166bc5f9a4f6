/// A field of an event, as answers name it.
package enum EventField: String, CaseIterable, Sendable {
  case time, vendor, status, code, kind, message
  case requestID = "request_id"
  case method, route, path, consumer
  case latency = "latency_ms"
  case retryAfter = "retry_after_ms"
  case upstreamStatus = "upstream_status"
  case answeredBy = "answered_by"
  case details

  /// Whether a success has none by its nature.
  package var isOfErrors: Bool {
    switch self {
    case .code, .kind, .message, .retryAfter, .details: true
    default: false
    }
  }
}
