/// Whose move it is after an error: who has to change something so that it does not come again.
package enum Blame: String, CaseIterable, Sendable {
  /// The request itself, its credentials or its pace: what those who send it can mend.
  case ours
  /// The vendor that failed.
  case vendor
  /// The plan, a quota or an account that is used up.
  case plan
  /// The gateway that answered by itself: its own limit, its own fault, or no vendor reached.
  case gateway
  /// Somebody behind the vendor.
  case thirdParty = "third_party"
  /// Nobody: the client hung up before it had its answer.
  case nobody
  case unknown

  /// By the sort of error and who answered. A request that is wrong is so whoever says it; of what
  /// failed, only what a gateway is proven to have answered is the gateway's.
  package init(_ kind: Kind, answeredBy: AnsweredBy) {
    switch kind {
    case .auth, .permission, .notFound, .conflict, .validation, .malformed, .policy: self = .ours
    case .cancelled: self = .nobody
    case .planLimit, .payment: self = .plan
    case .rateLimit: self = answeredBy == .gateway ? .gateway : .ours
    case .upstream: self = answeredBy == .gateway ? .gateway : .thirdParty
    case .timeout, .unavailable, .server: self = answeredBy == .gateway ? .gateway : .vendor
    case .unknown: self = answeredBy == .gateway ? .gateway : .unknown
    }
  }

  /// What it means, for a table.
  package var meaning: String {
    switch self {
    case .ours: "requests, credentials or a pace that we can mend"
    case .vendor: "the vendor failed"
    case .plan: "a plan, quota or account is used up"
    case .gateway: "our gateway answered by itself"
    case .thirdParty: "somebody behind the vendor failed"
    case .nobody: "the client hung up"
    case .unknown: "nothing tells whose"
    }
  }

  /// How a sentence names it.
  package var owner: String {
    switch self {
    case .ours: "ours"
    case .vendor: "the vendor's"
    case .plan: "the plan's"
    case .gateway: "the gateway's"
    case .thirdParty: "a third party's"
    case .nobody: "nobody's"
    case .unknown: "unknown"
    }
  }
}
