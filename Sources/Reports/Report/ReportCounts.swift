internal import Events
internal import Store

/// The responses of a report's range and of what it is compared with, by vendor, status, code and
/// kind; texts by the numbers of the vocabulary.
struct ReportCounts {
  /// What responses are told apart by.
  struct Sort: Hashable {
    var vendor: Int
    /// 0 for none.
    var status: Int64
    var code: Int
    /// Nil for a success.
    var kind: Kind?
  }

  /// What was counted of one sort.
  struct Group {
    var now: Int64 = 0
    var before: Int64 = 0
    /// In the four weeks before the range.
    var recently: Int64 = 0
    /// By day of ``ReportCalendar/days``.
    var daily: [Int]
  }

  let calendar: ReportCalendar
  private(set) var groups: [Sort: Group] = [:]
  /// Errors of the range by kind, for each step of the chart.
  private(set) var steps: [Kind: [Int64]] = [:]
  /// All responses of each step: what has none is not known to be quiet.
  private(set) var responses: [Int64]
  /// Errors of the range by weekday and hour.
  private(set) var weekHours = Array(repeating: Array(repeating: Int64(0), count: 24), count: 7)

  init(_ question: Question, _ period: ReportPeriod) throws {
    calendar = try ReportCalendar(period, zone: question.zone)
    responses = Array(repeating: 0, count: calendar.steps.count)
    let none = Group(daily: Array(repeating: 0, count: calendar.days.count))
    let slots = calendar.slots
    try question.eachResponse(during: period.range, by: slots.grain) { response in
      let slot = slots[response.time]
      groups[Sort(response), default: none].add(response, now: slot)
      responses[slot.step] += response.count
      guard let kind = response.kind else { return }
      steps[kind, default: calendar.noSteps][slot.step] += response.count
      weekHours[slot.weekday][slot.hour] += response.count
    }
    try question.eachResponse(during: calendar.background, by: calendar.dayGrain) { response in
      groups[Sort(response), default: none]
        .add(response, day: calendar.backgroundDay(of: response.time))
    }
    try question.eachResponse(during: period.before, by: calendar.dayGrain) { response in
      groups[Sort(response), default: none].before += response.count
    }
  }

  /// The sums of the range, by anything.
  func sums<Key: Hashable>(by key: (Sort) -> Key?) -> [Key: Group] {
    var sums: [Key: Group] = [:]
    for (sort, group) in groups {
      guard let key = key(sort) else { continue }
      if sums[key]?.add(group) == nil { sums[key] = group }
    }
    return sums
  }

  /// What each vendor has, successes included.
  func counts(of which: (Group) -> Int64) -> [Int: Counts] {
    var counts: [Int: Counts] = [:]
    for (sort, group) in groups where which(group) > 0 {
      counts[sort.vendor, default: Counts()].add(
        kind: sort.kind, status: sort.status, count: which(group))
    }
    return counts
  }
}

extension ReportCounts.Sort {
  fileprivate init(_ response: ResponseCount) {
    self.init(
      vendor: response.vendor, status: response.status, code: response.code, kind: response.kind)
  }
}

extension ReportCounts.Group {
  fileprivate mutating func add(_ response: ResponseCount, now slot: ReportCalendar.Slot) {
    now += response.count
    daily[slot.day] += Int(response.count)
  }

  fileprivate mutating func add(_ response: ResponseCount, day: Int) {
    recently += response.count
    daily[day] += Int(response.count)
  }

  fileprivate mutating func add(_ other: Self) {
    now += other.now
    before += other.before
    recently += other.recently
    for day in daily.indices { daily[day] += other.daily[day] }
  }
}
