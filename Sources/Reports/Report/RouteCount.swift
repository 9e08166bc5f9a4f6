internal import Events
internal import Store

struct RouteCount {
  var time: Int64
  var vendor: Int
  var route: Int
  var kind: Kind
  var answeredBy: AnsweredBy
  var count: Int64
}

extension Question {
  func eachRouteCount(
    during range: TimeRange, by grain: Grain, _ body: (RouteCount) throws -> Void
  ) throws {
    try eachError(during: range) { error in
      try body(
        RouteCount(
          time: error.time, vendor: error.vendor, route: error.route, kind: error.kind ?? .unknown,
          answeredBy: error.answeredBy, count: error.count))
    }
  }
}
