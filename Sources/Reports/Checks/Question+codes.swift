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
  /// four weeks. A vendor that is in the store for less than a day has none: all of its codes would
  /// be new.
  func unfamiliarCodes(_ sieve: Sieve, returned: Bool) throws -> [UnfamiliarCode] {
    var found: [VendorCode: UnfamiliarCode] = [:]
    try eachResponse(by: .quarter) { response in
      guard response.code >= 0, sieve.passes(response) else { return }
      let sent = VendorCode(vendor: response.vendor, code: response.code)
      var code =
        found[sent]
        ?? UnfamiliarCode(sent: sent, first: response.time, last: response.time, count: 0)
      code.first = min(code.first, response.time)
      code.last = max(code.last, response.time)
      code.count += response.count
      found[sent] = code
    }
    if found.isEmpty { return [] }
    let fourWeeksAgo = range.since - 28 * Milliseconds.day
    let recent = try past(from: fourWeeksAgo, to: range.since)
    var unfamiliar = found.values.filter { !recent.codes.contains($0.sent) }
    // The whole past is asked only where there is someone to recognise.
    if unfamiliar.isEmpty { return [] }
    let start = min(extent?.since ?? fourWeeksAgo, fourWeeksAgo)
    let older = try past(from: start, to: fourWeeksAgo)
    unfamiliar = unfamiliar.filter { code in
      returned
        ? older.codes.contains(code.sent)
        : !older.codes.contains(code.sent)
          && (recent.vendors.contains(code.sent.vendor)
            || older.vendors.contains(code.sent.vendor))
    }
    return try unfamiliar.map(exactly).sorted {
      ($0.first, $0.sent.code) < ($1.first, $1.sent.code)
    }
  }

  /// Which codes were sent in a stretch of time, and which vendors answered a day before the range.
  private func past(
    from since: Int64, to until: Int64
  ) throws -> (codes: Set<VendorCode>, vendors: Set<Int>) {
    var codes: Set<VendorCode> = []
    var vendors: Set<Int> = []
    try eachResponse(during: TimeRange(since: since, until: until), by: .day) { response in
      if response.code >= 0 {
        codes.insert(VendorCode(vendor: response.vendor, code: response.code))
      }
      if response.time < range.since - Milliseconds.day { vendors.insert(response.vendor) }
    }
    return (codes, vendors)
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
