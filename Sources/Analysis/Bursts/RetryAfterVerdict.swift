/// Whether clients that were asked to wait did so.
package enum RetryAfterVerdict: String, CaseIterable, Sendable {
  /// At least nine of ten calls waited as long as asked.
  case honoured
  /// From half of them to nine of ten did.
  case partly
  /// More than half of them did not.
  case ignored
  /// There was no Retry-After, or fewer than three calls to judge by, or too many of them may have
  /// been on their way when the answer came.
  case unknown
}

extension RetryAfterVerdict {
  /// The verdict on the rejections of one burst, in time order.
  ///
  /// A consumer on a route is who was asked to wait; where either is not known, nobody is. A second
  /// too early is forgiven: clocks and logs round. A Retry-After of zero asks for nothing and is not
  /// looked at. Latencies are not known here: see `Replies`.
  init(on rejections: ArraySlice<Rejection>) {
    var callers = CombinationNumbers()
    var latest: [(rejection: Rejection?, replies: Replies)] = []
    var (calls, patient, early) = (0, 0, 0)
    for rejection in rejections where rejection.consumer >= 0 && rejection.route >= 0 {
      let caller = callers.number(of: rejection.consumer, rejection.route)
      if caller == latest.count { latest.append((nil, Replies())) }
      let before = latest[caller].rejection
      let isEarly =
        latest[caller].replies.add(
          time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter)
        ) != nil
      latest[caller].rejection = rejection
      guard let before, before.retryAfter > 0 else { continue }
      calls += 1
      let waited = seconds(from: before.time, to: rejection.time)
      if waited >= Double(before.retryAfter) / 1000 - 1 {
        patient += 1
      } else if isEarly {
        early += 1
      }
    }
    let share = Double(patient) / Double(max(1, calls))
    self =
      if calls < 3 {
        .unknown
      } else if share >= 0.9 {
        .honoured
      } else if early * 2 > calls {
        .ignored
      } else if share >= 0.5, early * 10 > calls {
        .partly
      } else {
        .unknown
      }
  }
}
