internal import Analysis
internal import Files
internal import Questions

/// What a report tells of vendors, codes and their like: the largest of each, and how many there are.
struct ReportGroups {
  /// What a vendor had.
  struct Vendor {
    var vendor: String?
    var counts: Counts
  }

  /// What was counted of a range: all responses, and those of the vendors with most errors.
  struct Totals {
    fileprivate(set) var all = Counts()
    fileprivate(set) var vendors: Ranking<Vendor>
    /// Whether successes are known of every vendor that had errors.
    fileprivate var isComplete = true

    fileprivate init(_ top: Top) {
      vendors = Ranking(top.groups)
    }

    /// All requests; nil where successes are not known of every vendor that had errors, or of none.
    var requests: Int64? { isComplete && all.successes > 0 ? all.requests : nil }

    fileprivate mutating func add(_ other: Totals) {
      all.add(other.all)
      vendors.add(other.vendors)
      isComplete = isComplete && other.isComplete
    }

    /// Adds what a vendor had.
    fileprivate mutating func add(
      _ vendor: Int, _ counts: Counts, _ vocabulary: Vocabulary, name: () -> GroupName
    ) {
      all.add(counts)
      if counts.errors > 0, counts.successes == 0 { isComplete = false }
      guard counts.requests > 0 else { return }
      let size = (counts.errors, counts.requests)
      guard vendors.mayHold(size) else { return vendors.pass() }
      let group = Vendor(vendor: vocabulary.vendors[vendor], counts: counts)
      vendors.add(group, size: size, name: name)
    }
  }

  /// How a vendor's errors go, and what it had.
  struct VendorMover {
    var mover: Mover
    var counts: Counts
  }

  private(set) var now: Totals
  private(set) var before: Totals
  /// By errors of the range.
  private(set) var vendors: Ranking<VendorMover>
  /// What moved farthest.
  private(set) var movedVendors: Ranking<Mover>
  private(set) var movedSorts: Ranking<Mover>
  /// What changed clearly, of these two.
  private(set) var worseVendors: Ranking<Mover>
  private(set) var betterVendors: Ranking<Mover>
  private(set) var clearSorts: Ranking<Mover>
  /// By errors of the range.
  private(set) var frequentSorts = Ranking<Mover>(10)
  private(set) var codes: CodeRankings
  private(set) var exposures = VendorExposures()

  init(_ top: Top) {
    now = Totals(top)
    before = Totals(top)
    vendors = Ranking(top.groups)
    movedVendors = Ranking(top.findings)
    movedSorts = Ranking(top.findings)
    worseVendors = Ranking(top.findings)
    betterVendors = Ranking(top.findings)
    clearSorts = Ranking(top.findings)
    codes = CodeRankings(top)
  }

  mutating func add(_ other: ReportGroups) {
    now.add(other.now)
    before.add(other.before)
    vendors.add(other.vendors)
    movedVendors.add(other.movedVendors)
    movedSorts.add(other.movedSorts)
    worseVendors.add(other.worseVendors)
    betterVendors.add(other.betterVendors)
    clearSorts.add(other.clearSorts)
    frequentSorts.add(other.frequentSorts)
    codes.add(other.codes)
    exposures.add(other.exposures)
  }

  /// Adds what a vendor had.
  mutating func add(
    _ vendor: Int, _ sorts: [SortTally.Entry], _ comparer: Comparer, _ vocabulary: Vocabulary
  ) {
    var (now, before) = (Counts(), Counts())
    var errors = ReportGroup(daily: comparer.noDays)
    var successes = comparer.noDays
    for entry in sorts {
      let (kind, status) = (entry.sort.kind, entry.sort.status)
      now.add(kind: kind, status: status, count: entry.group.now)
      before.add(kind: kind, status: status, count: entry.group.before)
      if kind != nil {
        errors.add(entry.group)
      } else {
        for day in successes.indices { successes[day] += entry.group.daily[day] }
      }
    }
    let name = { GroupName(parts: [.init(vocabulary.vendors[vendor])]) }
    self.now.add(vendor, now, vocabulary, name: name)
    self.before.add(vendor, before, vocabulary, name: name)
    let exposure =
      exposures.add(vendor, now, before, errors: errors.daily, successes: successes)
      ?? comparer.minutes(of: vendor)
    add(vendor, errors, now, exposure, comparer, vocabulary)
    for entry in sorts where entry.sort.kind != nil {
      add(entry.sort, entry.group, exposure, comparer, vocabulary)
    }
  }

