internal import Glibc

/// The incidents and habits of one vendor.
///
/// 1. What comes again and again at its time by the local clock is a habit (``HabitSearch``). Its
///    times are looked at no more, but where one is far worse than the others.
/// 2. Where requests are known, the stretches in which nearly all of them fail, whatever with, are
///    outages, as long as there are fewer successes than ever at these hours.
/// 3. What is left is judged by sorts of errors that have one cause. A stretch of several times the
///    usual rate (``UsualRate``: of requests where they are known, else of time) is told however long
///    it lasts, with the edges that explain it best.
/// 4. What is short or small is told as ``spikes(in:requests:from:localMinutes:policy:)`` finds it, and
///    rejections also as their bursts. It must stand out of how much the errors come in clumps anyway
///    (``Clumping``).
/// 5. Pieces of one stretch of trouble are told as one.
///
/// - Parameters:
///   - start: the time at which the first minute begins, in milliseconds since the epoch.
///   - localMinutes: minutes to add to UTC, at a time in milliseconds since the epoch.
package func incidents(
  of vendor: VendorMinutes, from start: Int64,
  localMinutes: @escaping @Sendable (Int64) -> Int = { _ in 0 }, policy: IncidentPolicy = .standard
) -> IncidentFindings {
  let count = vendor.count
  guard count > 0 else { return IncidentFindings() }
  let instant: @Sendable (Int) -> Int64 = { start.adding(minutes: $0) }
  let hours = localHours(of: count, at: instant, localMinutes: localMinutes)
  var search = IncidentSearch(vendor, hours: hours, policy: policy)
  let offset = localMinutes(instant(count - 1))
  if localMinutes(start) != offset {
    search.otherHours = localHours(of: count, at: instant, localMinutes: { _ in offset })
  }
  search.leaveOutHabits(
    from: Int(start.floorDivided(by: 60_000)), offset: { localMinutes(instant($0)) })
  search.findOutages()
  search.findPieces()
  search.takeBursts(from: start)
  let usual = search.usualRates
  return IncidentFindings(
    incidents: search.told(usual).map { search.incident($0, usual, at: instant) },
    habits: search.habits.map { $0.regularity.told(of: $0.group, at: instant) })
}

/// A vendor's minutes, and what is known of them so far.
struct IncidentSearch {
  let vendor: VendorMinutes
  let policy: IncidentPolicy
  let hours: [LocalHour]
  /// Where clocks change in that time: the hours of callers whose clock does not.
  var otherHours: [LocalHour]?
  let count: Int
  /// Sorts of errors that have one cause, each with its own rate.
  var groups: [Group] = []
  var pieces: [Piece] = []

  struct Group {
    let what: Trouble
    /// As it is, and without what is told already.
    let whole: TroubleSeries
    var left: TroubleSeries
    var habits: [HabitSearch.Regularity] = []
  }

  /// A stretch of trouble.
  struct Piece {
    var what: Trouble
    var minutes: Range<Int>
    var sorts: Set<Sort>
    var open: Bool
  }

  private static let sorts: [(Trouble, Set<Sort>)] = [
    (.errors, [.serverErrors, .unanswered]), (.rejections, [.rejections]),
    (.credentials, [.refusals]), (.errors, [.others]),
  ]

  init(_ vendor: VendorMinutes, hours: [LocalHour], policy: IncidentPolicy) {
    var vendor = vendor
    let count = vendor.count
    self.count = count
    self.policy = policy
    self.hours = hours
    if let requests = vendor.requests {
      // No more can fail than were made, whatever the counts say.
      let errors = vendor.sum(of: Set(Sort.allCases), count: count)
      vendor.requests = errors.indices.map {
        max(errors[$0], $0 < requests.count ? requests[$0] : 0)
      }
    }
    self.vendor = vendor
    let exposure =
      vendor.requests.map { $0.map(Double.init) } ?? Array(repeating: 1, count: count)
    for (what, sorts) in Self.sorts {
      let series = TroubleSeries(vendor, sorts, exposure: exposure, hours: hours)
      guard series.total >= policy.minimumCount else { continue }
      groups.append(Group(what: what, whole: series, left: series))
    }
  }

  var habits: [(group: Group, regularity: HabitSearch.Regularity)] {
    groups.flatMap { group in group.habits.map { (group, $0) } }
  }

  mutating func leaveOutHabits(from first: Int, offset: @escaping @Sendable (Int) -> Int) {
    let search = self
    let found = eachGroup { place in
      HabitSearch(
        in: search.groups[place].whole, from: first, offset: offset, policy: search.policy
      ).found
    }
    for (place, habits) in found.enumerated() {
      groups[place].habits = habits
      for window in habits.flatMap(\.usual) { groups[place].left.leaveOut(window) }
    }
  }

