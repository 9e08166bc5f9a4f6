/// What sort of error an event is: one of sixteen, whatever the vendor calls it.
///
/// Raw values are stored; a kind never changes its number.
package enum Kind: UInt8, CaseIterable, Sendable {
  case auth = 1
  case permission
  case notFound
  case conflict
  case validation
  case malformed
  case rateLimit
  case planLimit
  case payment
  case upstream
  case timeout
  case unavailable
  case server
  case cancelled
  case policy
  case unknown

  /// The word for it in SQL, JSON, profiles and help.
  package var name: String {
    switch self {
    case .auth: "auth"
    case .permission: "permission"
    case .notFound: "not_found"
    case .conflict: "conflict"
    case .validation: "validation"
    case .malformed: "malformed"
    case .rateLimit: "rate_limit"
    case .planLimit: "plan_limit"
    case .payment: "payment"
    case .upstream: "upstream"
    case .timeout: "timeout"
    case .unavailable: "unavailable"
    case .server: "server"
    case .cancelled: "cancelled"
    case .policy: "policy"
    case .unknown: "unknown"
    }
  }

  package init?(named name: String) {
    guard let kind = Kind.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  /// The kind that a status alone stands for.
  package init(status: Int) {
    switch status {
    case 401, 407: self = .auth
    case 402: self = .payment
    case 403, 451: self = .permission
    case 404, 410: self = .notFound
    case 409, 412, 423, 428: self = .conflict
    case 400, 413, 414, 416, 422, 431: self = .validation
    case 405, 406, 411, 415: self = .malformed
    case 429: self = .rateLimit
    case 408, 504, 524: self = .timeout
    case 502, 424: self = .upstream
    case 503, 529, 520...523, 425: self = .unavailable
    case 499: self = .cancelled
    case 500...599: self = .server
    default: self = .unknown
    }
  }

  /// Whether a response with status 429 may be of this kind.
  package var limits: Bool {
    switch self {
    case .rateLimit, .planLimit, .payment, .unavailable: true
    default: false
    }
  }

  /// What to do when the vendor's own documentation says nothing better.
  package var advice: RetryAdvice {
    switch self {
    case .rateLimit: .afterDelay
    case .planLimit: .upgrade
    case .payment: .pay
    case .auth: .refresh
    case .upstream, .timeout, .unavailable: .backoff
    case .server: .backoffIfIdempotent
    case .permission, .notFound, .conflict, .validation, .malformed, .cancelled, .policy, .unknown:
      .never
    }
  }
}
