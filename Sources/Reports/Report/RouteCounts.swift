internal import Analysis
internal import Events
internal import Files
internal import Questions

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
    /// What its errors are; of those that are not a few.
    var parts: [Mover.Part] = []
  }

  /// Those that changed clearly.
  private(set) var clear: Ranking<Mover>
  /// Whose the errors are.
  private(set) var owners: [Blame: (now: Int64, before: Int64)] = [:]

  init(
    _ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar,
    _ comparer: Comparer, _ exposures: VendorExposures
  ) throws {
    let most = question.top.findings
    clear = Ranking(most)
    for part in try inParts({ part in
      let tally = try Tally(part, question, period, calendar)
      var clear = Ranking<Mover>(most)
      for route in tally.routes where !route.daily.isEmpty {
        let exposure = exposures.requests[route.vendor] ?? comparer.minutes(of: route.vendor)
        let group = ReportGroup(now: route.now, before: route.before, daily: route.daily)
        let subject = Mover.Subject.route(vendor: route.vendor, route: route.route)
        var mover = comparer.mover(subject, group, exposure)
        mover.parts = route.parts
        guard mover.isClear else { continue }
        clear.add(mover, size: (mover.exposure.distance(mover.compared), 0)) {
          subject.name(in: question.vocabulary).groupName
        }
      }
      return (clear: clear, owners: tally.owners)
    }) {
      clear.add(part.clear)
      owners.merge(part.owners) { ($0.now + $1.now, $0.before + $1.before) }
    }
  }

  /// Counts while they are added up: in a store there are ten thousands of routes, most of which have
  /// next to no errors.
  private struct Tally {
    private let part: Part
    private let calendar: ReportCalendar
    private var numbers = CombinationNumbers()
    private(set) var routes: [Group] = []
    /// Errors of the range, by the route's number and the day of the range.
    private var daily: [Int] = []
    private var sorts = CombinationNumbers()
    /// By route, status and kind.
    private var partNumbers = CombinationNumbers()
    private var parts: [Mover.Part] = []
    private var sortCounts: [(owner: Blame, now: Int64, before: Int64)] = []

    init(
      _ part: Part, _ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar
    ) throws {
      self.part = part
      self.calendar = calendar
      try question.eachRouteCount(during: period.range, by: calendar.dayGrain) { try add($0) }
      try question.eachRouteCount(during: period.before, by: calendar.dayGrain) {
        try add(before: $0)
      }
      dropSmallRoutes()
      try question.eachRouteCount(during: calendar.background, by: calendar.dayGrain) {
        add(background: $0)
      }
    }

    /// The days of the range itself.
    private var length: Int { calendar.days.count - calendar.firstDay }

    private mutating func add(_ error: RouteCount) throws {
      guard let number = try number(of: error) else { return }
      routes[number].now += error.count
      daily[number * length + calendar.day(of: error.time) - calendar.firstDay] += Int(error.count)
      sortCounts[sort(of: error)].now += error.count
      parts[part(of: error, on: number)].now += error.count
    }

    private mutating func add(before error: RouteCount) throws {
      guard let number = try number(of: error) else { return }
      routes[number].before += error.count
      sortCounts[sort(of: error)].before += error.count
      parts[part(of: error, on: number)].before += error.count
    }

    /// What names no route is no route, and of a few errors no change is told.
    private mutating func dropSmallRoutes() {
      let background = Array(repeating: 0, count: calendar.firstDay)
      for (number, route) in routes.enumerated()
      where route.route >= 0 && max(route.now, route.before) >= 20 {
        routes[number].daily = background + daily[number * length..<(number + 1) * length]
      }
      for (place, part) in parts.enumerated() {
        let route = Int(partNumbers[place].first)
        if !routes[route].daily.isEmpty { routes[route].parts.append(part) }
      }
      (partNumbers, parts) = (CombinationNumbers(), [])
    }

    /// Only of routes that were not dropped.
    private mutating func add(background error: RouteCount) {
      guard let number = numbers.known(Int32(error.vendor), Int32(error.route)),
        !routes[number].daily.isEmpty
      else { return }
      routes[number].daily[calendar.backgroundDay(of: error.time)] += Int(error.count)
    }

    var owners: [Blame: (now: Int64, before: Int64)] {
      sortCounts.reduce(into: [:]) { owners, sort in
        owners[sort.owner, default: (0, 0)].now += sort.now
        owners[sort.owner, default: (0, 0)].before += sort.before
      }
    }

    /// Nil where it is in another part.
    private mutating func number(of error: RouteCount) throws -> Int? {
      let (vendor, route) = (Int32(error.vendor), Int32(error.route))
      if part.count > 1, !part.holds(Part.hash([vendor, route])) { return nil }
      let number = numbers.number(of: vendor, route)
      if number == routes.count {
        if number * (80 + 8 * length) > 32 << 20 { throw Part.TooLarge() }
        routes.append(Group(vendor: error.vendor, route: error.route))
        daily.append(contentsOf: repeatElement(0, count: length))
      }
      return number
    }

    private mutating func part(of error: RouteCount, on route: Int) -> Int {
      let number = partNumbers.number(
        of: Int32(route), Int32(clamping: error.status), Int32(error.kind.rawValue))
      if number == parts.count { parts.append(Mover.Part(status: error.status, kind: error.kind)) }
      return number
    }

    private mutating func sort(of error: RouteCount) -> Int {
      let number = sorts.number(
        of: Int32(error.kind.rawValue), Int32(error.answeredBy.rawValue))
      if number == sortCounts.count {
        let blame = Blame(error.kind, answeredBy: error.answeredBy)
        sortCounts.append((blame, 0, 0))
      }
      return number
    }
  }
}
