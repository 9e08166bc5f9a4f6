/// Whether clients that were asked to wait did so.
package enum RetryAfterVerdict: String, Sendable {
  /// At least nine of ten retries waited as long as asked.
  case honoured
  /// From half of them to nine of ten did.
  case partly
  /// Less than half of them did.
  case ignored
  /// There was no Retry-After, or fewer than three retries to judge by.
  case unknown
}

extension RetryAfterVerdict {
  /// The verdict on the rejections of one burst, in time order.
  ///
  /// A rejection and the next one of the same consumer on the same route are a call and its retry;
  /// where the route is not known, the next one of the same consumer; where that is not known
  /// either, the next one of the vendor. A second too early is forgiven: clocks and logs round.
  /// A Retry-After of zero asks for nothing and is not looked at.
  init(on rejections: ArraySlice<Rejection>) {
    var callers = CombinationNumbers()
    var latest: [Rejection] = []
    var retries = 0
    var patient = 0
    for rejection in rejections {
      let caller = callers.number(
        of: rejection.consumer, rejection.consumer < 0 ? -1 : rejection.route)
      if caller == latest.count {
        latest.append(rejection)
        continue
      }
      let before = latest[caller]
      latest[caller] = rejection
      guard before.retryAfter > 0 else { continue }
      retries += 1
      let waited = seconds(from: before.time, to: rejection.time)
      if waited >= Double(before.retryAfter) / 1000 - 1 { patient += 1 }
    }
    let share = Double(patient) / Double(max(1, retries))
    self =
      switch (retries, share) {
      case (..<3, _): .unknown
      case (_, 0.9...): .honoured
      case (_, ..<0.5): .ignored
      default: .partly
      }
  }
}
