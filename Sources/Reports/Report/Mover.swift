internal import Analysis
internal import Events

/// How a part of the errors goes, against what it is compared with.
struct Mover {
  /// What the errors have in common.
  enum Subject: Hashable {
    case vendor(Int)
    case kind(Kind)
    case sort(ReportCounts.Sort)
    case route(vendor: Int, route: Int)
  }

  var subject: Subject
  var now: Int64
  var before: Int64
  /// By day of ``ReportCalendar/days``.
  var daily: [Int]
  var exposure: Exposure
  var change: Change

  /// How far it moved, for the order: in errors of the range.
  var distance: Double {
    abs(Double(now) - exposure.expected(from: before))
  }

  /// Whether it is worth a line: what is new or gone is so only if it is not a few.
  var isClear: Bool {
    switch change.direction {
    case .up, .down: true
    case .new, .gone: max(now, before) >= 20
    case .noClearChange: false
    }
  }
}

/// What counts are compared by: requests where they are known, else time.
struct Exposure: Equatable {
  enum Unit: String { case request, day }

  var unit: Unit
  /// Requests, or minutes of which the log tells.
  var now: Double
  var before: Double

  /// Whether there is as much of it both times: then counts can be compared as they are.
  var isEven: Bool { abs(now - before) <= 0.001 * max(now, before) }

  /// How many of the range would be as many as there were before.
  fileprivate func expected(from count: Int64) -> Double {
    before > 0 ? Double(count) * now / before : Double(count)
  }

  /// Errors a request, or a day; nil where there is nothing to divide by.
  func rate(of count: Int64, now isNow: Bool) -> Double? {
    let exposure = (isNow ? now : before) / (unit == .day ? 1440 : 1)
    return exposure > 0 ? Double(count) / exposure : nil
  }
}

/// Compares counts of a report, one after the other.
struct Comparer {
  /// Of each day of the calendar, whether its count says how such days are.
  private let isWhole: [Bool]
  private let firstDay: Int
  /// The days of what the range is compared with, where they are among the calendar's.
  private let daysBefore: Range<Int>
  private let minutes: Exposure
  /// Minutes in which nothing was logged, by vendor: they are no exposure.
  private let silent: [String?: (now: Double, before: Double)]
  private let vendors: Names
  /// Requests by vendor, where successes are in the log both times.
  private let requests: [Int: Exposure]
  /// The requests of all, where every vendor with errors has some.
  private let allRequests: Exposure?

  init(
    _ question: Question, _ period: ReportPeriod, _ counts: ReportCounts, gaps: [LoggingGap]
  ) throws {
    var silent: [String?: (now: Double, before: Double)] = [:]
    func minutes(of gap: LoggingGap) -> Double {
      Double(gap.end - gap.start) / Double(Milliseconds.minute)
    }
    for gap in gaps { silent[gap.vendor, default: (0, 0)].now += minutes(of: gap) }
    for gap in try question.during(period.before).loggingGaps() {
      silent[gap.vendor, default: (0, 0)].before += minutes(of: gap)
    }
    self.silent = silent
    vendors = question.vocabulary.vendors
    let covered = question.covered(TimeRange(since: .min, until: .max))
    isWhole = counts.calendar.wholeDays(since: covered.since, until: covered.until)
    firstDay = counts.calendar.firstDay
    daysBefore = counts.calendar.days(of: period.before)
    func minutes(_ range: TimeRange) -> Double {
      Double(question.covered(range).length) / Double(Milliseconds.minute)
    }
    self.minutes = Exposure(
      unit: .day, now: minutes(period.range), before: minutes(period.before))
    let now = counts.counts { $0.now }
    let before = counts.counts { $0.before }
    var requests: [Int: Exposure] = [:]
    for (vendor, counts) in now where counts.successes > 0 {
      guard let old = before[vendor], old.successes > 0 else { continue }
      requests[vendor] = Exposure(
        unit: .request, now: Double(counts.requests), before: Double(old.requests))
    }
    self.requests = requests
    let isComplete =
      !requests.isEmpty && Set(now.keys).union(before.keys).allSatisfy { requests[$0] != nil }
    allRequests =
      isComplete
      ? Exposure(
        unit: .request, now: requests.values.reduce(0) { $0 + $1.now },
        before: requests.values.reduce(0) { $0 + $1.before }) : nil
  }

  /// - Parameter vendor: nil for all of them.
  func mover(
    _ subject: Mover.Subject, now: Int64, before: Int64, daily: [Int], vendor: Int?
  ) -> Mover {
    let exposure = (vendor.map { requests[$0] } ?? allRequests) ?? minutes(of: vendor)
    return Mover(
      subject: subject, now: now, before: before, daily: daily, exposure: exposure,
      change: steadyChange(
        from: Period(count: Int(before), exposure: exposure.before),
        to: Period(count: Int(now), exposure: exposure.now),
        oldDays: daysBefore.map { daily[$0] }, newDays: Array(daily[firstDay...]),
        dispersion: overdispersion(
          ofDaily: zip(daily, isWhole).map { $1 ? $0 : nil }, before: firstDay)))
  }

  private func minutes(of vendor: Int?) -> Exposure {
    guard let vendor, let silent = silent[vendors[vendor]] else { return minutes }
    var exposure = minutes
    exposure.now = max(0, exposure.now - silent.now)
    exposure.before = max(0, exposure.before - silent.before)
    return exposure
  }

  func mover(_ subject: Mover.Subject, _ group: ReportCounts.Group, vendor: Int?) -> Mover {
    mover(subject, now: group.now, before: group.before, daily: group.daily, vendor: vendor)
  }
}

/// Everything of a report that went some way, by what it is.
struct Movers {
  /// All errors.
  var total: Mover
  var vendors: [Mover]
  var kinds: [Mover]
  var sorts: [Mover]
  var routes: [Mover]

  init(_ counts: ReportCounts, _ routeCounts: RouteCounts, _ comparer: Comparer) {
    let all = counts.sums { $0.kind == nil ? nil : true }[true]
    total = comparer.mover(
      .kind(.unknown), now: all?.now ?? 0, before: all?.before ?? 0,
      daily: all?.daily ?? counts.calendar.days.map { _ in 0 }, vendor: nil)
    vendors = counts.sums { $0.kind == nil ? nil : $0.vendor }.compactMap { vendor, group in
      group.isInEither ? comparer.mover(.vendor(vendor), group, vendor: vendor) : nil
    }
    kinds = counts.sums { $0.kind }.compactMap { kind, group in
      group.isInEither ? comparer.mover(.kind(kind), group, vendor: nil) : nil
    }
    sorts = counts.groups.compactMap { sort, group in
      sort.kind != nil && group.isInEither
        ? comparer.mover(.sort(sort), group, vendor: sort.vendor) : nil
    }
    routes = routeCounts.routes.map { group in
      comparer.mover(
        .route(vendor: group.vendor, route: group.route), now: group.now, before: group.before,
        daily: group.daily, vendor: group.vendor)
    }
  }
}

extension ReportCounts.Group {
  fileprivate var isInEither: Bool { now > 0 || before > 0 }
}
