internal import Analysis
package import Answers
internal import Events
internal import Store

/// A burst of 429s of one vendor, with who asked for what.
struct VendorBurst {
  var vendor: String?
  var burst: Burst
  var routes: [(name: String, count: Int)]
  var consumers: [(name: String, count: Int)]
}

extension Question {
  /// 429s that come densely.
  package func bursts() throws -> Answer {
    let found = try vendorBursts()
    let answer = Answer(
      title: "429 bursts", notes: [note], sections: [Section(.table(burstTable(found)))],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "bursts": burstValues(found),
      ],
      rows: "bursts",
      header: [
        "vendor", "start", "end", "count", "plan_limited", "peak_per_minute", "background_per_hour",
        "retry_after", "routes", "consumers",
      ])
    return honest(answer, from: .events)
  }

  /// The day before helps to know what is usual, and finds the start of a burst that was going on.
  ///
  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func vendorBursts(where isMeant: (Limit) -> Bool = { _ in true }) throws -> [VendorBurst] {
    let coverage = covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
    guard !coverage.isEmpty else { return [] }
    // By the vendor's number, those without a vendor first.
    var lists: [[Rejection]] = []
    try store.limits(during: coverage) { limit in
      guard limit.isRejection, isMeant(limit) else { return }
      let place = vocabulary.vendors.number(ofRow: limit.vendor) + 1
      while lists.count <= place { lists.append([]) }
      lists[place].append(
        Rejection(
          time: limit.time, consumer: Int32(vocabulary.consumers.number(ofRow: limit.consumer)),
          route: Int32(vocabulary.routes.number(ofRow: limit.route)), retryAfter: limit.retryAfter,
          planLimited: limit.isPlanLimit))
    }
    var found: [VendorBurst] = []
    for (place, list) in lists.enumerated() {
      let vendor = vocabulary.vendors[place - 1]
      guard asksAbout(vendor) else { continue }
      let rejections = list.inTimeOrder()
      for burst in Analysis.bursts(in: rejections, during: coverage.since..<coverage.until)
      where burst.end >= range.since {
        let inside = rejections[burst.indices]
        found.append(
          VendorBurst(
            vendor: vendor, burst: burst,
            routes: vocabulary.routes.most(of: inside.map { Int($0.route) }),
            consumers: vocabulary.consumers.most(of: inside.map { Int($0.consumer) })))
      }
    }
    return found.sorted { ($0.burst.start, $0.vendor ?? "") < ($1.burst.start, $1.vendor ?? "") }
  }

  func burstValues(_ found: [VendorBurst]) -> Value {
    func list(_ names: [(name: String, count: Int)]) -> Value {
      .array(names.map { ["name": .text($0.name), "count": Value($0.count)] })
    }
    return .array(
      found.map {
        [
          "vendor": Value($0.vendor), "start": Value(time: $0.burst.start),
          "end": Value(time: $0.burst.end), "count": Value($0.burst.count),
          "plan_limited": Value($0.burst.planLimited),
          "peak_per_minute": Value($0.burst.peakPerMinute),
          "background_per_hour": .number($0.burst.backgroundPerHour),
          "retry_after": .text($0.burst.retryAfter.rawValue), "routes": list($0.routes),
          "consumers": list($0.consumers),
        ]
      })
  }

  func burstTable(_ found: [VendorBurst], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "start", "lasted", Column("429s", .trailing), Column("peak/min", .trailing),
        Column("usual/h", .trailing), "Retry-After", "most from", "most on",
      ],
      rows: found.map {
        [
          Cell($0.vendor), time($0.burst.start),
          Cell(.text(formatDuration($0.burst.end - $0.burst.start))), Cell($0.burst.count),
          Cell($0.burst.peakPerMinute),
          Cell(
            .number($0.burst.backgroundPerHour), shown: expectation($0.burst.backgroundPerHour)),
          Cell(.text($0.burst.retryAfter.rawValue)), Cell($0.consumers.first?.name),
          Cell($0.routes.first?.name),
        ]
      },
      whenEmpty: "no bursts")
  }
}
