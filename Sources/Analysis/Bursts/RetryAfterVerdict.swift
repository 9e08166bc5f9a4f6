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
    var latest: [Caller: Int] = [:]
    var retries = 0
    var patient = 0
    for (index, rejection) in zip(rejections.indices, rejections) {
      guard let before = latest.updateValue(index, forKey: Caller(of: rejection)),
        rejections[before].retryAfter > 0
      else { continue }
      retries += 1
      let waited = seconds(from: rejections[before].time, to: rejection.time)
      if waited >= Double(rejections[before].retryAfter) / 1000 - 1 { patient += 1 }
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

/// Who is taken to repeat a call: a consumer on a route, or the finest part of that which is known.
private struct Caller: Hashable {
  var consumer: Int32
  var route: Int32

  init(of rejection: Rejection) {
    consumer = rejection.consumer
    route = rejection.consumer < 0 ? -1 : rejection.route
  }
}
