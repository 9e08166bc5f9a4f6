package import Events

/// What must be known of calls beyond their numbers. It is asked only of calls that look repeated.
package protocol CallKnowledge {
  /// What the vendor documents about such an error.
  func advice(for call: FailedCall) -> RetryAdvice
  /// Whether two answers have the same message and name the same fields.
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool
}

/// An error that would not have come, had the vendor's advice been followed.
package enum RetryFault: Sendable, Equatable {
  /// It came before the delay that the answer before asked for had passed; by so many
  /// milliseconds.
  case early(by: Int64)
  /// The same call failed in the same way again, though it must not be repeated, or not oftener.
  case repeated
  /// So it seems, but the call may have had another body, which logs do not show: nothing is
  /// claimed.
  case alike
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
/// - *early*: the consumer's last answer on the route, of the same status, named a delay that had
///   not passed; a second is forgiven, as clocks and logs round. What may have been on its way
///   already when that answer came is passed over.
/// - *repeated*: consumer, method, path, status, code, message and fields are those of the error
///   before, ten minutes at most after it, or after the delay that it named. Credentials, plans
///   and payments are refused whatever the path. Advice that allows one retry is held to allow
///   one.
/// - *hasty*: see `PaceWatch`.
package struct RetryAudit {
  private let knowledge: any CallKnowledge
  private var callers = CombinationNumbers()
  private var delays = DelayWatch()
  private var repeats = RepeatWatch()
  private var paces = PaceWatch()

  package init(_ knowledge: any CallKnowledge) {
    self.knowledge = knowledge
  }

  /// How many callers are remembered: consumers and routes.
  package var callerCount: Int { callers.count }

  /// What is wrong with a call, if anything is. Calls come in order of time.
  ///
  /// - Parameter counts: whether it may be claimed; else it only leads up to others.
  package mutating func add(_ call: FailedCall, counts: Bool = true) -> RetryFault? {
    guard call.isJudged else { return nil }
    let early = delays.add(
      caller: callers.number(of: call.vendor, call.consumer, call.route), time: call.time,
      status: call.status, latency: call.latency, retryAfter: call.retryAfter
    ).map { RetryFault.early(by: $0) }
    let again = repeats.add(call, knowledge)
    let hasty = paces.add(call, knowledge, counts: counts && early == nil && again == nil)
    return counts ? early ?? again ?? hasty : nil
  }
}
