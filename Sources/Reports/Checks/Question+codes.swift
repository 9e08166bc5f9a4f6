internal import Analysis
internal import Files
internal import Questions
internal import Times

/// A vendor and a code, by number.
struct VendorCode: Hashable {
  var vendor: Int
  var code: Int
}

/// A code that its vendor was not known to send.
struct UnfamiliarCode {
  var sent: VendorCode
  var first: Int64
  var last: Int64
  var count: Int64
}

/// The codes of a range that their vendors were not known to send.
struct UnfamiliarCodes {
  /// The most frequent, in order of time.
  fileprivate(set) var told: [UnfamiliarCode] = []
  /// How many are not among these.
  fileprivate(set) var others = 0
  /// The vendors of which nothing was known for a day, so that all of their codes would be new.
  fileprivate(set) var unjudged = NumberSet()
}

extension Question {
  private static let fourWeeks = 28 * Milliseconds.day

  /// Codes of the range that their vendors had never sent before, though they were in the store for
  /// a day; or, where they `returned`, that came back after four weeks or more.
  func unfamiliarCodes(_ filter: ResponseFilter, returned: Bool) throws -> UnfamiliarCodes {
    var ranking = Ranking<UnfamiliarCode>(Top.usual.findings)
    var codes = UnfamiliarCodes()
    for part in try inParts({ part in
      try returned ? (returnedCodes(part, filter), NumberSet()) : newCodes(part, filter)
    }) {
      ranking.add(part.0)
      codes.unjudged.formUnion(part.1)
    }
    codes.told = try exactly(ranking.groups).sorted {
      ($0.first, $0.sent.code) < ($1.first, $1.sent.code)
    }
    codes.others = ranking.others
    return codes
  }

  private func newCodes(
    _ part: Part, _ filter: ResponseFilter
  ) throws -> (found: Ranking<UnfamiliarCode>, unjudged: NumberSet) {
    var ranking = Ranking<UnfamiliarCode>(Top.usual.findings)
    var unjudged = NumberSet()
    var met = FirstTimes()
    let now = try sentCodes(part, filter, met: &met)
    if now.isEmpty { return (ranking, unjudged) }
    let recent = try past(of: now, during: fourWeeksBefore, met: &met)
    // The whole past is asked only where there is someone to recognise.
    if recent.isComplete { return (ranking, unjudged) }
    let older = try past(of: now, during: before(fourWeeksBefore.since), met: &met)
    let unfamiliar = now.numbers.filter { recent.last(of: $0) == nil && older.last(of: $0) == nil }
      .map { now.whole($0) }
    try sharpen(&met, for: unfamiliar)
    for code in unfamiliar {
      if met.isKnown(code.sent.vendor, for: Milliseconds.day, at: code.first) {
        rank(code, in: &ranking)
      } else {
        unjudged.insert(code.sent.vendor)
      }
    }
    return (ranking, unjudged)
  }

  private func returnedCodes(_ part: Part, _ filter: ResponseFilter) throws -> Ranking<
    UnfamiliarCode
  > {
    var ranking = Ranking<UnfamiliarCode>(Top.usual.findings)
    var met = FirstTimes()
    // In a range that is long enough, a code may come back.
    let gap = range.length > Question.fourWeeks ? Question.fourWeeks : nil
    let now = try sentCodes(part, filter, dividedBy: gap, met: &met)
    if now.isEmpty { return ranking }
    let recent = try past(of: now, during: fourWeeksBefore, met: &met)
    // The whole past is asked only where there is someone to recognise.
    let older =
      recent.isComplete
      ? recent : try past(of: now, during: before(fourWeeksBefore.since), met: &met)
    for number in now.numbers {
      let stretches = now.stretches(number)
      // Counts of a day are told by its start.
      let last = recent.last(of: number).map { $0 + Milliseconds.day }
      let isBack =
        last.map { now.whole(number).first - $0 >= Question.fourWeeks }
        ?? (older.last(of: number) != nil)
      for code in stretches.dropFirst(isBack ? 0 : 1) { rank(code, in: &ranking) }
    }
    return ranking
  }

