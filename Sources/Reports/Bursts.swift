internal import Analysis
package import Answers
internal import Files
internal import Questions
internal import Times

/// A burst of 429s of one vendor, with who asked for what.
struct VendorBurst {
  var vendor: String?
  /// The vendor's number.
  var number: Int
  var burst: Burst
  var routes: [(name: String, count: Int)]
  var consumers: [(name: String, count: Int)]
}

/// The rate limits that vendors set, by how they show.
struct RateLimiting {
  /// In time order.
  var bursts: [VendorBurst] = []
  /// What goes on for hours without being a burst, in time order.
  var steady: [(vendor: String?, limiting: SteadyLimiting)] = []

  mutating func add(_ other: RateLimiting) {
    bursts += other.bursts
    steady += other.steady
  }

  func inOrder() -> RateLimiting {
    RateLimiting(
      bursts: bursts.sorted {
        ($0.burst.start, $0.vendor ?? "") < ($1.burst.start, $1.vendor ?? "")
      },
      steady: steady.sorted {
        ($0.limiting.start, $0.vendor ?? "") < ($1.limiting.start, $1.vendor ?? "")
      })
  }
}

extension Question {
  /// 429s that come densely, and those that go on and on.
  package func bursts() throws -> Answer {
    let all = try rateLimiting()
    let bursts = all.bursts.largest(top.findings) { Double($0.burst.count) }
    let steady = all.steady.largest(top.findings) { Double($0.limiting.count) }
    var sections = [Section(.table(burstTable(bursts)))]
    sections.mention(leftOut: all.bursts.count - bursts.count, "smaller burst")
    if !steady.isEmpty {
      sections.append(Section("Continuous rate limiting", .table(steadyTable(steady))))
    }
    sections.mention(leftOut: all.steady.count - steady.count, "smaller stretch")
    let answer = Answer(
      title: "429 bursts", notes: [note], sections: sections,
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "left_out": Value(all.bursts.count - bursts.count), "bursts": burstValues(bursts),
        "continuous_left_out": Value(all.steady.count - steady.count),
        "continuous": steadyValues(steady),
      ],
      rows: "bursts",
      header: [
        "vendor", "start", "end", "count", "plan_limited", "peak_per_minute", "background_per_hour",
        "retry_after", "routes", "consumers",
      ])
    return try honest(answer, from: .events)
  }

  /// What the vendors' rejections show.
  ///
  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func rateLimiting(where isMeant: (Limit) -> Bool = { _ in true }) throws -> RateLimiting {
    var found = RateLimiting()
    try eachVendorsRejections(where: isMeant) { found.add(rateLimiting(of: $0, in: $1)) }
    return found.inOrder()
  }

  /// What the rejections of one vendor show.
  func rateLimiting(of number: Int, in rejections: [Rejection]) -> RateLimiting {
    let coverage = rejectionCoverage
    let bursts = Analysis.bursts(in: rejections, during: coverage.since..<coverage.until)
    let steady = steadyLimiting(in: rejections, besides: bursts)
    var found = RateLimiting()
    if bursts.isEmpty, steady.isEmpty { return found }
    let vendor = vocabulary.vendors[number]
    for burst in bursts where burst.end >= range.since {
      let inside = rejections[burst.indices]
      found.bursts.append(
        VendorBurst(
          vendor: vendor, number: number, burst: burst,
          routes: vocabulary.routes.most(of: inside.map { Int($0.route) }),
          consumers: vocabulary.consumers.most(of: inside.map { Int($0.consumer) })))
    }
    for limiting in steady where limiting.end >= range.since {
      found.steady.append((vendor, limiting))
    }
    return found
  }

  func steadyValues(_ found: [(vendor: String?, limiting: SteadyLimiting)]) -> Value {
    .array(
      found.map { vendor, limiting in
        [
          "vendor": Value(vendor), "start": Value(time: limiting.start),
          "end": Value(time: limiting.end), "count": Value(limiting.count),
          "per_minute": .number(limiting.perMinute),
        ]
      })
  }

  func steadyTable(_ found: [(vendor: String?, limiting: SteadyLimiting)]) -> Table {
    Table(
      columns: [
        "vendor", "start", "lasted", Column("429s", .trailing), Column("per minute", .trailing),
      ],
      rows: found.map { vendor, limiting in
        [
          Cell(vendor), time(limiting.start),
          Cell(.text(formatDuration(limiting.end - limiting.start))), Cell(limiting.count),
          Cell(.number(limiting.perMinute), shown: expectation(limiting.perMinute)),
        ]
      },
      whenEmpty: "none")
  }

  func burstValues(_ found: [VendorBurst]) -> Value {
    .array(
      found.map {
        [
          "vendor": Value($0.vendor), "start": Value(time: $0.burst.start),
          "end": Value(time: $0.burst.end), "count": Value($0.burst.count),
          "plan_limited": Value($0.burst.planLimited),
          "peak_per_minute": Value($0.burst.peakPerMinute),
          "background_per_hour": .number($0.burst.backgroundPerHour),
          "retry_after": .text($0.burst.retryAfter.rawValue), "routes": Value($0.routes),
          "consumers": Value($0.consumers),
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
