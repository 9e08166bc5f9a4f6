internal import Events
internal import Questions

/// What was counted of something in a report's range, and in what that is compared with.
struct ReportGroup {
  var now: Int64 = 0
  var before: Int64 = 0
  /// By day of ``ReportCalendar/days``.
  var daily: [Int]

  mutating func add(_ other: ReportGroup) {
    now += other.now
    before += other.before
    for day in daily.indices { daily[day] += other.daily[day] }
  }
}

/// The responses of a report's range and of what it is compared with, all vendors together.
struct ReportCounts {
  let calendar: ReportCalendar
  /// Errors by kind.
  private(set) var kinds: [Kind: ReportGroup] = [:]
  /// Successes of the range, by day of ``ReportCalendar/days``.
  private(set) var successes: [Int]
  /// Errors of the range by kind, for each step of the chart.
  private(set) var steps: [Kind: [Int64]] = [:]
  /// All responses of each step: what has none is not known to be quiet.
  private(set) var responses: [Int64]
  /// Errors of the range by weekday and hour.
  private(set) var weekHours = Array(repeating: Array(repeating: Int64(0), count: 24), count: 7)

  init(_ calendar: ReportCalendar) {
    self.calendar = calendar
    responses = Array(repeating: 0, count: calendar.steps.count)
    successes = Array(repeating: 0, count: calendar.days.count)
  }

  /// All errors.
  var errors: ReportGroup {
    kinds.values.reduce(into: ReportGroup(daily: calendar.days.map { _ in 0 })) { $0.add($1) }
  }

  mutating func add(_ response: ResponseCount, now slot: ReportCalendar.Slot) {
    responses[slot.step] += response.count
    guard let kind = response.kind else {
      successes[slot.day] += Int(response.count)
      return
    }
    with(kind) {
      $0.now += response.count
      $0.daily[slot.day] += Int(response.count)
    }
    steps[kind, default: calendar.noSteps][slot.step] += response.count
    weekHours[slot.weekday][slot.hour] += response.count
  }

  mutating func add(_ response: ResponseCount, day: Int) {
    guard let kind = response.kind else { return }
    with(kind) { $0.daily[day] += Int(response.count) }
  }

  mutating func add(before response: ResponseCount) {
    guard let kind = response.kind else { return }
    with(kind) { $0.before += response.count }
  }

  private mutating func with(_ kind: Kind, _ change: (inout ReportGroup) -> Void) {
    change(&kinds[kind, default: ReportGroup(daily: calendar.days.map { _ in 0 })])
  }
}
