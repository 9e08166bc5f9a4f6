internal import Analysis
package import Answers
internal import Events
package import Profiles
internal import Store

/// A stretch of time, as a rule a week, against an earlier one: all that is to be said of it, before
/// it is put in words, charts or data.
struct Report {
  let question: Question
  let period: ReportPeriod
  let counts: ReportCounts
  let now: Totals
  let before: Totals
  let movers: Movers
  let routes: RouteCounts
  let news: CodeNews
  let spikes: [VendorSpike]
  let bursts: [VendorBurst]
  let steady: [(vendor: String?, limiting: SteadyLimiting)]
  let gaps: [LoggingGap]
  let incidents: [Incident]
  let limits: [LimitHits]
  let quotas: [QuotaOutlook]
  let retries: RetryFindings
  let undated: Int64
  let missing: [MissingPart]

  init(
    _ question: Question, _ period: ReportPeriod, catalog: () throws -> Catalog
  ) throws {
    let question = question.during(period.range)
    self.question = question
    self.period = period
    counts = try ReportCounts(question, period)
    let errors = counts.counts { $0.now }.values.reduce(0) { $0 + $1.errors }
    // So many errors make a thread with a reader of its own worth it.
    let beside =
      errors > 50_000
      ? question.meanwhile { try Rejected($0, errors: errors, catalog: { try Catalog() }) } : nil
    routes = try RouteCounts(question, period, counts.calendar)
    now = Totals(counts, question.vocabulary) { $0.now }
    before = Totals(counts, question.vocabulary) { $0.before }
    gaps = try question.loggingGaps()
    movers = Movers(counts, routes, try Comparer(question, period, counts, gaps: gaps))
    news = try question.codeNews(counts)
    limits = try question.limitHits()
    quotas = try question.quotaOutlook()
    // Last of what does not need the other threads: it makes use of every processor they leave.
    spikes = try question.vendorSpikes()
    let rejected = try beside?.found() ?? Rejected(question, errors: errors, catalog: catalog)
    bursts = rejected.limiting.bursts
    steady = rejected.limiting.steady
    retries = rejected.retries
    incidents = try question.incidents(spikes: spikes, bursts: bursts)
    undated = try question.undatedErrors()
    missing = try question.store.missingParts(of: period.range)
  }

  /// What is told from the 429s, which are read once for it.
  private struct Rejected {
    let limiting: RateLimiting
    let retries: RetryFindings

    init(_ question: Question, errors: Int64, catalog: () throws -> Catalog) throws {
      let rejections = try question.rejections()
      limiting = question.rateLimiting(in: rejections)
      retries = try question.retryFindings(
        errors: errors, rejections: rejections, catalog: catalog)
      try question.store.checkTexts()
    }
  }

  /// What was counted of a range.
  struct Totals {
    var all = Counts()
    var byVendor: [String?: Counts] = [:]
    var byKind: [Kind: Int64] = [:]

    init(
      _ counts: ReportCounts, _ vocabulary: Vocabulary, of which: (ReportCounts.Group) -> Int64
    ) {
      for (vendor, counts) in counts.counts(of: which) {
        all.add(counts)
        byVendor[vocabulary.vendors[vendor]] = counts
      }
      byKind = counts.sums { $0.kind }.mapValues(which).filter { $0.value > 0 }
    }

    func knowsRequests(_ vendor: String?) -> Bool { (byVendor[vendor]?.successes ?? 0) > 0 }

    /// The one with most errors first.
    var vendors: [String?] {
      byVendor.keys.sorted { one, other in
        let (a, b) = (byVendor[one]?.errors ?? 0, byVendor[other]?.errors ?? 0)
        return a != b ? a > b : (one ?? "") < (other ?? "")
      }
    }

    /// The most frequent first.
    var kinds: [(kind: Kind, errors: Int64)] {
      byKind.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }.map { ($0.key, $0.value) }
    }
  }

  var zone: Zone { question.zone }
  var vocabulary: Vocabulary { question.vocabulary }
}

extension Question {
  /// A part of a report that is found while others are, by a reader of its own: of many errors a few
  /// parts take most of the time.
  fileprivate func meanwhile<Part: Sendable>(
    _ find: @escaping @Sendable (Question) throws -> Part
  ) -> Meanwhile<Part> {
    let (store, range, zone, vendors) = (store.store, range, zone, vendors)
    return Meanwhile {
      try find(
        Question(
          StoreReader(store), since: range.since, until: range.until, zone: zone,
          vendors: vendors))
    }
  }

  /// The report: without a choice, of the last complete week that ends at or before the newest
  /// event, against the week before.
  ///
  /// - Parameter catalog: what is known of vendors, for what they advise; asked for only if needed.
  package func report(
    _ choice: ReportPeriod.Choice = .lastWeek,
    comparedWith other: ReportPeriod.Comparison = .earlier,
    catalog: () throws -> Catalog = { try Catalog() }
  ) throws -> Answer {
    let period = try reportPeriod(choice, comparedWith: other)
    let report = try Report(self, period, catalog: catalog)
    let answer = Answer(
      title: period.title,
      notes: [
        noted(report.question.note, of: period.range),
        noted("compared with \(period.comparison(in: zone))", of: period.before),
      ],
      sections: forPeople { report.sections }, value: forPrograms { report.value }, rows: "movers")
    // Of totals only counts say something; of bursts and plan limits, events; of routes, their own.
    let earlier = during(period.before)
    if earlier.isPruned(.counts) { return try earlier.honest(answer, from: .counts) }
    if earlier.isPruned(.routes) { return try earlier.honest(answer, from: .routes) }
    return try report.question.honest(answer, from: .events)
  }

  /// Words for a time, and from when on it is known.
  private func noted(_ words: String, of range: TimeRange) -> String {
    knownOnly(of: range).map { "\(words), \($0)" } ?? words
  }

  /// From when on a range is known, where that is not from its first day on; nil where it is, or not
  /// known at all.
  func knownOnly(of range: TimeRange) -> String? {
    firstKnown(in: range).map { "known from \(formatLocal($0, zone: zone, style: .weekday)) on" }
  }

  /// When the log begins, where that is on a later day than a range does.
  func firstKnown(in range: TimeRange) -> Int64? {
    guard let extent, range.contains(extent.since),
      zone.local(of: extent.since).rounded(downTo: Milliseconds.day)
        > zone.local(of: range.since).rounded(downTo: Milliseconds.day)
    else { return nil }
    return extent.since
  }

  /// What a report is about.
  func reportPeriod(
    _ choice: ReportPeriod.Choice, comparedWith other: ReportPeriod.Comparison = .earlier
  ) throws -> ReportPeriod {
    if extent == nil, choice == .lastWeek || choice == .thisWeek {
      let undated = try undatedErrors()
      throw StoreError(
        "there is no week to report on: the store has no response with a time",
        hint: undated > 0
          ? "\(count(undated, "error")) without one can be found by id: errata find ID"
          : "import a log first: errata import access.log")
    }
    return ReportPeriod(choice, other, extent: extent, zone: zone)
  }

  func undatedErrors() throws -> Int64 {
    var count: Int64 = 0
    try ask("undated") { row in
      if row.text(1) != "success" { count += try row.integer(2, .total) }
    }
    return count
  }
}
