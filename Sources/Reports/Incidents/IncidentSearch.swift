internal import Analysis
internal import Files
internal import Questions
internal import Threads
internal import Times

/// The trouble of a range: what is told one by one, and what comes by habit.
struct Troubles {
  /// Those with most harm first.
  var incidents: [Incident] = []
  var habits: [Habit] = []
}

extension Question {
  /// The incidents and habits of the range; what their failures have in common is told of those with
  /// most harm.
  ///
  /// - Parameters:
  ///   - bursts: those of the range.
  ///   - gaps: those of the range.
  ///   - reading: what reads the minutes beside this; nil where none does.
  func troubles(
    bursts: [VendorBurst], gaps: [LoggingGap], reading: MinuteReading? = nil
  ) throws -> Troubles {
    let found = try foundTroubles(bursts: bursts, reading: reading)
    var limit = ReadingLimit()
    return Troubles(
      incidents: try explained((found.incidents + gaps.map { Incident($0) }).byHarm(), &limit),
      habits: try explained(found.habits, &limit))
  }

  /// The same without what failures have in common, and without silences; in order of time.
  ///
  /// The four weeks before tell what is usual. The week after, as far as the log has it, tells when
  /// that was over which was not by the end of the range.
  func foundTroubles(
    bursts: [VendorBurst], reading: MinuteReading? = nil
  ) throws -> (incidents: [Incident], habits: [FoundHabit]) {
    var own: [VendorIncident] = []
    var habits: [FoundHabit] = []
    let bursts = Dictionary(grouping: bursts) { $0.number }
    for piece in incidentPieces {
      func look(_ series: [MinuteSeries]) {
        for found in search(series, bursts, from: piece.history.since) {
          own += found.incidents.filter { piece.starts.contains($0.found.start) }
          habits = habits.adding(found.habits)
        }
      }
      let mayMatter = { (series: MinuteSeries) in
        bursts[series.vendor] != nil || series.mayHaveSpikes
      }
      if let read = try reading?.series() {
        look(read.filter(mayMatter))
        continue
      }
      try eachMinuteSeries(
        of: MinuteSort.failures, during: piece.history, where: mayMatter, look)
    }
    // In one order, however their vendors' minutes were held.
    own.sort { ($0.found.vendors[0], $0.found.start) < ($1.found.vendors[0], $1.found.start) }
    habits = habits.enumerated()
      .sorted { ($0.element.vendor, $0.offset) < ($1.element.vendor, $1.offset) }.map(\.element)
    let range = range
    let isInRange = { (start: Int64, end: Int64) in end > range.since && start < range.until }
    own.removeAll { !isInRange($0.found.start, $0.found.end) || $0.failuresInRange == 0 }
    habits.removeAll { !isInRange($0.first, $0.last.addingClamped(1)) }
    let joined = try joinedByCause(own.map(\.found)) { try activeVendors(during: $0) }
    return (try incidents(joined, of: own, bursts), habits)
  }

  /// What is found of one vendor.
  private struct VendorIncident: Sendable {
    var found: FoundIncident
    var sorts: [Sort: Int]
    var failuresInRange: Int
  }

  private struct VendorTroubles: Sendable {
    var incidents: [VendorIncident]
    var habits: [FoundHabit]
  }

  /// A part of the range: the time that is looked at for it, and when the incidents begin that are
  /// told from it.
  struct Piece {
    var history: TimeRange
    var starts: TimeRange
  }

  /// The range with what is around it all at once, or a year at a time, so that no more is held than of
  /// a year.
  var incidentPieces: [Piece] {
    let day = Milliseconds.day
    var history = covered(
      TimeRange(
        since: range.since.addingClamped(-28 * day), until: range.until.addingClamped(7 * day)))
    history.since = history.since.rounded(downTo: Milliseconds.minute)
    guard history.until > history.since else { return [] }
    var pieces: [Piece] = []
    var start = Int64.min
    var first = max(range.since, history.since)
    while true {
      let next = first.addingClamped(366 * day).rounded(downTo: Milliseconds.minute)
      let isLast = next.addingClamped(30 * day) >= history.until
      let since = max(history.since, first.addingClamped(-28 * day))
      pieces.append(
        Piece(
          history: TimeRange(
            since: since.rounded(downTo: Milliseconds.minute),
            until: isLast ? history.until : next.addingClamped(30 * day)),
          starts: TimeRange(since: start, until: isLast ? .max : next)))
      if isLast { return pieces }
      (start, first) = (next, next)
    }
  }

  /// What is found in each series, several at once: this takes longest of all in an answer.
  private func search(
    _ series: [MinuteSeries], _ bursts: [Int: [VendorBurst]], from start: Int64
  ) -> [VendorTroubles] {
    let (zone, range) = (zone, range)
    let ownBursts = series.map { one in (bursts[one.vendor] ?? []).map(\.burst) }
    return sideBySide(series.count) { place in
      let one = series[place]
      let minutes = VendorMinutes(one, bursts: ownBursts[place])
      let found = Analysis.incidents(
        of: minutes, from: start, localMinutes: { zone.offset(at: $0) / 60 })
      return VendorTroubles(
        incidents: found.incidents.map { incident in
          var own = incident
          own.vendors = [one.vendor]
          let all = minutes.places(of: incident.start..<incident.end, from: start)
          let inRange = all.clamped(to: minutes.places(of: range.since..<range.until, from: start))
          return VendorIncident(
            found: own, sorts: minutes.counts(of: incident.sorts, in: all),
            failuresInRange: minutes.counts(of: incident.sorts, in: inRange).values.reduce(0, +))
        },
        habits: found.habits.map { habit in
          var own = habit
          own.vendor = one.vendor
          return own
        })
    }
  }

