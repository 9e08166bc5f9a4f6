internal import Events

/// Who was told to wait, and until when.
package struct DelayWatch {
  /// An answer that named a delay; none until one did.
  private struct Reply {
    var time: Int64 = 0
    /// What is over before all time was never asked for.
    var until = Int64.min
    var latency: Int32?
    var status: Int32 = 0

    var isNone: Bool { until == .min }
  }

  /// Two such answers are all there is to know of a caller, of whom there are many.
  private struct Told {
    /// The latest answer that had come when the latest call was made.
    var known = Reply()
    /// The first answer after that: it may have been on its way still.
    var next = Reply()
  }

  /// By the number of the caller.
  private var told: [Told] = []
  private static let forgiven = 1000.0

  package init() {}

  /// By how many milliseconds a call came too early; nil where it did not.
  ///
  /// - Parameters:
  ///   - caller: who calls what, by number from 0 on.
  ///   - time: milliseconds since the epoch, not before that of the call before.
  ///   - latency: milliseconds, as `retryAfter` is; nil where it is not known.
  package mutating func add(
    caller: Int, time: Int64, status: Int32, latency: Int64?, retryAfter: Int64?
  ) -> Int64? {
    while caller >= told.count { told.append(Told()) }
    let latency = latency.map { Int32(clamping: $0) }
    let next = told[caller].next
    if !next.isNone, seconds(from: next.time, to: time) * 1000 >= slack(next.latency, latency) {
      told[caller] = Told(known: next)
    }
    let known = told[caller].known
    var earliness: Int64?
    if known.status == status, !known.isNone,
      seconds(from: time, to: known.until) * 1000 > DelayWatch.forgiven
    {
      earliness = known.until - time
    }
    if let retryAfter, retryAfter > 0, told[caller].next.isNone {
      told[caller].next = Reply(
        time: time, until: time.addingClamped(retryAfter), latency: latency, status: status)
    }
    return earliness
  }
}

/// How long after a call its answer had come for certain, in milliseconds: logs have the time of the
/// call or that of the answer. Where latencies are not known, a second.
func slack<Number: BinaryInteger>(_ latency: Number?, _ next: Number?) -> Double {
  guard let latency, let next else { return 1000 }
  return Double(max(latency, next))
}
