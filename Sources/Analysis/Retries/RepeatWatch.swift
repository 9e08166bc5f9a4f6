internal import Events

/// Calls that were to be changed, or given up, and came again as they were.
struct RepeatWatch {
  private struct Latest {
    var call: FailedCall
    /// How often it came again.
    var repeats = 0
  }

  private var latest = RecentValues<CallKey, Latest>()
  /// Milliseconds. What comes later is hardly a retry.
  private static let horizon = 600_000.0

  mutating func add(_ call: FailedCall, _ knowledge: any CallKnowledge) -> RetryFault? {
    guard let key = RepeatWatch.key(of: call) else { return nil }
    guard let before = latest[key, at: call.time], isSame(call, as: before.call, knowledge) else {
      latest[key, at: call.time] = Latest(call: call)
      return nil
    }
    let gap = before.call.gap(before: call)
    guard gap >= slack(before.call.latency, call.latency) else { return nil }
    guard gap <= RepeatWatch.horizon + Double(before.call.retryAfter ?? 0),
      let allowed = RepeatWatch.allowed(by: knowledge.advice(for: call))
    else {
      latest[key, at: call.time] = Latest(call: call)
      return nil
    }
    let repeats = before.repeats + 1
    latest[key, at: call.time] = Latest(call: call, repeats: repeats)
    guard repeats > allowed else { return nil }
    return call.isRefusedWhateverTheBody ? .repeated : .alike
  }

  /// Nil for calls of which nothing can be claimed: those that the caller ended, and those of which
  /// it is not known what they are.
  private static func key(of call: FailedCall) -> CallKey? {
    switch call.kind {
    case .cancelled, .unknown: nil
    case .auth, .planLimit, .payment: CallKey(caller: call)
    default: CallKey(call)
    }
  }

  private func isSame(
    _ call: FailedCall, as before: FailedCall, _ knowledge: any CallKnowledge
  ) -> Bool {
    guard call.status == before.status, call.code == before.code, call.kind == before.kind else {
      return false
    }
    // What a limit says of its delay differs from time to time.
    if call.kind == .rateLimit { return true }
    return call.message == before.message && call.details == before.details
      || knowledge.saySame(before, call)
  }

  /// How often a call may be repeated as it is; nil for as often as one likes, in time.
  private static func allowed(by advice: RetryAdvice) -> Int? {
    switch advice {
    case .never, .upgrade, .pay: 0
    case .refresh, .onceAfterDelay: 1
    case .afterDelay, .backoff, .backoffIfIdempotent: nil
    }
  }
}
