internal import Events
internal import Store

/// Errors of a report by route, and by whose they are.
struct RouteCounts {
  struct Route: Hashable {
    var vendor: Int
    var route: Int
  }

  struct Owner: Hashable {
    var vendor: Int
    var blame: Blame
  }

  /// What was counted of a route.
  struct Group {
    var now: Int64 = 0
    var before: Int64 = 0
    /// By day of ``ReportCalendar/days``.
    var daily: [Int]

    fileprivate mutating func add(_ count: Int64, day: Int) {
      now += count
      daily[day] += Int(count)
    }
  }

  private(set) var routes: [Route: Group] = [:]
  private(set) var owners: [Owner: (now: Int64, before: Int64)] = [:]

  init(_ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar) throws {
    let none = Group(daily: Array(repeating: 0, count: calendar.days.count))
    try question.eachRouteCount(during: period.range, by: calendar.dayGrain) { error in
      let day = calendar.day(of: error.time)
      routes[Route(error), default: none].add(error.count, day: day)
      owners[Owner(error), default: (0, 0)].now += error.count
    }
    try question.eachRouteCount(during: period.before, by: calendar.dayGrain) { error in
      routes[Route(error), default: none].before += error.count
      owners[Owner(error), default: (0, 0)].before += error.count
    }
    // What names no route is no route, and of a few errors no change is told.
    routes = routes.filter { $0.key.route >= 0 && max($0.value.now, $0.value.before) >= 20 }
    try question.eachRouteCount(during: calendar.background, by: calendar.dayGrain) { error in
      let day = calendar.backgroundDay(of: error.time)
      routes[Route(error)]?.daily[day] += Int(error.count)
    }
  }
}

extension RouteCounts.Route {
  fileprivate init(_ error: RouteCount) {
    self.init(vendor: error.vendor, route: error.route)
  }
}

extension RouteCounts.Owner {
  fileprivate init(_ error: RouteCount) {
    self.init(vendor: error.vendor, blame: Blame(error.kind, answeredBy: error.answeredBy))
  }
}
