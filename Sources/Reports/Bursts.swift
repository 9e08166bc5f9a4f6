internal import Analysis
package import Answers
internal import Files
internal import Questions
internal import Threads
internal import Times

/// A burst of 429s of one vendor, with who asked for what.
struct VendorBurst {
  var vendor: String?
  /// The vendor's number.
  var number: Int
  var burst: Burst
  var routes: [NamedCount]
  var consumers: [NamedCount]
}

/// 429s of one vendor that go on for hours.
struct VendorLimiting {
  var vendor: String?
  var limiting: SteadyLimiting
}

/// The rate limits that vendors set, by how they show.
struct RateLimiting {
  /// In time order.
  var bursts: [VendorBurst] = []
  /// What goes on for hours without being a burst, in time order.
  var steady: [VendorLimiting] = []

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

/// What the rejections of one vendor show, told from these alone.
struct SeenLimiting: Sendable {
  let bursts: [Burst]
  let steady: [SteadyLimiting]

  init(in rejections: [Rejection], during coverage: TimeRange) {
    bursts = Analysis.bursts(in: rejections, during: coverage.since..<coverage.until)
    steady = steadyLimiting(in: rejections, besides: bursts)
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
      value: BurstAnswer(
        range: range, bursts: bursts, leftOut: all.bursts.count - bursts.count,
        continuous: steady, continuousLeftOut: all.steady.count - steady.count
      ).value,
      rows: "bursts", header: VendorBurst.fields.names)
    return try honest(answer, from: .events)
  }

  /// What the vendors' rejections show.
  ///
  /// - Parameter isMeant: whether a 429 counts; nil for all.
  func rateLimiting(where isMeant: ((Limit) -> Bool)? = nil) throws -> RateLimiting {
    if let lists = try rejectionLists(where: isMeant) { return rateLimiting(in: lists) }
    var found = RateLimiting()
    try eachVendorsRejections(where: isMeant) { vendor, rejections in
      let seen = SeenLimiting(in: rejections, during: rejectionCoverage)
      found.add(rateLimiting(of: vendor, seen, in: rejections))
    }
    return found.inOrder()
  }

  /// Bursts without what they say of consumers and routes, and whether these waited.
  func namelessBursts() throws -> [VendorBurst] {
    guard let lists = try rejectionLists(named: false) else { return try rateLimiting().bursts }
    return rateLimiting(in: lists).bursts
  }

  /// The same where 429s are read already: several vendors at once.
  func rateLimiting(in lists: RejectionLists) -> RateLimiting {
    let (byVendor, coverage) = (lists.byVendor, rejectionCoverage)
    let seen = sideBySide(byVendor.count) {
      SeenLimiting(in: byVendor[$0].rejections, during: coverage)
    }
    var found = RateLimiting()
    for ((vendor, rejections), seen) in zip(byVendor, seen) {
      found.add(rateLimiting(of: vendor, seen, in: rejections))
    }
    return found.inOrder()
  }

  /// What the rejections of one vendor show, with the names of who asked for what.
  func rateLimiting(
    of number: Int, _ seen: SeenLimiting, in rejections: [Rejection]
  ) -> RateLimiting {
    let (bursts, steady) = (seen.bursts, seen.steady)
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
      found.steady.append(VendorLimiting(vendor: vendor, limiting: limiting))
    }
    return found
  }

  func steadyTable(_ found: [VendorLimiting]) -> Table {
    let fields = VendorLimiting.fields
    return Table(
      of: found,
      [
        fields.column("vendor", to: Reference.vendor), fields.column("start", time: shown),
        TableColumn("lasted") { lasting($0.limiting.start, $0.limiting.end) },
        fields.column("count", as: "429s"),
        fields.column("per_minute", as: "per minute", number: expectation),
      ], keys: ["vendor", "start", "429s"], whenEmpty: "none")
  }

  func burstTable(_ found: [VendorBurst]) -> Table {
    let fields = VendorBurst.fields
    return Table(
      of: found,
      [
        fields.column("vendor", to: Reference.vendor), fields.column("start", time: shown),
        TableColumn("lasted") { lasting($0.burst.start, $0.burst.end) },
        fields.column("count", as: "429s"), fields.column("peak_per_minute", as: "peak/min"),
        fields.column("background_per_hour", as: "usual/h", number: expectation),
        fields.column("retry_after", as: "Retry-After"),
        TableColumn("most from") { Cell($0.consumers.first?.name) },
        TableColumn("most on") { Cell($0.routes.first?.name) },
      ], keys: ["vendor", "start", "429s"], whenEmpty: "no bursts")
  }
}

/// How long something lasted, in words.
func lasting(_ start: Int64, _ end: Int64) -> Cell { Cell(.text(formatDuration(end - start))) }

/// What `bursts` answers.
struct BurstAnswer: Described {
  var range: TimeRange
  var bursts: [VendorBurst]
  var leftOut: Int
  var continuous: [VendorLimiting]
  var continuousLeftOut: Int

  static let fields: Fields<BurstAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("left_out", "how many smaller bursts are not in the list") { $0.leftOut },
    Field("bursts", "the largest bursts, in order of time") { $0.bursts },
    Field(
      "continuous_left_out", "how many smaller stretches are not in the next list"
    ) { $0.continuousLeftOut },
    Field(
      "continuous",
      "six hours or more with a 429 in half of the minutes, and no burst, in order of time"
    ) { $0.continuous },
  ])
}

extension VendorBurst: Described {
  static let fields: Fields<VendorBurst> = [
    Field("vendor", "whose API answered") { $0.vendor },
    Field(time: "start", "the first 429") { $0.burst.start },
    Field(time: "end", "the last 429") { $0.burst.end },
    Field("count", "how many responses with status 429") { $0.burst.count },
    Field("plan_limited", "how many of them were a plan's limit") { $0.burst.planLimited },
    Field("peak_per_minute", unit: "1/min", "429s in its worst minute") { $0.burst.peakPerMinute },
    Field(
      "background_per_hour", unit: "1/h", "429s that are usual"
    ) { $0.burst.backgroundPerHour },
    Field(
      "retry_after", "whether those who were rejected waited as Retry-After said"
    ) { $0.burst.retryAfter },
    Field("routes", "the five most frequent routes") { $0.routes },
    Field("consumers", "the five most frequent consumers") { $0.consumers },
  ]
}

extension VendorLimiting: Described {
  static let fields: Fields<VendorLimiting> = [
    Field("vendor", "whose API answered") { $0.vendor },
    Field(time: "start", "the first 429") { $0.limiting.start },
    Field(time: "end", "the last 429") { $0.limiting.end },
    Field("count", "how many responses with status 429") { $0.limiting.count },
    Field("per_minute", unit: "1/min", "429s on average") { $0.limiting.perMinute },
  ]
}
