internal import Analysis
internal import Files
internal import Times

/// What counts are compared by: requests where they are known, else time.
struct Exposure: Equatable {
  enum Unit: String, CaseIterable { case request, day }

  var unit: Unit
  /// Requests, or minutes of which the log tells.
  var now: Double
  var before: Double

  /// Whether there is as much of it both times: then counts can be compared as they are.
  var isEven: Bool { abs(now - before) <= 0.001 * max(now, before) }

  /// How many of the range would be as many as there were before.
  func expected(from count: Int64) -> Double {
    before > 0 ? Double(count) * now / before : Double(count)
  }

  /// How far something moved, for the order: larger where it moved farther.
  func distance(_ group: ReportGroup) -> Int64 {
    Int64(bitPattern: abs(Double(group.now) - expected(from: group.before)).bitPattern)
  }

  /// Errors a request, or a day; nil where there is nothing to divide by.
  func rate(of count: Int64, now isNow: Bool) -> Double? {
    let exposure = (isNow ? now : before) / (unit == .day ? 1440 : 1)
    return exposure > 0 ? Double(count) / exposure : nil
  }
}

/// The requests of vendors, where successes are in the log both times.
struct VendorExposures {
  /// Of those that have more than a few errors.
  private(set) var requests: [Int: Exposure] = [:]
  private var sums = Exposure(unit: .request, now: 0, before: 0)
  private var areAny = false
  private var areAll = true

  /// The requests of all, where every vendor has some.
  var all: Exposure? { areAny && areAll ? sums : nil }

  mutating func add(_ vendor: Int, _ now: Counts, _ before: Counts) -> Exposure? {
    guard now.requests > 0 || before.requests > 0 else { return nil }
    guard now.successes > 0, before.successes > 0 else {
      areAll = false
      return nil
    }
    let exposure = Exposure(
      unit: .request, now: Double(now.requests), before: Double(before.requests))
    areAny = true
    sums.now += exposure.now
    sums.before += exposure.before
    if max(now.errors, before.errors) >= 20 { requests[vendor] = exposure }
    return exposure
  }

  mutating func add(_ other: VendorExposures) {
    requests.merge(other.requests) { $1 }
    sums.now += other.sums.now
    sums.before += other.sums.before
    areAny = areAny || other.areAny
    areAll = areAll && other.areAll
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
  private let silent: [Int: (now: Double, before: Double)]

  init(
    _ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar, gaps: [LoggingGap]
  ) throws {
    var silent: [Int: (now: Double, before: Double)] = [:]
    func minutes(of gap: LoggingGap) -> Double {
      Double(gap.end - gap.start) / Double(Milliseconds.minute)
    }
    for gap in gaps { silent[gap.number, default: (0, 0)].now += minutes(of: gap) }
    for gap in try question.during(period.before).loggingGaps() {
      silent[gap.number, default: (0, 0)].before += minutes(of: gap)
    }
    self.silent = silent
    let covered = question.covered(TimeRange(since: .min, until: .max))
    isWhole = calendar.wholeDays(since: covered.since, until: covered.until)
    firstDay = calendar.firstDay
    daysBefore = calendar.days(of: period.before)
    func minutes(_ range: TimeRange) -> Double {
      Double(question.covered(range).length) / Double(Milliseconds.minute)
    }
    self.minutes = Exposure(
      unit: .day, now: minutes(period.range), before: minutes(period.before))
  }

  var noDays: [Int] { isWhole.map { _ in 0 } }

  func mover(_ subject: Mover.Subject, _ group: ReportGroup, _ exposure: Exposure) -> Mover {
    Mover(
      subject: subject, now: group.now, before: group.before, daily: group.daily,
      exposure: exposure,
      change: steadyChange(
        from: Period(count: Int(group.before), exposure: exposure.before),
        to: Period(count: Int(group.now), exposure: exposure.now),
        oldDays: daysBefore.map { group.daily[$0] }, newDays: Array(group.daily[firstDay...]),
        dispersion: overdispersion(
          ofDaily: zip(group.daily, isWhole).map { $1 ? $0 : nil }, before: firstDay)))
  }

  /// What is compared by time; of all vendors for nil.
  func minutes(of vendor: Int?) -> Exposure {
    guard let silent = vendor.flatMap({ silent[$0] }) else { return minutes }
    var exposure = minutes
    exposure.now = max(0, exposure.now - silent.now)
    exposure.before = max(0, exposure.before - silent.before)
    return exposure
  }
}
