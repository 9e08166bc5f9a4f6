internal import Analysis
internal import Files
internal import Times

/// Compares counts of a report, one after the other.
struct Comparer {
  /// Of each day of the calendar, whether its count says how such days are.
  private let isWhole: [Bool]
  private let firstDay: Int
  /// The days of what the range is compared with, where they are among the calendar's.
  private let daysBefore: Range<Int>
  /// What of the range is compared, where that is not all of it.
  let days: ComparedDays?
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
    // The day in which the log begins is no whole one, unless it begins with it.
    let first = question.extent.map { $0.since.addingClamped(-Milliseconds.hour) }
    isWhole = calendar.wholeDays(since: first ?? covered.since, until: covered.until)
    firstDay = calendar.firstDay
    daysBefore = calendar.days(of: period.before)
    days = ComparedDays(question, period, calendar)
    func minutes(_ range: TimeRange) -> Double {
      Double(question.covered(range).length) / Double(Milliseconds.minute)
    }
    self.minutes = Exposure(
      unit: .day, now: minutes(period.range), before: minutes(period.before))
  }

  var noDays: [Int] { isWhole.map { _ in 0 } }

  /// What of a group is compared.
  func compared(_ group: ReportGroup) -> ComparedCounts {
    guard let days else { return ComparedCounts(now: group.now, before: group.before) }
    func sum(_ own: Range<Int>) -> Int64 {
      own.reduce(0) { $0.addingClamped(Int64(group.daily[$1])) }
    }
    return ComparedCounts(now: sum(days.now), before: sum(days.before))
  }

  /// How far a group moved, for the order.
  func distance(_ group: ReportGroup, _ exposure: Exposure) -> Int64 {
    (days.map { exposure.of($0) } ?? exposure).distance(compared(group))
  }

  /// - Parameter exposure: that of all of the range, and of all of the time before.
  func mover(_ subject: Mover.Subject, _ group: ReportGroup, _ exposure: Exposure) -> Mover {
    let compared = compared(group)
    let own = days.map { exposure.of($0) } ?? exposure
    var scatter = Scatter(
      ofDaily: zip(group.daily, isWhole).map { $1 ? $0 : nil },
      exposures: exposure.daily.map { $0.map { Double($0) } }, before: firstDay)
    if !isWeekByWeek { scatter.earlier = .none }
    return Mover(
      subject: subject, now: group.now, before: group.before, compared: compared,
      daily: group.daily, exposure: own,
      change: steadyChange(
        from: Period(count: Int(compared.before), exposure: own.before),
        to: Period(count: Int(compared.now), exposure: own.now),
        oldDays: periods(days?.before ?? daysBefore, group, own, own.before),
        newDays: periods(days?.now ?? firstDay..<isWhole.count, group, own, own.now),
        scatter: scatter))
  }

  /// Whether a whole week is compared with the whole week before it.
  private var isWeekByWeek: Bool {
    days == nil && isWhole.count - firstDay == 7 && daysBefore == max(0, firstDay - 7)..<firstDay
      && isWhole[daysBefore].allSatisfy { $0 }
  }

  /// The days of a time, of which each has a part in its exposure.
  private func periods(
    _ days: Range<Int>, _ group: ReportGroup, _ exposure: Exposure, _ all: Double
  ) -> [Period] {
    days.map { day in
      Period(
        count: group.daily[day],
        exposure: exposure.daily.map { Double($0[day]) } ?? all / Double(days.count))
    }
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