  private mutating func add(
    _ vendor: Int, _ group: ReportGroup, _ counts: Counts, _ exposure: Exposure,
    _ comparer: Comparer, _ vocabulary: Vocabulary
  ) {
    guard group.isAny else { return }
    let distance = comparer.distance(group, exposure)
    let (bySize, byDistance) = ((group.now, distance), (distance, Int64(0)))
    guard group.mayBeClear || vendors.mayHold(bySize) || movedVendors.mayHold(byDistance) else {
      vendors.pass()
      movedVendors.pass()
      return
    }
    let subject = Mover.Subject.vendor(vendor)
    let mover = comparer.mover(subject, group, exposure)
    let name = { subject.groupName(in: vocabulary) }
    vendors.add(VendorMover(mover: mover, counts: counts), size: bySize, name: name)
    movedVendors.add(mover, size: byDistance, name: name)
    guard mover.isClear else { return }
    switch mover.change.direction {
    case .up, .new: worseVendors.add(mover, size: byDistance, name: name)
    default: betterVendors.add(mover, size: byDistance, name: name)
    }
  }

  private mutating func add(
    _ sort: ResponseSort, _ group: ReportGroup, _ exposure: Exposure, _ comparer: Comparer,
    _ vocabulary: Vocabulary
  ) {
    guard group.isAny else { return }
    let distance = comparer.distance(group, exposure)
    let (bySize, byDistance) = ((group.now, distance), (distance, Int64(0)))
    guard group.mayBeClear || frequentSorts.mayHold(bySize) || movedSorts.mayHold(byDistance)
    else {
      frequentSorts.pass()
      movedSorts.pass()
      return
    }
    let subject = Mover.Subject.sort(sort)
    let mover = comparer.mover(subject, group, exposure)
    let name = { subject.groupName(in: vocabulary) }
    frequentSorts.add(mover, size: bySize, name: name)
    movedSorts.add(mover, size: byDistance, name: name)
    if mover.isClear { clearSorts.add(mover, size: byDistance, name: name) }
  }

  mutating func add(_ codes: CodeRankings) { self.codes.add(codes) }
}

extension ReportGroup {
  fileprivate var isAny: Bool { now > 0 || before > 0 }

  /// Of fewer errors no change is clear.
  fileprivate var mayBeClear: Bool { max(now, before) >= 20 }
}

extension Question {
  /// Counts the responses of a report, in parts of the vendors where they are too many.
  func reportGroups(
    _ period: ReportPeriod, _ calendar: ReportCalendar, _ comparer: Comparer
  ) throws -> (counts: ReportCounts, groups: ReportGroups) {
    var counts = ReportCounts(calendar)
    var groups = ReportGroups(top)
    for part in try inParts({ part in
      var own = ReportCounts(calendar)
      let tally = try sortTally(part, period, counts: &own)
      var groups = ReportGroups(top)
      tally.eachVendor { groups.add($0, $1, comparer, vocabulary) }
      groups.add(try codeNews(tally, calendar))
      return (counts: part.number == 0 ? own : nil, groups: groups)
    }) {
      if let all = part.counts { counts = all }
      groups.add(part.groups)
    }
    return (counts, groups)
  }

  /// - Parameter counts: where all responses are counted, whatever the part.
  private func sortTally(
    _ part: Part, _ period: ReportPeriod, counts: inout ReportCounts
  ) throws -> SortTally {
    let calendar = counts.calendar
    let slots = calendar.slots
    let isFirst = part.number == 0
    var tally = SortTally(part, calendar)
    try eachResponse(during: period.range, by: slots.grain) { response in
      let slot = slots[response.time]
      if isFirst { counts.add(response, now: slot) }
      try tally.add(response, now: slot.day)
    }
    try eachResponse(during: period.before, by: calendar.dayGrain) { response in
      if isFirst { counts.add(before: response) }
      try tally.add(before: response)
    }
    try eachResponse(during: calendar.background, by: calendar.dayGrain) { response in
      let day = calendar.backgroundDay(of: response.time)
      if isFirst { counts.add(response, day: day) }
      try tally.add(response, recent: day)
    }
    return tally
  }
}
