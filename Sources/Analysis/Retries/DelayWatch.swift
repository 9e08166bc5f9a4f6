internal import Events

/// Who was told to wait, and until when.
package struct DelayWatch {
  /// An answer that named a delay.
  private struct Reply {
    var call: FailedCall
    var until: Int64
  }

  private struct Told {
    /// The latest answer that had come when the latest call was made.
    var known: Reply?
    /// The first answer after that: it may have been on its way still.
    var next: Reply?
  }

  private var told: [CallerKey: Told] = [:]
  private static let forgiven = 1000.0

  package init() {}

  /// By how many milliseconds a call came too early; nil where it did not. Calls come in order of
  /// time, and are judged ones.
  package mutating func add(_ call: FailedCall) -> Int64? {
    let caller = CallerKey(of: call)
    let delay = call.retryAfter ?? 0
    guard delay > 0 || told[caller] != nil else { return nil }
    var told = self.told[caller] ?? Told()
    if let next = told.next, next.call.gap(before: call) >= next.call.slack(before: call) {
      told.known = next
      told.next = nil
    }
    var earliness: Int64?
    if let known = told.known, known.call.status == call.status,
      seconds(from: call.time, to: known.until) * 1000 > DelayWatch.forgiven
    {
      earliness = known.until - call.time
    }
    if delay > 0, told.next == nil {
      told.next = Reply(call: call, until: call.time.addingClamped(delay))
    }
    self.told[caller] = told
    return earliness
  }
}
