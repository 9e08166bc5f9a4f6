import Analysis
import Foundation

/// Four weeks of vendors' traffic and what was done to it.
struct Scenario {
  /// What somebody on call would call an incident.
  struct Truth {
    /// The first minute with a failure of it, to the last one.
    var minutes: Range<Int>
    /// What it may be called.
    var what: Set<Trouble>
    /// Whether its edges are sharp, so that they can be told.
    var isSharp = true
    var vendors: [Int] = [0]
  }

  var traffic: [Traffic] = []
  var troubles: [Truth] = []
  /// How often its habits come.
  var habits: [Cycle] = []

  static let start: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z, a Monday
  static let days = 28
  static let length = days * 1440

  /// All that the detector tells of it.
  func findings() -> IncidentFindings {
    var all: [FoundIncident] = []
    var habits: [FoundHabit] = []
    for (number, vendor) in traffic.enumerated() {
      let found = incidents(
        of: vendor.counted(), from: Self.start, localMinutes: vendor.clock.minutes)
      all += found.incidents.map { incident in
        var incident = incident
        incident.vendors = [number]
        return incident
      }
      habits += found.habits
    }
    return IncidentFindings(
      incidents: joinedByCause(all) { _ in traffic.count }, habits: habits)
  }
}

/// The clock on the wall of a vendor's callers.
enum Clock: CaseIterable {
  case utc, india, newYork, berlin

  /// Minutes to add to UTC; summer time begins within the four weeks, in Berlin after them.
  func minutes(_ time: Int64) -> Int {
    switch self {
    case .utc: 0
    case .india: 330
    case .newYork: time < 1_772_953_200_000 ? -300 : -240
    case .berlin: 60
    }
  }
}

/// The responses of one vendor, by the minute.
struct Traffic {
  private(set) var successes: [Int32]
  private(set) var errors: [Sort: [Int32]] = [:]
  var clock = Clock.utc
  /// Whether its successes are in the log.
  var isWhole = true
  var chance: Chance

  /// How the hours of the day and the weekend compare.
  struct Season {
    var swing: Double
    var peak: Double
    var weekend: Double

    func factor(_ localMinute: Int) -> Double {
      let day = (localMinute / 1440) % 7
      let hour = Double(localMinute % 1440) / 60
      return (1 + swing * cos((hour - peak) / 12 * .pi)) * (day >= 5 ? weekend : 1)
    }
  }

  /// - Parameters:
  ///   - perHour: requests.
  ///   - shares: how much of them fails, by sort.
  ///   - level: what the traffic of a minute is multiplied with; that of failures is another.
  init(
    perHour: Double, shares: [Sort: Double], season: Season? = nil, _ chance: inout Chance,
    level: (Int) -> Double = { _ in 1 }, rate: (Int) -> Double = { _ in 1 }
  ) {
    var own = Chance(seed: chance.next())
    clock = Clock.allCases.randomElement(using: &own) ?? .utc
    let season =
      season
      ?? Season(
        swing: .random(in: 0.1...0.8, using: &own), peak: .random(in: 10...18, using: &own),
        weekend: .random(in: 0.3...1, using: &own))
    let failing = shares.values.reduce(0, +)
    successes = []
    successes.reserveCapacity(Scenario.length)
    for sort in Sort.allCases { errors[sort] = Array(repeating: 0, count: Scenario.length) }
    let sorts = Sort.allCases.filter { shares[$0] != nil }
    for minute in 0..<Scenario.length {
      let local = minute + clock.minutes(Scenario.start + Int64(minute) * 60_000) + 7 * 1440
      let mean = perHour / 60 * season.factor(local) * level(minute)
      let worse = rate(minute)
      successes.append(own.poisson(mean * max(0, 1 - failing * worse)))
      for sort in sorts {
        errors[sort]?[minute] = own.poisson(mean * min(1, (shares[sort] ?? 0) * worse))
      }
    }
    self.chance = own
  }

  func requests(_ minute: Int) -> Int {
    errors.values.reduce(Int(successes[minute])) { $0 + Int($1[minute]) }
  }