  /// How many of the vendors asked about had responses in a stretch of time.
  private func activeVendors(during stretch: Range<Int64>) throws -> Int {
    var active = NumberSet()
    let range = TimeRange(since: stretch.lowerBound, until: stretch.upperBound)
    func add(_ count: StoredCount) {
      let vendor = vocabulary.vendors.number(ofStored: count.vendor)
      if count.count > 0, asksAbout(number: vendor) { active.insert(vendor) }
    }
    if stretch.upperBound - stretch.lowerBound <= 12 * Milliseconds.hour {
      try archive.responsesByMinute(during: range, add)
    } else {
      try archive.hourlyResponses(during: range, add)
    }
    return active.count
  }

  /// What was found with its vendors' names and its counts by sort.
  private func incidents(
    _ found: [FoundIncident], of own: [VendorIncident], _ bursts: [Int: [VendorBurst]]
  ) throws -> [Incident] {
    try found.map { found in
      let vendors = found.vendors.map { (number: $0, name: vocabulary.vendors[$0]) }
        .sorted { ($0.name ?? "", $0.number) < ($1.name ?? "", $1.number) }
      var incident = Incident(
        what: found.what, vendors: vendors.map(\.name), numbers: vendors.map(\.number),
        start: found.start, end: found.end, isOngoing: found.isOngoing, failures: found.failures,
        requests: found.requests, expected: found.expected)
      for sort in found.sorts { incident.sorts[sort] = 0 }
      for part in own where found.has(part.found) {
        for (sort, count) in part.sorts { incident.sorts[sort, default: 0] += count }
        incident.failuresInRange += part.failuresInRange
      }
      incident.what = incident.named
      if vendors.count > 1 {
        incident.active = try activeVendors(during: found.start..<max(found.start, found.end))
      }
      if found.sorts.contains(.rejections) {
        incident.bursts = found.vendors.flatMap { bursts[$0] ?? [] }
          .filter { $0.burst.end >= found.start && $0.burst.start < found.end }
      }
      return incident
    }
  }
}

extension Incident {
  /// What it is called: what nearly all 429s or refusals are is known by that, even where nothing else
  /// is answered.
  fileprivate var named: Trouble {
    let most = Double(failures) * 0.9
    if Double(rejections) >= most, rejections > 0 { return .rejections }
    if Double(sorts[.refusals] ?? 0) >= most, sorts[.refusals] ?? 0 > 0 { return .credentials }
    return what
  }
}

extension FoundIncident {
  /// Whether it is this one of a single vendor, or one of those it was joined from.
  fileprivate func has(_ part: FoundIncident) -> Bool {
    if vendors.count == 1 { return self == part }
    return part.vendors.allSatisfy(vendors.contains) && part.start >= start && part.end <= end
      && part.sorts.isSubset(of: sorts)
  }
}

extension VendorMinutes {
  fileprivate init(_ series: MinuteSeries, bursts: [Burst]) {
    self.init(
      requests: series.requestCounts, serverErrors: series.counts(of: .serverErrors),
      unanswered: series.counts(of: .unanswered), rejections: series.counts(of: .rejections),
      refusals: series.counts(of: .refusals), others: series.counts(of: .others), bursts: bursts)
  }

  /// The places of the minutes that have a part in a stretch of time.
  fileprivate func places(of stretch: Range<Int64>, from start: Int64) -> Range<Int> {
    let minute = Milliseconds.minute
    let last = start.addingClamped(Int64(count) * minute)
    let first = Int((min(max(stretch.lowerBound, start), last) - start) / minute)
    let end = Int((min(max(stretch.upperBound, start), last) - start + minute - 1) / minute)
    return first..<max(first, min(end, count))
  }

  /// How many errors of some sorts there are in some minutes.
  fileprivate func counts(of sorts: Set<Sort>, in minutes: Range<Int>) -> [Sort: Int] {
    var found: [Sort: Int] = [:]
    for sort in sorts {
      let counts = self[sort]
      found[sort] = counts[minutes.clamped(to: counts.indices)].reduce(0) { $0 + Int($1) }
    }
    return found
  }
}

extension [FoundHabit] {
  /// With those of a later piece of time: one that was found in both is one.
  fileprivate func adding(_ later: [FoundHabit]) -> [FoundHabit] {
    var all = self
    for habit in later {
      guard
        let place = all.firstIndex(where: {
          $0.vendor == habit.vendor && $0.what == habit.what && $0.every == habit.every
            && abs($0.at - habit.at) <= 5 && $0.first < habit.first
        })
      else {
        all.append(habit)
        continue
      }
      // What both saw counts once.
      let fresh = habit.last - Swift.max(habit.first, all[place].last)
      let share = Double(fresh) / Double(Swift.max(1, habit.last - habit.first))
      all[place].times += Int((Double(habit.times) * Swift.max(0, share)).rounded())
      all[place].last = Swift.max(all[place].last, habit.last)
    }
    return all
  }
}