  private func rank(_ code: UnfamiliarCode, in ranking: inout Ranking<UnfamiliarCode>) {
    ranking.add(code, size: (code.count, 0)) {
      GroupName(parts: [
        .init(vocabulary.vendors[code.sent.vendor]), .init(vocabulary.codes[code.sent.code]),
      ])
    }
  }

  private var fourWeeksBefore: TimeRange {
    TimeRange(since: range.since - Question.fourWeeks, until: range.since)
  }

  /// All that the store knows before a time.
  private func before(_ time: Int64) -> TimeRange {
    TimeRange(since: min(extent?.since ?? time, time), until: time)
  }

  /// A part of the codes of the range.
  ///
  /// - Parameter gap: what divides the stretches of time in which a code was sent; nil for nothing.
  private func sentCodes(
    _ part: Part, _ filter: ResponseFilter, dividedBy gap: Int64? = nil, met: inout FirstTimes
  ) throws -> SentCodes {
    var codes = SentCodes(dividedBy: gap)
    try eachResponse(by: .quarter) { response in
      met.add(response)
      guard response.code >= 0, filter.passes(response) else { return }
      let (vendor, code) = (Int32(response.vendor), Int32(response.code))
      if part.count > 1, !part.holds(Part.hash([vendor, code])) { return }
      codes.add(response)
      if codes.size > Part.most / 2 { throw Part.TooLarge() }
    }
    return codes
  }

  private func past(
    of codes: SentCodes, during range: TimeRange, met: inout FirstTimes
  ) throws -> PastCodes {
    var past = PastCodes(codes)
    try eachResponse(during: range, by: .day) { response in
      met.add(response)
      past.add(response)
    }
    return past
  }

  /// Counts of a day are told by its start: where it matters, a vendor's first time is looked at
  /// more closely.
  private func sharpen(_ met: inout FirstTimes, for codes: [UnfamiliarCode]) throws {
    let day = Milliseconds.day
    var vendors = NumberSet()
    var starts: Set<Int64> = []
    for code in codes where met.isKnown(code.sent.vendor, for: day, at: code.first) {
      guard !met.isKnown(code.sent.vendor, for: 2 * day, at: code.first),
        let start = met[code.sent.vendor]
      else { continue }
      vendors.insert(code.sent.vendor)
      starts.insert(start)
    }
    var exact = FirstTimes()
    for stretch in TimeRange.stretches(from: starts, length: day) {
      try eachResponse(during: stretch, by: .quarter) {
        if vendors.contains($0.vendor) { exact.add($0) }
      }
    }
    met.replace(with: exact)
  }

  /// Counts tell times by the quarter of an hour; where the events are there, they know better.
  /// Each quarter is read once.
  private func exactly(_ codes: [UnfamiliarCode]) throws -> [UnfamiliarCode] {
    var numbers = CombinationNumbers()
    var places: [[Int]] = []
    for (place, code) in codes.enumerated() {
      let number = numbers.number(of: Int32(code.sent.vendor), Int32(code.sent.code))
      if number == places.count { places.append([]) }
      places[number].append(place)
    }
    let quarter = Grain.quarter.length
    var firsts: [Int64?] = codes.map { _ in nil }
    var lasts = firsts
    let starts = Set(codes.flatMap { [$0.first, $0.last] })
    for stretch in TimeRange.stretches(from: starts, length: quarter) {
      let around = TimeRange(
        since: max(stretch.since, range.since), until: min(stretch.until, range.until))
      try eachError(during: around) { event in
        guard let number = numbers.known(Int32(event.vendor), Int32(event.code)) else { return }
        let time = event.time
        for place in places[number] {
          let code = codes[place]
          if time >= code.first, time - code.first < quarter {
            firsts[place] = min(firsts[place] ?? time, time)
          }
          if time >= code.last, time - code.last < quarter {
            lasts[place] = max(lasts[place] ?? time, time)
          }
        }
      }
    }
    return codes.enumerated().map { place, code in
      var exact = code
      if let first = firsts[place] { exact.first = first }
      if let last = lasts[place] { exact.last = max(exact.first, last) }
      return exact
    }
  }
}
