internal import Analysis
internal import Events
internal import Store

/// Errors of a report by route, and by whose they are.
struct RouteCounts {
  /// What was counted on a route.
  struct Group {
    let vendor: Int
    let route: Int
    var now: Int64 = 0
    var before: Int64 = 0
    /// By day of ``ReportCalendar/days``.
    var daily: [Int] = []
  }

  struct Owner: Hashable {
    var vendor: Int
    var blame: Blame
  }

  /// Those that had more than a few errors, in no order.
  let routes: [Group]
  let owners: [Owner: (now: Int64, before: Int64)]

  init(_ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar) throws {
    var tally = Tally(calendar)
    try question.eachRouteCount(during: period.range, by: calendar.dayGrain) { tally.add($0) }
    try question.eachRouteCount(during: period.before, by: calendar.dayGrain) {
      tally.add(before: $0)
    }
    owners = tally.owners
    tally.dropSmallRoutes()
    try question.eachRouteCount(during: calendar.background, by: calendar.dayGrain) {
      tally.add(background: $0)
    }
    routes = tally.routes.filter { !$0.daily.isEmpty }
  }

  /// Counts while they are added up: in a store there are ten thousands of routes, most of which have
  /// next to no errors.
  private struct Tally {
    private let calendar: ReportCalendar
    private var numbers = CombinationNumbers()
    private(set) var routes: [Group] = []
    /// Errors of the range, by the route's number and the day of the range.
    private var daily: [Int] = []
    private var sorts = CombinationNumbers()
    private var sortCounts: [(owner: Owner, now: Int64, before: Int64)] = []

    init(_ calendar: ReportCalendar) {
      self.calendar = calendar
    }

    /// The days of the range itself.
    private var length: Int { calendar.days.count - calendar.firstDay }

    mutating func add(_ error: RouteCount) {
      let number = number(of: error)
      routes[number].now += error.count
      daily[number * length + calendar.day(of: error.time) - calendar.firstDay] += Int(error.count)
      sortCounts[sort(of: error)].now += error.count
    }

    mutating func add(before error: RouteCount) {
      routes[number(of: error)].before += error.count
      sortCounts[sort(of: error)].before += error.count
    }

    /// What names no route is no route, and of a few errors no change is told.
    mutating func dropSmallRoutes() {
      let background = Array(repeating: 0, count: calendar.firstDay)
      for (number, route) in routes.enumerated()
      where route.route >= 0 && max(route.now, route.before) >= 20 {
        routes[number].daily = background + daily[number * length..<(number + 1) * length]
      }
    }

    /// Only of routes that were not dropped.
    mutating func add(background error: RouteCount) {
      let number = number(of: error)
      if routes[number].daily.isEmpty { return }
      routes[number].daily[calendar.backgroundDay(of: error.time)] += Int(error.count)
    }

    var owners: [Owner: (now: Int64, before: Int64)] {
      sortCounts.reduce(into: [:]) { owners, sort in
        owners[sort.owner, default: (0, 0)].now += sort.now
        owners[sort.owner, default: (0, 0)].before += sort.before
      }
    }

    private mutating func number(of error: RouteCount) -> Int {
      let number = numbers.number(of: Int32(error.vendor), Int32(error.route))
      if number == routes.count {
        routes.append(Group(vendor: error.vendor, route: error.route))
        daily.append(contentsOf: repeatElement(0, count: length))
      }
      return number
    }

    private mutating func sort(of error: RouteCount) -> Int {
      let number = sorts.number(
        of: Int32(error.vendor), Int32(error.kind.rawValue), Int32(error.answeredBy.rawValue))
      if number == sortCounts.count {
        let blame = Blame(error.kind, answeredBy: error.answeredBy)
        sortCounts.append((Owner(vendor: error.vendor, blame: blame), 0, 0))
      }
      return number
    }
  }
}
