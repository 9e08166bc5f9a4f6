internal import Analysis
internal import Files
internal import Questions
internal import Threads
internal import Times

/// The 429s of some vendors, each vendor's in order of time.
struct RejectionLists: Sendable {
  /// By the vendor's number, those without a vendor first.
  fileprivate(set) var all: [[Rejection]] = []
  /// The vendors that have some.
  fileprivate(set) var vendors = 0

  /// So many vendors have a list each.
  fileprivate static let most = 1000

  fileprivate mutating func add(_ rejection: Rejection, of vendor: Int) {
    let missing = vendor + 2 - all.count
    if missing > 0 { all.append(contentsOf: repeatElement([], count: missing)) }
    let isFirst = all.withUnsafeMutableBufferPointer { all in
      all[vendor + 1].append(rejection)
      return all[vendor + 1].count == 1
    }
    if isFirst { vendors += 1 }
  }

  fileprivate mutating func sort() {
    for place in all.indices { all[place] = all[place].inTimeOrder() }
  }

  fileprivate init() {}

  /// Those of one stretch of time after the other; nil where vendors are too many.
  init?(joining parts: [RejectionLists]) {
    let count = parts.map(\.all.count).max() ?? 0
    all = sideBySide(count) { place in
      let lists = parts.compactMap { $0.all.indices.contains(place) ? $0.all[place] : nil }
      var joined: [Rejection] = []
      joined.reserveCapacity(lists.reduce(0) { $0 + $1.count })
      for list in lists { joined += list }
      return joined
    }
    vendors = all.count { !$0.isEmpty }
    if vendors > RejectionLists.most { return nil }
  }

  /// The vendors' numbers with their lists.
  var byVendor: [(vendor: Int, rejections: [Rejection])] {
    all.enumerated().filter { !$0.element.isEmpty }.map { ($0.offset - 1, $0.element) }
  }
}

extension Question {
  /// The 429s of the range and of the day before, of the vendors asked about; nil where these are more
  /// than have a list each: then `eachVendorsRejections` tells them.
  ///
  /// - Parameters:
  ///   - stretch: a part of that time, where not all is asked for.
  ///   - isMeant: whether a 429 counts; by default all do.
  ///   - named: whether they are told with their consumers and routes.
  ///   - other: is handed all limits of that time, for whoever looks at more of them.
  func rejectionLists(
    during stretch: TimeRange? = nil,
    where isMeant: (Limit) -> Bool = { _ in true }, named: Bool = true,
    alongside other: (Limit) -> Void = { _ in }
  ) throws -> RejectionLists? {
    var lists = RejectionLists()
    try eachRejection(during: stretch, where: isMeant, named: named, alongside: other) {
      vendor, rejection in
      if lists.vendors <= RejectionLists.most {
        lists.add(rejection, of: vendor)
      } else {
        lists.all = []
      }
    }
    if lists.vendors > RejectionLists.most { return nil }
    lists.sort()
    return lists
  }

  /// Hands over the 429s of the range and of the day before, vendor by vendor, of the vendors asked
  /// about: each in time order.
  func eachVendorsRejections(
    where isMeant: (Limit) -> Bool = { _ in true },
    _ body: (_ vendor: Int, _ rejections: [Rejection]) throws -> Void
  ) throws {
    if let lists = try rejectionLists(where: isMeant) {
      for (vendor, rejections) in lists.byVendor { try body(vendor, rejections) }
      return
    }
    // By the vendor's number, those without a vendor first: how many of each there are.
    var sizes: [Int32] = []
    try eachRejection(where: isMeant) { vendor, _ in
      let missing = vendor + 2 - sizes.count
      if missing > 0 { sizes.append(contentsOf: repeatElement(0, count: missing)) }
      sizes[vendor + 1] += 1
    }
    try eachOfMany(sizes, { try eachRejection(where: isMeant, $0) }, body)
  }

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

  /// Hands over the 429s of the range and of the day before, of the vendors asked about, run by run.
  private func eachRejection(
    during stretch: TimeRange? = nil,
    where isMeant: (Limit) -> Bool, named: Bool = true,
    alongside other: (Limit) -> Void = { _ in }, _ body: (Int, Rejection) -> Void
  ) throws {
    let vocabulary = vocabulary
    let asked = vocabulary.asked
    let vendors = vocabulary.vendors.listed()
    let consumers = named ? vocabulary.consumers.listed() : nil
    let routes = named ? vocabulary.routes.listed() : nil
    try archive.limits(during: stretch ?? rejectionCoverage) { limit in
      other(limit)
      guard limit.isRejection, isMeant(limit) else { return }
      let vendor = vendors.number(ofStored: limit.vendor) {
        vocabulary.vendors.number(ofStored: $0)
      }
      if let asked, !asked.contains(vendor) { return }
      let consumer = consumers?.number(ofStored: limit.consumer) {
        vocabulary.consumers.number(ofStored: $0)
      }
      let route = routes?.number(ofStored: limit.route) {
        vocabulary.routes.number(ofStored: $0)
      }
      body(
        vendor,
        Rejection(
          time: limit.time, consumer: Int32(consumer ?? -1), route: Int32(route ?? -1),
          retryAfter: limit.retryAfter, planLimited: limit.isPlanLimit))
    }
  }

  /// The time whose 429s are looked at: the day before the range tells what is usual, and what led up
  /// to it.
  var rejectionCoverage: TimeRange {
    covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
  }
}