  /// Of the requests of some minutes as many as a share says fail.
  ///
  /// - Returns: from the first failure to the last.
  @discardableResult
  mutating func fail(_ minutes: Range<Int>, share: Double = 1, with sorts: [Sort]) -> Range<Int>? {
    var hit: (first: Int, last: Int)?
    for minute in minutes.clamped(to: 0..<Scenario.length) {
      if requests(minute) > Int(successes[minute]) { hit = (hit?.first ?? minute, minute) }
      for _ in 0..<max(0, successes[minute])
      where share >= 1 || Double.random(in: 0..<1, using: &chance) < share {
        successes[minute] -= 1
        errors[sorts.randomElement(using: &chance) ?? .serverErrors]?[minute] += 1
        hit = (hit?.first ?? minute, minute)
      }
    }
    return hit.map { $0.first..<$0.last + 1 }
  }

  /// More requests that fail.
  mutating func add(_ count: Int, in minutes: Range<Int>, _ sort: Sort) -> Range<Int>? {
    let minutes = minutes.clamped(to: 0..<Scenario.length)
    guard !minutes.isEmpty, count > 0 else { return nil }
    var hit: (first: Int, last: Int)?
    for _ in 0..<count {
      let minute = Int.random(in: minutes, using: &chance)
      errors[sort]?[minute] += 1
      hit = (min(hit?.first ?? minute, minute), max(hit?.last ?? minute, minute))
    }
    return hit.map { $0.first..<$0.last + 1 }
  }

  /// Only a part of the traffic of some minutes is left.
  mutating func thin(_ minutes: Range<Int>, to share: Double) {
    for minute in minutes.clamped(to: 0..<Scenario.length) {
      successes[minute] = chance.part(share, of: successes[minute])
      for sort in Sort.allCases {
        let kept = chance.part(share, of: errors[sort]?[minute] ?? 0)
        errors[sort]?[minute] = kept
      }
    }
  }

  /// Of the successes of some minutes only a part is logged, but all errors.
  mutating func sample(_ minutes: Range<Int>, keeping share: Double) {
    for minute in minutes.clamped(to: 0..<Scenario.length) {
      successes[minute] = chance.part(share, of: successes[minute])
    }
  }

  /// Some lines carry a time so many minutes late.
  mutating func delay(share: Double, by minutes: Int) {
    successes = late(successes, share, minutes)
    for sort in Sort.allCases { errors[sort] = late(errors[sort] ?? [], share, minutes) }
  }

  private mutating func late(_ counts: [Int32], _ share: Double, _ minutes: Int) -> [Int32] {
    var moved = Array(repeating: Int32(0), count: counts.count)
    for (minute, count) in counts.enumerated() {
      let late = chance.part(share, of: count)
      moved[minute] += count - late
      if minute + minutes < moved.count { moved[minute + minutes] += late }
    }
    return moved
  }

  /// As the detector is given it.
  func counted() -> VendorMinutes {
    var rejected: [Rejection] = []
    for (minute, count) in (errors[.rejections] ?? []).enumerated() {
      for number in 0..<count {
        let within = min(59, count <= 12 ? number * 2 : number * 60 / count)
        rejected.append(
          Rejection(time: Scenario.start + Int64(minute) * 60_000 + Int64(within) * 1000))
      }
    }
    let end = Scenario.start + Int64(Scenario.length) * 60_000
    return VendorMinutes(
      requests: isWhole ? (0..<Scenario.length).map { Int32(requests($0)) } : nil,
      serverErrors: errors[.serverErrors] ?? [], unanswered: errors[.unanswered] ?? [],
      rejections: errors[.rejections] ?? [], refusals: errors[.refusals] ?? [],
      others: errors[.others] ?? [], bursts: bursts(in: rejected, during: Scenario.start..<end))
  }
}

extension Chance {
  /// How many of some are taken, each with the same chance.
  mutating func part(_ share: Double, of count: Int32) -> Int32 {
    var part: Int32 = 0
    for _ in 0..<count where Double.random(in: 0..<1, using: &self) < share { part += 1 }
    return part
  }
}
