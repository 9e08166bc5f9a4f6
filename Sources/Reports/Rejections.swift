internal import Analysis
internal import Events
internal import Store

/// The 429s of a vendor, by its number, in time order.
typealias VendorRejections = (vendor: Int, rejections: [Rejection])

extension Question {
  /// The 429s of the range and of the day before, of the vendors asked about.
  ///
  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func rejections(where isMeant: (Limit) -> Bool = { _ in true }) throws -> [VendorRejections] {
    // By the vendor's number, those without a vendor first.
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
    return lists.enumerated().compactMap { place, list in
      guard !list.isEmpty, asksAbout(vocabulary.vendors[place - 1]) else { return nil }
      return (place - 1, list.inTimeOrder())
    }
  }

  /// The time whose 429s are looked at: the day before the range tells what is usual, and what led up
  /// to it.
  var rejectionCoverage: TimeRange {
    covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
  }
}
