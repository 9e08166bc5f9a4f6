internal import Events
internal import Store

/// A vendor and a code, by number.
struct VendorCode: Hashable {
  var vendor: Int
  var code: Int
}

extension VendorCode {
  init(_ response: ResponseCount) {
    self.init(vendor: response.vendor, code: response.code)
  }
}

/// A code that its vendor was not known to send.
struct UnfamiliarCode {
  var sent: VendorCode
  var first: Int64
  var last: Int64
  var count: Int64

  fileprivate mutating func add(_ response: ResponseCount) {
    first = min(first, response.time)
    last = max(last, response.time)
    count += response.count
  }
}

/// What vendors sent in a stretch of time, and when each was met first.
private struct CodeHistory {
  private(set) var codes: [VendorCode: UnfamiliarCode] = [:]
  private(set) var vendors: [Int: Int64] = [:]

  /// - Parameter isMeant: whether its code counts.
  mutating func add(_ response: ResponseCount, isMeant: Bool = true) {
    vendors[response.vendor] = min(vendors[response.vendor] ?? .max, response.time)
    guard response.code >= 0, isMeant else { return }
    let sent = VendorCode(response)
    codes[
      sent,
      default: UnfamiliarCode(sent: sent, first: response.time, last: response.time, count: 0)
    ].add(response)
  }
}

extension Question {
  private static let fourWeeks = 28 * Milliseconds.day

  /// Codes of the range that their vendors had never sent before, though they were in the store for
  /// a day; and the vendors of which nothing was known for as long, so that all of their codes would
  /// be new.
  func newCodes(_ sieve: Sieve) throws -> (codes: [UnfamiliarCode], unjudged: Set<Int>) {
    let now = try history(during: range, by: .quarter, sieve)
    if now.codes.isEmpty { return ([], []) }
    let recent = try history(during: fourWeeksBefore, by: .day)
    var unfamiliar = now.codes.values.filter { recent.codes[$0.sent] == nil }
    // The whole past is asked only where there is someone to recognise.
    if unfamiliar.isEmpty { return ([], []) }
    let older = try history(during: before(fourWeeksBefore.since), by: .day)
    unfamiliar = unfamiliar.filter { older.codes[$0.sent] == nil }
    var found: [UnfamiliarCode] = []
    var unjudged: Set<Int> = []
    for code in unfamiliar {
      let vendor = code.sent.vendor
      let met = older.vendors[vendor] ?? recent.vendors[vendor] ?? now.vendors[vendor]
      if let met, try isKnown(vendor, since: met, at: code.first) {
        found.append(try exactly(code))
      } else {
        unjudged.insert(vendor)
      }
    }
    return (found.sorted { ($0.first, $0.sent.code) < ($1.first, $1.sent.code) }, unjudged)
  }

  /// Codes of the range that came back after four weeks or more.
  func returnedCodes(_ sieve: Sieve) throws -> [UnfamiliarCode] {
    let now = try history(during: range, by: .quarter, sieve)
    if now.codes.isEmpty { return [] }
    let recent = try history(during: fourWeeksBefore, by: .day)
    // The whole past is asked only where there is someone to recognise.
    let older =
      now.codes.keys.allSatisfy { recent.codes[$0] != nil }
      ? CodeHistory() : try history(during: before(fourWeeksBefore.since), by: .day)
    let stretches = try stretches(sieve)
    var found: [UnfamiliarCode] = []
    for code in now.codes.values {
      let own = stretches[code.sent] ?? [code]
      // Counts of a day are told by its start.
      let last = recent.codes[code.sent].map { $0.last + Milliseconds.day }
      let isBack =
        last.map { code.first - $0 >= Question.fourWeeks } ?? (older.codes[code.sent] != nil)
      found += try own.dropFirst(isBack ? 0 : 1).map { try exactly($0) }
    }
    return found.sorted { ($0.first, $0.sent.code) < ($1.first, $1.sent.code) }
  }

  /// The codes of a range that is long enough for one to come back in it, divided where it was not
  /// sent for four weeks or more; none of a shorter range.
  private func stretches(_ sieve: Sieve) throws -> [VendorCode: [UnfamiliarCode]] {
    guard range.length > Question.fourWeeks else { return [:] }
    var times: [VendorCode: [Int64: Int64]] = [:]
    try eachResponse(by: .quarter) { response in
      guard response.code >= 0, sieve.passes(response) else { return }
      times[VendorCode(response), default: [:]][response.time, default: 0] += response.count
    }
    return times.reduce(into: [:]) { stretches, entry in
      var own: [UnfamiliarCode] = []
      for (time, count) in entry.value.sorted(by: { $0.key < $1.key }) {
        if let last = own.last?.last, time - last < Question.fourWeeks {
          own[own.count - 1].last = time
          own[own.count - 1].count += count
        } else {
          own.append(UnfamiliarCode(sent: entry.key, first: time, last: time, count: count))
        }
      }
      stretches[entry.key] = own
    }
  }

  private var fourWeeksBefore: TimeRange {
    TimeRange(since: range.since - Question.fourWeeks, until: range.since)
  }

  /// All that the store knows before a time.
  private func before(_ time: Int64) -> TimeRange {
    TimeRange(since: min(extent?.since ?? time, time), until: time)
  }

  private func history(
    during range: TimeRange, by grain: Grain, _ sieve: Sieve? = nil
  ) throws -> CodeHistory {
    var history = CodeHistory()
    try eachResponse(during: range, by: grain) { response in
      history.add(response, isMeant: sieve?.passes(response) ?? true)
    }
    return history
  }

  /// Whether a vendor was in the store for a day at some time.
  ///
  /// - Parameter met: the first time it was met; of counts of a day, that day's start.
  private func isKnown(_ vendor: Int, since met: Int64, at time: Int64) throws -> Bool {
    let day = Milliseconds.day
    guard time - met < 2 * day else { return true }
    var first = Int64.max
    try eachResponse(during: TimeRange(since: met, until: min(met + day, time)), by: .quarter) {
      if $0.vendor == vendor { first = min(first, $0.time) }
    }
    return first < time && time - first >= day
  }

  /// Counts tell times by the quarter of an hour; where the events are there, they know better.
  private func exactly(_ code: UnfamiliarCode) throws -> UnfamiliarCode {
    var exact = code
    let quarter = Grain.quarter.length
    func times(in start: Int64) throws -> ClosedRange<Int64>? {
      var times: ClosedRange<Int64>?
      let around = TimeRange(
        since: max(start, range.since), until: min(start + quarter, range.until))
      try eachError(during: around) { event in
        guard VendorCode(vendor: event.vendor, code: event.code) == code.sent else { return }
        times =
          min(
            times?.lowerBound ?? event.time, event.time)...max(
            times?.upperBound ?? event.time, event.time)
      }
      return times
    }
    if let times = try times(in: code.first) { exact.first = times.lowerBound }
    if let times = try times(in: code.last) { exact.last = max(exact.first, times.upperBound) }
    return exact
  }
}
