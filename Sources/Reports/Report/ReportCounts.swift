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
  /// Errors by kind, by its raw value; without days for what did not come.
  private var groups = Array(repeating: ReportGroup(daily: []), count: ReportCounts.places)
  /// Successes of the range, by day of ``ReportCalendar/days``.
  private(set) var successes: [Int]
  /// Errors of the range by kind, for each step of the chart; empty for what did not come.
  private var stepsByKind: [[Int64]] = Array(repeating: [], count: ReportCounts.places)
  /// All responses of each step: what has none is not known to be quiet.
  private(set) var responses: [Int64]
  /// Errors of the range by weekday and hour.
  private(set) var weekHours = Array(repeating: Array(repeating: Int64(0), count: 24), count: 7)

  private static let places = (Kind.allCases.map { Int($0.rawValue) }.max() ?? 0) + 1

  init(_ calendar: ReportCalendar) {
    self.calendar = calendar
    responses = Array(repeating: 0, count: calendar.steps.count)
    successes = Array(repeating: 0, count: calendar.days.count)
  }

  /// All errors.
  var errors: ReportGroup {
    kinds.values.reduce(into: noErrors) { $0.add($1) }
  }

  /// Errors by kind, of those that came.
  var kinds: [Kind: ReportGroup] {
    Kind.allCases.reduce(into: [:]) { kinds, kind in
      let group = groups[Int(kind.rawValue)]
      if !group.daily.isEmpty { kinds[kind] = group }
    }
  }

  /// Errors of the range of a kind, for each step of the chart.
  func steps(of kind: Kind) -> [Int64] {
    let steps = stepsByKind[Int(kind.rawValue)]
    return steps.isEmpty ? calendar.noSteps : steps
  }

  private var noErrors: ReportGroup { ReportGroup(daily: calendar.days.map { _ in 0 }) }

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
    let place = Int(kind.rawValue)
    if stepsByKind[place].isEmpty { stepsByKind[place] = calendar.noSteps }
    stepsByKind[place][slot.step] += response.count
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

  @inline(__always)
  private mutating func with(_ kind: Kind, _ change: (inout ReportGroup) -> Void) {
    let place = Int(kind.rawValue)
    if groups[place].daily.isEmpty { groups[place] = noErrors }
    change(&groups[place])
  }
}
