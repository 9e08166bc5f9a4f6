import Analysis
import Events
import Times

/// Advice by kind, and messages that are the same only by number.
struct StandingAdvice: CallKnowledge {
  var advice: RetryAdvice

  func advice(for call: FailedCall) -> RetryAdvice { advice }
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool { false }
  /// When the vendor answered anybody well, in seconds as those of calls.
  var successes: [Double] = []

  func hadSuccesses(between one: FailedCall, and other: FailedCall) -> Bool {
    successes.contains { (one.time...other.time).contains(failedCall($0, 200).time) }
  }
}

func failedCall(
  _ seconds: Double, _ status: Int32, _ change: (inout FailedCall) -> Void = { _ in }
)
  -> FailedCall
{
  var call = FailedCall(time: 1_772_409_600_000 + Int64((seconds * 1000).rounded()))
  call.vendor = 0
  call.consumer = 1
  call.route = 2
  call.method = 0
  call.path = 3
  call.status = status
  call.kind = Kind(status: Int(status))
  call.latency = 50
  change(&call)
  return call
}

/// What is wrong with each call in turn.
func faults(
  _ calls: [FailedCall], _ advice: RetryAdvice, successes: [Double] = []
) -> [RetryFault?] {
  var audit = RetryAudit(StandingAdvice(advice: advice, successes: successes))
  return calls.map { audit.add($0) }
}
