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
    // Of those that the caller ended nothing can be claimed, nor of those that nobody knows.
    guard call.kind != .cancelled, call.kind != .unknown, let key = CallKey(call) else {
      return nil
    }
    guard let before = latest[key, at: call.time], isSame(call, as: before.call, knowledge) else {
      latest[key, at: call.time] = Latest(call: call)
      return nil
    }
    guard AnswerOrder(from: before.call, to: call) == .certain else { return nil }
    guard
      before.call.gap(before: call) <= RepeatWatch.horizon + Double(before.call.retryAfter ?? 0),
      let allowed = RepeatWatch.allowed(by: knowledge.advice(for: call)),
      !call.isRefusedForItsCaller || !knowledge.hadSuccesses(between: before.call, and: call)
    else {
      latest[key, at: call.time] = Latest(call: call)
      return nil
    }
    let repeats = before.repeats + 1
    latest[key, at: call.time] = Latest(call: call, repeats: repeats)
    guard repeats > allowed else { return nil }
    // What is invalid may stand in a query, which paths do not have.
    return call.isKnownByItsPath && call.kind != .validation ? .repeated : .alike(1)
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
