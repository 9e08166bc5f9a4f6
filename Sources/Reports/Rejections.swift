internal import Analysis
internal import Files
internal import Questions
internal import Times

extension Question {
  /// Hands over the 429s of the range and of the day before, vendor by vendor, of the vendors asked
  /// about: each in time order.
  ///
  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func eachVendorsRejections(
    where isMeant: (Limit) -> Bool = { _ in true },
    _ body: (_ vendor: Int, _ rejections: [Rejection]) throws -> Void
  ) throws {
    func each(_ add: (Int, Rejection) -> Void) throws {
      try archive.limits(during: rejectionCoverage) { limit in
        guard limit.isRejection, isMeant(limit) else { return }
        let vendor = vocabulary.vendors.number(ofStored: limit.vendor)
        guard asksAbout(number: vendor) else { return }
        add(vendor, rejection(limit))
      }
    }
    // By the vendor's number, those without a vendor first; and how many of each there are.
    var lists: [[Rejection]] = []
    var sizes: [Int32] = []
    var vendors = 0
    try each { vendor, rejection in
      let missing = vendor + 2 - sizes.count
      if missing > 0 {
        sizes.append(contentsOf: repeatElement(0, count: missing))
        if vendors <= Question.fewVendors {
          lists.append(contentsOf: repeatElement([], count: missing))
        }
      }
      if sizes[vendor + 1] == 0 { vendors += 1 }
      sizes[vendor + 1] += 1
      if vendors <= Question.fewVendors {
        lists[vendor + 1].append(rejection)
      } else {
        lists = []
      }
    }
    if vendors <= Question.fewVendors {
      for place in lists.indices where !lists[place].isEmpty {
        try body(place - 1, lists[place].inTimeOrder())
        lists[place] = []
      }
      return
    }
    try eachOfMany(sizes, each, body)
  }

  /// So many vendors have a list each.
  private static let fewVendors = 1000

  /// Of many vendors some are read at a time, all in one list.
  private func eachOfMany(
    _ sizes: [Int32], _ each: ((Int, Rejection) -> Void) throws -> Void,
    _ body: (Int, [Rejection]) throws -> Void
  ) throws {
    let most = 1 << 19
    var first = 0
    while first < sizes.count {
      var (end, size) = (first, 0)
      while end < sizes.count, size == 0 || size + Int(sizes[end]) <= most {
        size += Int(sizes[end])
        end += 1
      }
      defer { first = end }
      if size == 0 { continue }
      var starts = [0]
      for place in first..<end { starts.append((starts.last ?? 0) + Int(sizes[place])) }
      var ends = Array(starts.dropLast())
      var list = Array(repeating: Rejection(time: 0), count: size)
      try each { vendor, rejection in
        let place = vendor + 1 - first
        // What was stored between two readings is left out.
        guard ends.indices.contains(place), ends[place] < starts[place + 1] else { return }
        list[ends[place]] = rejection
        ends[place] += 1
      }
      for place in ends.indices where ends[place] > starts[place] {
        try body(first + place - 1, Array(list[starts[place]..<ends[place]]).inTimeOrder())
      }
    }
  }

  private func rejection(_ limit: Limit) -> Rejection {
    Rejection(
      time: limit.time, consumer: Int32(vocabulary.consumers.number(ofStored: limit.consumer)),
      route: Int32(vocabulary.routes.number(ofStored: limit.route)), retryAfter: limit.retryAfter,
      planLimited: limit.isPlanLimit)
  }

  /// The time whose 429s are looked at: the day before the range tells what is usual, and what led up
  /// to it.
  var rejectionCoverage: TimeRange {
    covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
  }
}
