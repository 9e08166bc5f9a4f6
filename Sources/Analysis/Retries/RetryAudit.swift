package import Events
internal import Files

/// What must be known of calls beyond their numbers. It is asked only of calls that look repeated.
package protocol CallKnowledge {
  /// What the vendor documents about such an error.
  func advice(for call: FailedCall) -> RetryAdvice
  /// Whether two answers have the same message and name the same fields.
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool
  /// Whether their vendor is known to have answered anybody well between two calls: it may have been
  /// the same caller.
  func hadSuccesses(between one: FailedCall, and other: FailedCall) -> Bool
}

/// An error that would not have come, had the vendor's advice been followed.
package enum RetryFault: Sendable, Equatable {
  /// It came before the delay that the answer before asked for had passed; by so many
  /// milliseconds.
  case early(by: Int64)
  /// The same call failed in the same way again, though it must not be repeated, or not oftener.
  case repeated
  /// So it seems of so many errors, but the calls may have been others: the log does not show their
  /// bodies and queries, nor on whose behalf they were made. Nothing is claimed.
  case alike(Int)
  /// The same call failed again and again, and the delays did not grow. So many errors of a row,
  /// the first two of which are never among them.
  case hasty(Int)
}

/// Judges errors, one after the other, by what their vendors document of retries.
///
/// It sees only calls that failed, and claims only what these show: that a call came although its
/// consumer had been told to wait, to stop, or to slow down. Each error is judged once, by the first
/// of these that holds.
///
/// - *early*: the last answer that the consumer can have known, on the route and of the same
///   status, named a delay that had not passed; a second is forgiven, as clocks and logs round.
///   Where paths name things by their ids, it is an answer about the same one. See `Replies`.
/// - *repeated*: consumer, method, path, status, code, message and fields are those of the error
///   before, ten minutes at most after it, or after the delay that it named; the call has no body,
///   and its path names one thing. Where it was refused on account of the caller, its vendor is not
///   known to have answered anybody well in between. Advice that allows one retry is held to allow
///   one.
/// - *hasty*: see `PaceWatch`.
package struct RetryAudit {
  private let knowledge: any CallKnowledge
  private var replies = RecentValues<CallKey, Replies>()
  private var repeats = RepeatWatch()
  private var paces = PaceWatch()

  package init(_ knowledge: any CallKnowledge) {
    self.knowledge = knowledge
  }

  /// How many callers are remembered, as they were told to wait.
  package var callerCount: Int { replies.count }

  /// What is wrong with a call, if anything is. Calls come in order of time.
  ///
  /// - Parameter counts: whether it may be claimed; else it only leads up to others.
  package mutating func add(_ call: FailedCall, counts: Bool = true) -> RetryFault? {
    guard call.isJudged else { return nil }
    let early = earliness(of: call).map { RetryFault.early(by: $0) }
    let again = repeats.add(call, knowledge)
    let hasty = paces.add(call, knowledge, counts: counts && early == nil && again == nil)
    return counts ? early ?? again ?? hasty : nil
  }

  private mutating func earliness(of call: FailedCall) -> Int64? {
    guard let key = call.limited else { return nil }
    // Where nobody was told to wait, there is nothing to remember.
    let delay = call.retryAfter ?? 0
    guard var known = replies[key, at: call.time] ?? (delay > 0 ? Replies() : nil) else {
      return nil
    }
    defer { replies[key, at: call.time] = known }
    return known.add(
      time: call.time, status: call.status, latency: call.latency, retryAfter: call.retryAfter,
      number: call.number)
  }
}