  /// The stretches in which nearly all requests fail.
  mutating func findOutages() {
    guard vendor.requests != nil else { return }
    let failing = groups.filter { !$0.whole.sorts.contains(.others) }
    guard let first = failing.first else { return }
    var series = first.left
    for group in failing.dropFirst() {
      for minute in series.counts.indices {
        series.counts[minute] = series.counts[minute] &+ group.left.counts[minute]
      }
    }
    for window in failing.flatMap({ $0.habits.flatMap(\.usual) }) { series.leaveOut(window) }
    var out: [Range<Int>] = []
    var found: [Stretch] = []
    var usual = UsualRate(of: series, without: [])
    for round in 0..<3 {
      if round > 0 { usual = UsualRate(of: series, without: out, round: round) }
      found = series.stretches(above: usual, StretchTest(share: 0.9))
      if found.isEmpty { return }
      out = found.map(\.minutes)
    }
    let sorts = Set(Sort.allCases).subtracting([.others])
    var outages: [Stretch] = []
    var proven: [Range<Int>] = []
    for stretch in found {
      var stretch = series.sharpened(stretch, above: usual)
      let sums = series.sums(of: stretch.minutes, usual: usual)
      stretch.score = evidence(sums.errors, sums.expected, variance: 0)
      guard sums.errors >= Double(policy.minimumCount),
        sums.errors >= policy.outageShare * sums.exposure, sums.errors >= 2 * sums.expected
      else { continue }
      let rest = successes(in: stretch.minutes, series)
      if rest == .asEver { continue }
      outages.append(stretch)
      if rest == .gone { proven.append(stretch.minutes) }
    }
    for stretch in trustworthy(outages, in: series, proven: proven) {
      add(.outage, stretch.minutes, sorts: sorts, open: stretch.open)
    }
  }

  /// What is left of the successes of some minutes.
  private enum Rest {
    /// As many as ever: there are only more requests, all of which fail. That is no outage.
    case asEver
    /// Less than half of those of the same hours of other days.
    case fewer
    /// So few that chance does not explain it.
    case gone
  }

  private func successes(in minutes: Range<Int>, _ series: TroubleSeries) -> Rest {
    var byCell = Array(repeating: [Double](), count: 48)
    for hour in hours where !hour.minutes.overlaps(minutes) {
      byCell[hour.cell].append(successes(hour.minutes, series) / Double(hour.minutes.count))
    }
    let usual = byCell.map { $0.isEmpty ? nil : $0.sorted()[$0.count / 2] }
    var expected = 0.0
    for hour in hours where hour.minutes.overlaps(minutes) {
      let part = hour.minutes.clamped(to: minutes)
      guard let usual = usual[hour.cell] else { return .fewer }
      expected += usual * Double(part.count)
    }
    if expected >= 3 {
      let seen = successes(minutes, series)
      guard seen < expected / 2 else { return .asEver }
      let missing = expected - seen - (seen > 0 ? seen * log(expected / seen) : 0)
      return missing >= policy.threshold ? .gone : .fewer
    }
    // So few that it is told from the requests: there are hardly more of them than ever.
    let requests = minutes.reduce(0.0) { $0 + series.exposure[$1] }
    return requests <= 3 * expected + 5 ? .fewer : .asEver
  }

  private func successes(_ minutes: Range<Int>, _ series: TroubleSeries) -> Double {
    minutes.reduce(0) { $0 + max(0, series.exposure[$1] - Double(series.counts[$1])) }
  }

  /// The bursts that are no habit, and that most days have not the like of.
  mutating func takeBursts(from start: Int64) {
    guard !vendor.bursts.isEmpty, let group = groups.first(where: { $0.what == .rejections })
    else { return }
    var series = group.whole
    for window in group.habits.flatMap(\.usual) { series.leaveOut(window) }
    let usual = UsualRate(of: group.left, without: [], round: 1)
    let rises = DailyRises(of: series, usual: usual, least: policy.occurrence)
    for burst in vendor.bursts {
      let first = Int(
        clamping: burst.start.floorDivided(by: 60_000) - start.floorDivided(by: 60_000))
      let last = Int(clamping: burst.end.floorDivided(by: 60_000) - start.floorDivided(by: 60_000))
      guard first >= 0, last >= first, last < count else { continue }
      let minutes = first..<last + 1
      let isUsual = group.habits.contains {
        $0.usual.contains { window in
          window.clamped(to: minutes).count * 2 >= minutes.count
        }
      }
      if isUsual || !rises.areBelow(Double(burst.count), in: minutes) { continue }
      pieces.append(
        Piece(what: .rejections, minutes: minutes, sorts: [.rejections], open: false))
    }
  }

  private mutating func add(_ what: Trouble, _ minutes: Range<Int>, sorts: Set<Sort>, open: Bool) {
    pieces.append(Piece(what: what, minutes: minutes, sorts: sorts, open: open))
    for place in groups.indices where !groups[place].whole.sorts.isDisjoint(with: sorts) {
      groups[place].left.leaveOut(minutes)
    }
  }
}
