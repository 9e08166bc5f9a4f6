internal import Analysis
internal import Answers
internal import Files
internal import Questions
internal import Times

/// What was counted in a stretch of time, of an incident's vendors.
struct IncidentStep: Described {
  var start: Int64
  /// Exclusive.
  var end: Int64
  var requests = 0
  var sorts: [Sort: Int] = [:]
  /// Those of the sorts that make the incident.
  var failures = 0
  /// Whether requests are all that were made, and not the errors alone.
  var knowsRequests = false

  mutating func add(_ count: Int64, of sort: MinuteSort, in incident: Incident) {
    let count = Int(clamping: count)
    guard let sort = Sort(sort) else {
      if sort == .requests { requests = requests.addingClamped(count) }
      return
    }
    sorts[sort] = (sorts[sort] ?? 0).addingClamped(count)
    if incident.sorts[sort] != nil { failures = failures.addingClamped(count) }
  }

  static let fields: Fields<IncidentStep> = [
    Field(time: "start", "where the stretch begins") { $0.start },
    Field(time: "end", "where it ends, exclusive") { $0.end },
    Field("requests", "all responses; null where successes are not known") {
      $0.knowsRequests ? $0.requests : nil
    },
    Field("failures", "errors of the sorts that make the incident") { $0.failures },
    Field("server_errors", "status 500 and above") { $0.sorts[.serverErrors] ?? 0 },
    Field("unanswered", "no response at all") { $0.sorts[.unanswered] ?? 0 },
    Field("rejections", "status 429") { $0.sorts[.rejections] ?? 0 },
    Field("refusals", "status 401 or 403") { $0.sorts[.refusals] ?? 0 },
    Field("others", "all other errors, but what the client gave up") { $0.sorts[.others] ?? 0 },
  ]
}

/// What one gateway or vendor had in an incident's time.
struct IncidentShare: Described {
  var name: String?
  var requests = 0
  var failures = 0
  var knowsRequests = true

  static let fields: Fields<IncidentShare> = [
    Field("name", "whose") { $0.name },
    Field("requests", "all responses in that time; null where successes are not known") {
      $0.knowsRequests ? $0.requests : nil
    },
    Field("failures", "errors of the sorts that make the incident") { $0.failures },
  ]
}

/// What was counted around an incident.
struct IncidentMinutes {
  /// Every minute, from half an hour before to half an hour after; of long ones, longer steps.
  var steps: [IncidentStep] = []
  /// The same time of earlier days, the latest first.
  var earlier: [IncidentStep] = []
  /// In its time, the most failures first.
  var gateways: [IncidentShare] = []
  /// The same of the vendors it is not of.
  var otherVendors: [IncidentShare] = []
}

extension Question {
  /// What was counted around an incident and at the same time before.
  func minutes(of incident: Incident) throws -> IncidentMinutes {
    let minute = Milliseconds.minute
    let around = covered(
      TimeRange(
        since: incident.start.addingClamped(-30 * minute).rounded(downTo: minute),
        until: incident.end.addingClamped(30 * minute)))
    var found = IncidentMinutes()
    if around.isEmpty { return found }
    let every = IncidentMinutes.step(of: around)
    let count = Int((around.until - around.since + every - 1) / every)
    found.steps = (0..<count).map { place in
      let start = around.since + Int64(place) * every
      return IncidentStep(start: start, end: min(start + every, around.until))
    }
    var gateways: [Int: IncidentShare] = [:]
    var others: [Int: IncidentShare] = [:]
    try eachMinute(around, of: incident) { vendor, gateway, sort, time, count in
      let isOwn = incident.numbers.contains(vendor)
      if isOwn {
        let place = Int((time - around.since) / every)
        found.steps[place].add(count, of: sort, in: incident)
      }
      guard incident.start <= time, time < incident.end else { return }
      if isOwn {
        gateways[gateway, default: IncidentShare()].add(count, of: sort, in: incident)
      } else {
        others[vendor, default: IncidentShare()].add(count, of: sort, in: incident)
      }
    }
    let knows = incident.requests != nil
    for place in found.steps.indices { found.steps[place].knowsRequests = knows }
    found.gateways =
      gateways.map { number, share in
        var share = share
        (share.name, share.knowsRequests) = (vocabulary.gateways[number], knows)
        return share
      }.inOrder
    found.otherVendors = largest(of: others)
    found.earlier = try earlier(than: incident)
    return found
  }

