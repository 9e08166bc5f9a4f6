internal import Analysis
internal import Checks
internal import Events
internal import Questions
internal import Times

/// What is counted for a budget, by vendor and minute: of a part of the vendors.
struct BudgetTally {
  /// A vendor, or all together.
  struct Subject {
    /// The vendor's number; nil of all together.
    let vendor: Int?
    /// In order of time, a minute once at most. What was counted coarsely stands at its start.
    let samples: [Sample]
    /// Whose the failures of the budget's time are.
    let owners: [(owner: Blame, failed: Int64)]
    /// Whether any success is in the log.
    let hasSuccesses: Bool
  }

  private let part: Part
  private let isTotal: Bool
  /// Vendors and minutes that have something, and what.
  private var numbers = CombinationNumbers()
  private var counts: [Outcomes] = []
  private var ownerNumbers = CombinationNumbers()
  private var ownerCounts: [Int64] = []
  private var withSuccesses = NumberSet()
  private var vendors = NumberSet()

  private static let all: Int32 = -2

  init(isTotal: Bool, part: Part) {
    self.isTotal = isTotal
    self.part = part
  }

  /// - Throws: `Part.TooLarge`.
  mutating func add(_ outcomes: Outcomes, of response: ResponseCount) throws {
    guard outcomes != Outcomes(), let subject = subject(of: response) else { return }
    if !response.isError { withSuccesses.insert(response.vendor) }
    let minute = response.time.rounded(downTo: Milliseconds.minute) / Milliseconds.minute
    let place = numbers.number(of: subject, Int32(clamping: minute))
    if place == counts.count {
      if place > Part.most, !isTotal, vendors.count > 1 { throw Part.TooLarge() }
      counts.append(Outcomes())
    }
    counts[place].add(outcomes)
  }

  /// Notes whose a failure is.
  mutating func own(_ response: ResponseCount) {
    guard let kind = response.kind, let subject = subject(of: response) else { return }
    let owner = Blame(kind, answeredBy: response.answeredBy)
    let place = ownerNumbers.number(
      of: subject, Int32(Blame.allCases.firstIndex(of: owner) ?? 0))
    if place == ownerCounts.count { ownerCounts.append(0) }
    ownerCounts[place] = ownerCounts[place].addingClamped(response.count)
  }

  /// Nil where it is in another part.
  private mutating func subject(of response: ResponseCount) -> Int32? {
    if isTotal { return BudgetTally.all }
    let vendor = Int32(clamping: response.vendor)
    guard part.count == 1 || part.holds(Part.hash([vendor])) else { return nil }
    vendors.insert(response.vendor)
    return vendor
  }

  /// Hands over all that have anything.
  func eachSubject(_ body: (Subject) throws -> Void) rethrows {
    let order = counts.indices.map { Int32($0) }.sorted { one, other in
      let (a, b) = (numbers[Int(one)], numbers[Int(other)])
      return (a.first, a.second) < (b.first, b.second)
    }
    var owners: [Int32: [(owner: Blame, failed: Int64)]] = [:]
    for (place, failed) in ownerCounts.enumerated() {
      let (subject, owner, _, _) = ownerNumbers[place]
      owners[subject, default: []].append((Blame.allCases[Int(owner)], failed))
    }
    var first = 0
    while first < order.count {
      let subject = numbers[Int(order[first])].first
      var end = first
      while end < order.count, numbers[Int(order[end])].first == subject { end += 1 }
      let samples = order[first..<end].map { place in
        let outcomes = counts[Int(place)]
        return Sample(
          minute: Int64(numbers[Int(place)].second) * Milliseconds.minute,
          counted: outcomes.failed, requests: outcomes.requests)
      }
      let vendor = subject == BudgetTally.all ? nil : Int(subject)
      try body(
        Subject(
          vendor: vendor, samples: samples, owners: owners[subject] ?? [],
          hasSuccesses: vendor.map { withSuccesses.contains($0) } ?? !withSuccesses.isEmpty))
      first = end
    }
  }
}

extension Question {
  /// Counts what windows hold that end after `ends.since`, up to `ends.until`. What each of them holds
  /// wholly or not at all is counted as coarsely as it is kept, the rest by the minute from the events.
  func budgetTally(
    _ rule: Rule, _ filter: BudgetFilter, ends: TimeRange, _ part: Part
  ) throws -> BudgetTally {
    var tally = BudgetTally(isTotal: rule.grouping.isEmpty, part: part)
    let window = filter.budget.window.length
    let lengths = BurnAlert.all(for: window).flatMap { [$0.long, $0.short] } + [window]
    let first = ends.since + Milliseconds.minute
    let edges = ([0] + lengths).map {
      TimeRange(since: first - $0, until: ends.until - $0)
    }
    let cuts = Set(edges.flatMap { [$0.since, $0.until] }).sorted()
    for (since, until) in zip(cuts, cuts.dropFirst()) {
      let range = TimeRange(since: since, until: until)
      let isOwned = until > ends.until - window
      if edges.contains(where: { $0.contains(since) }) {
        try addFinely(range, filter, isOwned, to: &tally)
      } else {
        try addCoarsely(range, filter, isOwned, to: &tally)
      }
    }
    return tally
  }

  private func addFinely(
    _ range: TimeRange, _ filter: BudgetFilter, _ isOwned: Bool, to tally: inout BudgetTally
  ) throws {
    func add(_ response: ResponseCount) throws {
      guard filter.asksAbout(response) else { return }
      let isFailure = filter.isFailure(response)
      try tally.add(filter.outcomes(response, isFailure: isFailure), of: response)
      if isFailure, isOwned { tally.own(response) }
    }
    try eachSuccess(during: range, add)
    try eachError(during: range, add)
  }

  private func addCoarsely(
    _ range: TimeRange, _ filter: BudgetFilter, _ isOwned: Bool, to tally: inout BudgetTally
  ) throws {
    try eachResponse(during: range, by: .day) { response in
      guard filter.asksAbout(response) else { return }
      let isFailure = filter.readsRoutes ? nil : filter.isFailure(response)
      try tally.add(filter.outcomes(response, isFailure: isFailure), of: response)
    }
    guard filter.readsRoutes || isOwned, !filter.readsCodes else { return }
    try eachRouteCount(during: range, by: .day) { count in
      let response = ResponseCount(count)
      guard filter.asksAbout(response), filter.isFailure(response) else { return }
      if isOwned { tally.own(response) }
      guard filter.readsRoutes else { return }
      // Counted as a request already, unless the client hung up.
      let requests = response.kind == .cancelled ? response.count : 0
      try tally.add(Outcomes(failed: response.count, requests: requests), of: response)
    }
  }
}
