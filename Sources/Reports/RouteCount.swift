internal import Events
internal import Files
internal import Questions
internal import Times

/// Errors of one sort on one route in one stretch of time, or a single one; texts by the numbers of
/// the vocabulary, -1 for none.
struct RouteCount {
  /// The start of the stretch, or the error's time; milliseconds since the epoch.
  var time: Int64
  var vendor: Int
  var gateway: Int
  var route: Int
  var kind: Kind
  var answeredBy: AnsweredBy
  /// 0 for none.
  var status: Int64
  var count: Int64
}

extension Question {
  /// Counts the errors of the range by route and by who answered, as coarsely as they are kept: what
  /// is left at both ends is counted more finely, in the end from the events themselves.
  ///
  /// - Parameters:
  ///   - range: by default all of the question's.
  ///   - grain: the coarsest that will do. A time is the start of such a stretch, or finer.
  func eachRouteCount(
    during range: TimeRange? = nil, by grain: Grain, _ body: (RouteCount) throws -> Void
  ) throws {
    let range = range ?? self.range
    guard !range.isEmpty else { return }
    func take(_ count: StoredRouteCount) throws {
      if let count = routeCount(count) { try body(count) }
    }
    func eachFiner(_ range: TimeRange) throws {
      if let finer = Grain.allCases.last(where: { $0 < grain }) {
        return try eachRouteCount(during: range, by: finer, body)
      }
      if !range.isEmpty { try archive.routedErrors(during: range, take) }
    }
    let first = (range.since + grain.length - 1).rounded(downTo: grain.length)
    let last = range.until.rounded(downTo: grain.length)
    guard first < last else { return try eachFiner(range) }
    try eachFiner(TimeRange(since: range.since, until: first))
    try eachFiner(TimeRange(since: last, until: range.until))
    try archive.routeCounts(during: TimeRange(since: first, until: last), by: grain, take)
  }

  /// A count with its texts by number; nil where its vendor is not asked about.
  private func routeCount(_ count: StoredRouteCount) -> RouteCount? {
    let vendor = vocabulary.vendors.number(ofStored: count.vendor)
    guard vendors.isEmpty || asksAbout(number: vendor) else { return nil }
    return RouteCount(
      time: count.time, vendor: vendor,
      gateway: vocabulary.gateways.number(ofStored: count.gateway),
      route: vocabulary.routes.number(ofStored: count.route), kind: count.kind,
      answeredBy: count.answeredBy, status: count.status, count: count.count)
  }
}

extension ResponseCount {
  /// Its code and its consumer are not known.
  init(_ count: RouteCount) {
    self.init(
      time: count.time, vendor: count.vendor, gateway: count.gateway, status: count.status,
      code: -1, kind: count.kind, route: count.route, consumer: -1, answeredBy: count.answeredBy,
      count: count.count)
  }
}
