internal import Analysis
internal import Events
internal import Store

extension Question {
  /// The 429s of the range and of the day before, which tells what is usual and what led up to the
  /// range: a list in time order for each vendor, by its number, those without a vendor first.
  ///
  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func rejections(where isMeant: (Limit) -> Bool = { _ in true }) throws -> [[Rejection]] {
    var lists: [[Rejection]] = []
    try store.limits(during: rejectionCoverage) { limit in
      guard limit.isRejection, isMeant(limit) else { return }
      let place = vocabulary.vendors.number(ofRow: limit.vendor) + 1
      while lists.count <= place { lists.append([]) }
      lists[place].append(
        Rejection(
          time: limit.time, consumer: Int32(vocabulary.consumers.number(ofRow: limit.consumer)),
          route: Int32(vocabulary.routes.number(ofRow: limit.route)), retryAfter: limit.retryAfter,
          planLimited: limit.isPlanLimit))
    }
    return lists.map { $0.inTimeOrder() }
  }

  /// The time of ``rejections(where:)``.
  var rejectionCoverage: TimeRange {
    covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
  }
}
