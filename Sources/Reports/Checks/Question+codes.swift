internal import Analysis
internal import Events
internal import Store

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

extension Question {
  /// Codes of the range that its vendor had never sent before it, or, where they `returned`, not in
  /// four weeks: the most frequent. A vendor that is in the store for less than a day has none: all of
  /// its codes would be new.
  func unfamiliarCodes(
    _ sieve: Sieve, returned: Bool
  ) throws -> (told: [UnfamiliarCode], others: Int) {
    var ranking = Ranking<UnfamiliarCode>(Top.usual.findings)
    for part in try inParts({ try unfamiliarCodes($0, sieve, returned: returned) }) {
      ranking.add(part)
    }
    let told = try exactly(ranking.groups).sorted {
      ($0.first, $0.sent.code) < ($1.first, $1.sent.code)
    }
    return (told, ranking.others)
  }

  private func unfamiliarCodes(
    _ part: Part, _ sieve: Sieve, returned: Bool
  ) throws -> Ranking<UnfamiliarCode> {
    var ranking = Ranking<UnfamiliarCode>(Top.usual.findings)
    var numbers = CombinationNumbers()
    var codes: [UnfamiliarCode] = []
    try eachResponse(by: .quarter) { response in
      guard response.code >= 0, sieve.passes(response) else { return }
      let (vendor, code) = (Int32(response.vendor), Int32(response.code))
      if part.count > 1, !part.holds(Part.hash([vendor, code])) { return }
      let number = numbers.number(of: vendor, code)
      if number == codes.count {
        if number > Part.most / 2 { throw Part.TooLarge() }
        let sent = VendorCode(vendor: response.vendor, code: response.code)
        codes.append(
          UnfamiliarCode(sent: sent, first: response.time, last: response.time, count: 0))
      }
      codes[number].first = min(codes[number].first, response.time)
      codes[number].last = max(codes[number].last, response.time)
      codes[number].count += response.count
    }
    if codes.isEmpty { return ranking }
    let fourWeeksAgo = range.since - 28 * Milliseconds.day
    var recent = Past(numbers)
    try recent.read(self, from: fourWeeksAgo, to: range.since)
    // The whole past is asked only where there is someone to recognise.
    if recent.codes.count == codes.count { return ranking }
    var older = Past(numbers)
    let start = min(extent?.since ?? fourWeeksAgo, fourWeeksAgo)
    try older.read(self, from: start, to: fourWeeksAgo)
    for (number, code) in codes.enumerated() where !recent.codes.contains(number) {
      let isOld = older.codes.contains(number)
      let isKnown = [recent, older].contains { $0.vendors.contains(code.sent.vendor) }
      guard returned ? isOld : !isOld && isKnown else { continue }
      ranking.add(code, size: (code.count, 0)) {
        GroupName(parts: [
          .init(vocabulary.vendors[code.sent.vendor]), .init(vocabulary.codes[code.sent.code]),
        ])
      }
    }
    return ranking
  }

  /// Which of some codes were sent in a stretch of time, and which vendors answered a day before the
  /// range.
  private struct Past {
    private let numbers: CombinationNumbers
    private(set) var codes = NumberSet()
    private(set) var vendors = NumberSet()

    init(_ numbers: CombinationNumbers) {
      self.numbers = numbers
    }

    mutating func read(_ question: Question, from since: Int64, to until: Int64) throws {
      let before = question.range.since - Milliseconds.day
      try question.eachResponse(during: TimeRange(since: since, until: until), by: .day) {
        if $0.code >= 0, let code = numbers.known(Int32($0.vendor), Int32($0.code)) {
          codes.insert(code)
        }
        if $0.time < before { vendors.insert($0.vendor) }
      }
    }
  }

  /// Counts tell times by the quarter of an hour; where the events are there, they know better. Each
  /// quarter is read once.
  private func exactly(_ codes: [UnfamiliarCode]) throws -> [UnfamiliarCode] {
    var exact = codes
    var numbers = CombinationNumbers()
    for code in codes { _ = numbers.number(of: Int32(code.sent.vendor), Int32(code.sent.code)) }
    let quarter = Grain.quarter.length
    // As one stretch where they follow one another.
    var stretches: [TimeRange] = []
    for start in Set(codes.flatMap { [$0.first, $0.last] }).sorted() {
      let end = start + quarter
      if let last = stretches.last, start <= last.until {
        stretches[stretches.count - 1].until = max(last.until, end)
      } else {
        stretches.append(TimeRange(since: start, until: end))
      }
    }
    var times: [ClosedRange<Int64>?] = codes.map { _ in nil }
    for stretch in stretches {
      let around = TimeRange(
        since: max(stretch.since, range.since), until: min(stretch.until, range.until))
      try eachError(during: around) { event in
        guard let number = numbers.known(Int32(event.vendor), Int32(event.code)) else { return }
        let known = times[number] ?? event.time...event.time
        times[number] = min(known.lowerBound, event.time)...max(known.upperBound, event.time)
      }
    }
    for (number, found) in times.enumerated() {
      guard let found else { continue }
      let code = codes[number]
      if found.lowerBound < code.first + quarter { exact[number].first = found.lowerBound }
      if found.upperBound >= code.last {
        exact[number].last = max(exact[number].first, found.upperBound)
      }
    }
    return exact
  }
}