  /// Those with most failures: of many, names are read of few.
  private func largest(of vendors: [Int: IncidentShare]) -> [IncidentShare] {
    var largest = Ranking<Int>(5)
    for (number, share) in vendors {
      largest.add(number, size: (Int64(share.failures), Int64(share.requests))) {
        GroupName(parts: [.init(vocabulary.vendors[number])])
      }
    }
    return largest.largest.map(\.group).map { number in
      var share = vendors[number] ?? IncidentShare()
      (share.name, share.knowsRequests) = (vocabulary.vendors[number], true)
      return share
    }
  }

  /// As long a time, as many whole days earlier as it takes, and one to four weeks earlier.
  private func earlier(than incident: Incident) throws -> [IncidentStep] {
    let day = Milliseconds.day
    let length = incident.end - incident.start
    let least = (length + day - 1) / day
    let days = Array(least..<max(least, 7)) + [7, 14, 21, 28].filter { $0 >= least }
    let known = covered(TimeRange(since: .min, until: incident.start))
    return try days.compactMap { days in
      let start = incident.start.addingClamped(-days * day)
      guard start >= known.since else { return nil }
      var step = IncidentStep(
        start: start, end: start + length, knowsRequests: incident.requests != nil)
      try eachMinute(TimeRange(since: start, until: step.end), of: incident) {
        vendor, _, sort, _, count in
        if incident.numbers.contains(vendor) { step.add(count, of: sort, in: incident) }
      }
      return step
    }
  }

  /// What is counted of each sort in the minutes of a stretch that had some.
  private func eachMinute(
    _ stretch: TimeRange, of incident: Incident,
    _ body: (_ vendor: Int, _ gateway: Int, MinuteSort, _ time: Int64, _ count: Int64) -> Void
  ) throws {
    for sort in MinuteSort.allCases where sort != .cancelled {
      try archive.minuteCounts(of: sort, during: stretch) { hour, row, gateway, minutes in
        let vendor = vocabulary.vendors.number(ofStored: row)
        guard incident.numbers.contains(vendor) || asksAbout(number: vendor) else { return }
        let gateway = vocabulary.gateways.number(ofStored: gateway)
        for (place, count) in minutes.enumerated() where count != 0 {
          let time = hour + Int64(place) * Milliseconds.minute
          if stretch.contains(time) { body(vendor, gateway, sort, time, count) }
        }
      }
    }
  }
}

extension IncidentMinutes {
  /// A minute; of what is longer than three days, an hour, or as many days as it takes.
  fileprivate static func step(of stretch: TimeRange) -> Int64 {
    let length = stretch.until - stretch.since
    if length <= 3 * Milliseconds.day + Milliseconds.hour { return Milliseconds.minute }
    if length <= 90 * Milliseconds.day { return Milliseconds.hour }
    return Milliseconds.day * (1 + length / (1000 * Milliseconds.day))
  }
}

extension IncidentShare {
  fileprivate mutating func add(_ count: Int64, of sort: MinuteSort, in incident: Incident) {
    let count = Int(clamping: count)
    if sort == .requests { requests = requests.addingClamped(count) }
    if let sort = Sort(sort), incident.sorts[sort] != nil {
      failures = failures.addingClamped(count)
    }
  }
}

extension [IncidentShare] {
  fileprivate var inOrder: [IncidentShare] {
    sorted {
      ($1.failures, $1.requests, $0.name ?? "") < ($0.failures, $0.requests, $1.name ?? "")
    }
  }
}

extension [IncidentStep] {
  /// The same in fewer steps, so many at most.
  func coarser(than most: Int) -> [IncidentStep] {
    guard count > most, let first else { return self }
    let minutes: [Int64] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440]
    let length = (last?.end ?? first.end) - first.start
    let every =
      minutes.map { $0 * Milliseconds.minute }.first { length / $0 < Int64(most) }
      ?? (length / Int64(most) + 1)
    var found: [IncidentStep] = []
    for step in self {
      let start = Swift.max(first.start, step.start.rounded(downTo: every))
      if found.last?.start == start {
        found[found.count - 1].add(step)
      } else {
        found.append(step)
        found[found.count - 1].start = start
      }
    }
    return found
  }
}

extension IncidentStep {
  fileprivate mutating func add(_ later: IncidentStep) {
    end = later.end
    requests = requests.addingClamped(later.requests)
    failures = failures.addingClamped(later.failures)
    sorts.merge(later.sorts) { $0.addingClamped($1) }
  }
}

extension Int {
  /// The sum, or the largest or least number there is.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, isOverflow) = addingReportingOverflow(other)
    return isOverflow ? (other > 0 ? .max : .min) : sum
  }
}
