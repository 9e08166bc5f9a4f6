/// Whether to send a failed request again, and when.
package enum RetryAdvice: String, CaseIterable, Sendable {
  case never
  /// Once, with a fresh credential.
  case refresh
  /// After the delay the response names, else with growing delays.
  case afterDelay = "after_delay"
  /// After exactly the delay the response names, and not a second time.
  case onceAfterDelay = "once_after_delay"
  /// With growing delays.
  case backoff
  /// With growing delays, where sending twice does no harm.
  case backoffIfIdempotent = "backoff_if_idempotent"
  /// Not before the plan is larger or its period over.
  case upgrade
  /// Not before the account is in order.
  case pay

  /// The advice in a sentence.
  package var sentence: String {
    switch self {
    case .never: "Do not retry; the request itself must change."
    case .refresh: "Do not retry unchanged; get a fresh credential, then retry once."
    case .afterDelay: "Wait for Retry-After, then retry; without it, back off with growing delays."
    case .onceAfterDelay: "Wait exactly Retry-After, then retry once."
    case .backoff: "Retry with growing delays."
    case .backoffIfIdempotent:
      "Retry with growing delays, only where sending the request twice does no harm."
    case .upgrade: "Do not retry; upgrade the plan, free something up, or wait for the next period."
    case .pay: "Do not retry; settle the account first."
    }
  }
}
