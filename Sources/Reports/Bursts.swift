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

/// The rate limits that vendors set, by how they show.
struct RateLimiting {
  /// In time order.
  var bursts: [VendorBurst] = []
  /// What goes on for hours without being a burst, in time order.
  var steady: [(vendor: String?, limiting: SteadyLimiting)] = []
}

extension Question {
  /// 429s that come densely, and those that go on and on.
  package func bursts() throws -> Answer {
    let found = rateLimiting(in: try rejections())
    var sections = [Section(.table(burstTable(found.bursts)))]
    if !found.steady.isEmpty {
      sections.append(
        Section("Continuous rate limiting", .table(steadyTable(found.steady))))
    }
    let answer = Answer(
      title: "429 bursts", notes: [note], sections: sections,
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "bursts": burstValues(found.bursts), "continuous": steadyValues(found.steady),
      ],
      rows: "bursts",
      header: [
        "vendor", "start", "end", "count", "plan_limited", "peak_per_minute", "background_per_hour",
        "retry_after", "routes", "consumers",
      ])
    return try honest(answer, from: .events)
  }

  /// - Parameter isMeant: whether a 429 counts; by default all do.
  func vendorBursts(where isMeant: (Limit) -> Bool = { _ in true }) throws -> [VendorBurst] {
    rateLimiting(in: try rejections(where: isMeant)).bursts
  }

  /// What the vendors' rejections show.
  func rateLimiting(in lists: [VendorRejections]) -> RateLimiting {
    let coverage = rejectionCoverage
    var found = RateLimiting()
    for (number, rejections) in lists {
      let vendor = vocabulary.vendors[number]
      let bursts = Analysis.bursts(in: rejections, during: coverage.since..<coverage.until)
      for burst in bursts where burst.end >= range.since {
        let inside = rejections[burst.indices]
        found.bursts.append(
          VendorBurst(
            vendor: vendor, burst: burst,
            routes: vocabulary.routes.most(of: inside.map { Int($0.route) }),
            consumers: vocabulary.consumers.most(of: inside.map { Int($0.consumer) })))
      }
      for limiting in steadyLimiting(in: rejections, besides: bursts)
      where limiting.end >= range.since {
        found.steady.append((vendor, limiting))
      }
    }
    found.bursts.sort { ($0.burst.start, $0.vendor ?? "") < ($1.burst.start, $1.vendor ?? "") }
    found.steady.sort {
      ($0.limiting.start, $0.vendor ?? "") < ($1.limiting.start, $1.vendor ?? "")
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
    return .array(
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
