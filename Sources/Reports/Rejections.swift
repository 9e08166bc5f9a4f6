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

  /// - Parameter places: a vendor's number and one more, of each.
  fileprivate mutating func add(_ rejections: [Rejection], of places: [Int32]) {
    let missing = Int(places.max() ?? -1) + 1 - all.count
    if missing > 0 { all.append(contentsOf: repeatElement([], count: missing)) }
    vendors += all.add(rejections, to: places)
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
  ///   - isMeant: whether a 429 counts; nil for all.
  ///   - named: whether they are told with their consumers and routes.
  ///   - other: is handed all limits of that time, for whoever looks at more of them.
  func rejectionLists(
    during stretch: TimeRange? = nil,
    where isMeant: ((Limit) -> Bool)? = nil, named: Bool = true,
    alongside other: ([Limit]) -> Void = { _ in }
  ) throws -> RejectionLists? {
    var lists = RejectionLists()
    try eachRejection(during: stretch, where: isMeant, named: named, alongside: other) {
      places, rejections in
      if lists.vendors <= RejectionLists.most {
        lists.add(rejections, of: places)
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
    where isMeant: ((Limit) -> Bool)? = nil,
    _ body: (_ vendor: Int, _ rejections: [Rejection]) throws -> Void
  ) throws {
    if let lists = try rejectionLists(where: isMeant) {
      for (vendor, rejections) in lists.byVendor { try body(vendor, rejections) }
      return
    }
    // By the vendor's number, those without a vendor first: how many of each there are.
    var sizes: [Int32] = []
    try eachRejection(where: isMeant) { places, _ in
      let missing = Int(places.max() ?? -1) + 1 - sizes.count
      if missing > 0 { sizes.append(contentsOf: repeatElement(0, count: missing)) }
      for place in places { sizes[Int(place)] += 1 }
    }
    try eachOfMany(sizes, { try eachRejection(where: isMeant, $0) }, body)
  }

  /// Of many vendors some are read at a time, all in one list.
  private func eachOfMany(
    _ sizes: [Int32], _ each: (([Int32], [Rejection]) -> Void) throws -> Void,
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
      try each { places, rejections in
        for (place, rejection) in zip(places, rejections) {
          let place = Int(place) - first
          // What was stored between two readings is left out.
          guard ends.indices.contains(place), ends[place] < starts[place + 1] else { continue }
          list[ends[place]] = rejection
          ends[place] += 1
        }
      }
      for place in ends.indices where ends[place] > starts[place] {
        try body(first + place - 1, Array(list[starts[place]..<ends[place]]).inTimeOrder())
      }
    }
  }

  /// Hands over the 429s of the range and of the day before, of the vendors asked about, run by run,
  /// many at a time: of each its vendor's number and one more.
  private func eachRejection(
    during stretch: TimeRange? = nil,
    where isMeant: ((Limit) -> Bool)?, named: Bool = true,
    alongside other: ([Limit]) -> Void = { _ in },
    _ body: (_ places: [Int32], _ rejections: [Rejection]) -> Void
  ) throws {
    var reader = RejectionReader(self, isMeant, named: named)
    try archive.limitLists(during: stretch ?? rejectionCoverage) { limits in
      other(limits)
      reader.read(limits)
      if !reader.places.isEmpty { body(reader.places, reader.rejections) }
    }
  }

  /// The time whose 429s are looked at: the day before the range tells what is usual, and what led up
  /// to it.
  var rejectionCoverage: TimeRange {
    covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
  }
}

/// Tells the 429s among limits as detectors know them. Of millions of events this is asked a million times,
/// so that it is compiled to be fast rather than small.
private struct RejectionReader {
  private let vocabulary: Vocabulary
  private let isMeant: ((Limit) -> Bool)?
  private let asksAll: Bool
  private let isNamed: Bool
  private let vendors: NumberList
  private let consumers: NumberList
  private let routes: NumberList
  /// Of those that were read last: the vendor's number and one more, of each.
  private(set) var places: [Int32] = []
  private(set) var rejections: [Rejection] = []

  init(_ question: Question, _ isMeant: ((Limit) -> Bool)?, named: Bool) {
    vocabulary = question.vocabulary
    self.isMeant = isMeant
    asksAll = vocabulary.asked == nil
    isNamed = named
    vendors = vocabulary.vendors.listed()
    consumers = named ? vocabulary.consumers.listed() : NumberList()
    routes = named ? vocabulary.routes.listed() : NumberList()
  }

  @_optimize(speed)
  mutating func read(_ limits: [Limit]) {
    rejections = Array(unsafeUninitializedCapacity: limits.count) { rejections, count in
      places = Array(unsafeUninitializedCapacity: limits.count) { places, own in
        limits.withUnsafeBufferPointer { limits in
          for number in limits.indices where limits[number].isRejection {
            if let isMeant, !isMeant(limits[number]) { continue }
            let vendor = vendors.number(ofStored: limits[number].vendor) {
              vocabulary.vendors.number(ofStored: $0)
            }
            if !asksAll, vocabulary.asked?.contains(vendor) == false { continue }
            var (consumer, route) = (-1, -1)
            if isNamed {
              consumer = consumers.number(ofStored: limits[number].consumer) {
                vocabulary.consumers.number(ofStored: $0)
              }
              route = routes.number(ofStored: limits[number].route) {
                vocabulary.routes.number(ofStored: $0)
              }
            }
            places[count] = Int32(vendor + 1)
            (rejections.baseAddress.map { $0 + count })?.initialize(
              to: Rejection(
                time: limits[number].time, consumer: Int32(consumer), route: Int32(route),
                retryAfter: limits[number].retryAfter, planLimited: limits[number].isPlanLimit))
            count += 1
          }
        }
        own = count
      }
    }
  }
}
