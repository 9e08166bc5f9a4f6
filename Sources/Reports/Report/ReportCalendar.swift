internal import Questions
internal import Times

/// How a report divides its time: days for what varies, steps for its chart, both by the zone's
/// clocks.
struct ReportCalendar {
  let zone: Zone
  let range: TimeRange
  /// The four weeks before the range.
  let background: TimeRange
  /// The days of the background, then those of the range.
  let days: [TimeRange]
  /// Where the range's days begin among them.
  let firstDay: Int
  /// The steps of the chart.
  let steps: [TimeRange]
  let every: Every
  let slots: Slots
  /// The coarsest counts that tell days apart.
  let dayGrain: Grain

  init(_ period: ReportPeriod, zone: Zone) throws {
    self.zone = zone
    range = period.range
    let start = zone.shifted(range, byDays: -28).since
    background = TimeRange(since: start, until: range.since)
    let before = try Every.day.buckets(covering: background, zone: zone)
    let now = try Every.day.buckets(covering: range, zone: zone)
    days = before + now
    firstDay = before.count
    every = ReportCalendar.step(of: range)
    steps = try every.buckets(covering: range, zone: zone)
    let starts = (days + steps).map(\.since)
    func isOn(_ grain: Grain) -> Bool { starts.allSatisfy { $0 % grain.length == 0 } }
    slots = Slots(by: isOn(.hour) ? .hour : .quarter, range, zone, now, firstDay, steps)
    let dayStarts = days.map(\.since)
    dayGrain =
      Grain.allCases.last { grain in dayStarts.allSatisfy { $0 % grain.length == 0 } } ?? .quarter
  }

  /// Some sixty to a hundred steps: what a page can show and an eye can count.
  private static func step(of range: TimeRange) -> Every {
    switch range.length {
    case ...(3 * Milliseconds.day): .hour
    case ...(15 * Milliseconds.day): .threeHours
    case ...(120 * Milliseconds.day): .day
    default: .week
    }
  }

  var noSteps: [Int64] { Array(repeating: 0, count: steps.count) }

  /// Of each day, whether it is a whole one that the log tells of: those can be compared.
  func wholeDays(since first: Int64, until last: Int64) -> [Bool] {
    days.enumerated().map { index, day in
      let own = index < firstDay ? background : range
      return own.since <= day.since && day.until <= own.until && first <= day.since
        && day.until <= last
    }
  }

  /// The days before the range that lie in another one; none unless all of that one's do.
  func days(of other: TimeRange) -> Range<Int> {
    guard let first = days[..<firstDay].firstIndex(where: { $0.contains(other.since) }),
      let last = days[..<firstDay].firstIndex(where: { $0.contains(other.until - 1) })
    else { return 0..<0 }
    return first..<last + 1
  }

  /// The day of a time in the range.
  func day(of time: Int64) -> Int { slots[time].day }

  /// The day of a time in the background.
  func backgroundDay(of time: Int64) -> Int {
    days[..<firstDay].firstIndex { time < $0.until } ?? max(0, firstDay - 1)
  }
}

extension ReportCalendar {
  /// Where a time belongs.
  struct Slot {
    var day: Int
    var step: Int
    /// 0 for Monday to 6.
    var weekday: Int
    var hour: Int
  }

  /// Where each stretch of a grain belongs, worked out once.
  struct Slots {
    let grain: Grain
    private let start: Int64
    private let slots: [Slot]

    fileprivate init(
      by grain: Grain, _ range: TimeRange, _ zone: Zone, _ days: [TimeRange], _ firstDay: Int,
      _ steps: [TimeRange]
    ) {
      self.grain = grain
      start = range.since.rounded(downTo: grain.length)
      var slots: [Slot] = []
      var (day, step) = (0, 0)
      for time in stride(from: start, to: max(range.until, start + 1), by: Int(grain.length)) {
        while day + 1 < days.count, days[day].until <= time { day += 1 }
        while step + 1 < steps.count, steps[step].until <= time { step += 1 }
        let (weekday, hour) = zone.weekHour(of: time)
        slots.append(Slot(day: firstDay + day, step: step, weekday: weekday, hour: hour))
      }
      self.slots = slots
    }

    subscript(time: Int64) -> Slot {
      slots[min(max(0, Int((time - start) / grain.length)), slots.count - 1)]
    }
  }
}
