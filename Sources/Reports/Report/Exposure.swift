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
  /// Requests of each day of the calendar, 0 where they are not known; nil where days are as good as
  /// one another.
  var daily: [Int32]?

  /// Whether there is as much of it both times: then counts can be compared as they are.
  var isEven: Bool { abs(now - before) <= 0.001 * max(now, before) }

  /// How many of the range would be as many as there were before.
  func expected(from count: Int64) -> Double {
    before > 0 ? Double(count) * now / before : Double(count)
  }

  /// How far something moved, for the order: larger where it moved farther.
  func distance(_ compared: ComparedCounts) -> Int64 {
    Int64(
      bitPattern: abs(Double(compared.now) - expected(from: compared.before)).bitPattern)
  }

  /// Errors a request, or a day; nil where there is nothing to divide by.
  func rate(of count: Int64, now isNow: Bool) -> Double? {
    let exposure = (isNow ? now : before) / (unit == .day ? 1440 : 1)
    return exposure > 0 ? Double(count) / exposure : nil
  }

  /// That of the days alone which are compared.
  func of(_ days: ComparedDays) -> Exposure {
    func part(_ own: Range<Int>, _ share: Double, of all: Double) -> Double {
      daily.map { daily in own.reduce(0) { $0 + Double(daily[$1]) } } ?? all * share
    }
    var exposure = self
    exposure.now = part(days.now, days.shareNow, of: now)
    exposure.before = part(days.before, days.shareBefore, of: before)
    return exposure
  }
}

/// The counts that are compared: of the range and the time before, or of the same part of both.
struct ComparedCounts: Equatable {
  var now: Int64
  var before: Int64
}

/// The days that can be compared where the log begins within the time before: those from its first
/// whole day on, and of the range the same. None where there is no whole one.
struct ComparedDays: Equatable {
  /// Of ``ReportCalendar/days``.
  var now: Range<Int>
  var before: Range<Int>
  /// Their part of the minutes of which the log tells.
  var shareNow: Double
  var shareBefore: Double

  /// Nil where all of the range can be compared.
  init?(_ question: Question, _ period: ReportPeriod, _ calendar: ReportCalendar) {
    guard let known = question.firstKnown(in: period.before) else { return nil }
    let all = calendar.days(of: period.before)
    let isAligned =
      all.first.map { calendar.days[$0].since == period.before.since } ?? false
      && calendar.days[calendar.firstDay].since == period.range.since
    let days =
      isAligned
      ? all.filter { place in
        let day = calendar.days[place]
        return known < day.since + Milliseconds.hour && day.until <= period.before.until
          && calendar.firstDay + place - all.lowerBound < calendar.days.count
      } : []
    guard let first = days.first, let last = days.last else {
      (now, before, shareNow, shareBefore) = (0..<0, 0..<0, 0, 0)
      return
    }
    let shift = calendar.firstDay - all.lowerBound
    before = first..<last + 1
    now = first + shift..<last + 1 + shift
    func share(_ own: Range<Int>, of range: TimeRange) -> Double {
      let length = own.reduce(Int64(0)) { $0 + calendar.days[$1].length }
      return Double(length) / Double(max(length, question.covered(range).length))
    }
    shareNow = share(now, of: period.range)
    shareBefore = share(before, of: period.before)
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

  /// - Parameters:
  ///   - errors: of each day.
  ///   - successes: of each day. Before the first of them, they may not have been logged.
  mutating func add(
    _ vendor: Int, _ now: Counts, _ before: Counts, errors: [Int], successes: [Int]
  ) -> Exposure? {
    guard now.requests > 0 || before.requests > 0 else { return nil }
    guard now.successes > 0, before.successes > 0 else {
      areAll = false
      return nil
    }
    let first = successes.firstIndex { $0 > 0 } ?? successes.count
    let exposure = Exposure(
      unit: .request, now: Double(now.requests), before: Double(before.requests),
      daily: errors.indices.map { day in
        let requests = Int64(errors[day]).addingClamped(Int64(successes[day]))
        return day < first ? 0 : Int32(clamping: requests)
      })
    areAny = true
    sums.add(exposure)
    if max(now.errors, before.errors) >= 20 { requests[vendor] = exposure }
    return exposure
  }

  mutating func add(_ other: VendorExposures) {
    requests.merge(other.requests) { $1 }
    if other.areAny { sums.add(other.sums) }
    areAny = areAny || other.areAny
    areAll = areAll && other.areAll
  }
}

extension Exposure {
  fileprivate mutating func add(_ other: Exposure) {
    now += other.now
    before += other.before
    guard let days = other.daily else { return }
    daily = zip(daily ?? days.map { _ in 0 }, days).map { Int32(clamping: Int64($0) + Int64($1)) }
  }
}
