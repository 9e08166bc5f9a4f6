internal import Analysis
package import Answers
package import Checks
internal import Events
internal import Files
package import Profiles
internal import Questions
internal import Threads
internal import Times

/// A stretch of time, as a rule a week, against an earlier one: all that is to be said of it,
/// before it is put in words, charts or data.
struct Report {
  let question: Question
  let period: ReportPeriod
  let counts: ReportCounts
  let groups: ReportGroups
  let movers: Movers
  /// What of the range is compared, where that is not all of it.
  let comparedDays: ComparedDays?
  let routes: RouteCounts
  /// Empty where people read the report: its incidents tell of them.
  let spikes: [VendorSpike]
  let limiting: RateLimiting
  let gaps: [LoggingGap]
  /// Those with most harm first.
  let incidents: [Incident]
  let habits: [Habit]
  let limits: LimitList
  let quotas: QuotaList
  let retries: RetryFindings
  let budgets: BudgetList
  let undated: Int64
  let givenUp: GivenUp
  let missing: [MissingPart]

  init(
    _ question: Question, _ period: ReportPeriod, rules: [PlacedRule],
    catalog: () throws -> Catalog
  ) throws {
    let question = question.during(period.range)
    self.question = question
    self.period = period
    // So many events make threads with readers of their own worth it.
    let isLarge = try question.isLarge
    let reading = isLarge ? LimitReading(question) : nil
    let minutes = isLarge ? MinuteReading(question) : nil
    let calendar = try ReportCalendar(period, zone: question.zone)
    gaps = try question.loggingGaps()
    let comparer = try Comparer(question, period, calendar, gaps: gaps)
    comparedDays = comparer.days
    (counts, groups) = try question.reportGroups(period, calendar, comparer)
    routes = try RouteCounts(question, period, calendar, comparer, groups.exposures)
    movers = Movers(counts, groups, routes, comparer, question.vocabulary)
    quotas = try question.quotaList()
    let read = try reading?.limits(question)
    limits = try question.limitHits(known: read?.planLimits)
    let rejected = try Rejected(
      question, errors: groups.now.all.errors, read, catalog: catalog)
    spikes = question.audience == .people ? [] : try question.vendorSpikes()
    limiting = rejected.limiting
    retries = rejected.retries
    let troubles = try question.troubles(
      bursts: limiting.bursts, gaps: gaps, reading: minutes)
    (incidents, habits) = (troubles.incidents, troubles.habits)
    budgets = try question.budgetList(rules.map(\.rule), at: period.range.until)
    undated = try question.undatedErrors()
    givenUp = try GivenUp(question, period, counts.kinds[.cancelled])
    missing = try question.archive.missingParts(of: period.range)
  }

  /// Errors by kind, the most frequent first.
  func kinds(_ count: (ReportGroup) -> Int64) -> [(kind: Kind, errors: Int64)] {
    counts.kinds.map { (kind: $0.key, errors: count($0.value)) }.filter { $0.errors > 0 }
      .sorted { ($1.errors, $0.kind.name) < ($0.errors, $1.kind.name) }
  }

  /// Whether anything of the range is known.
  var isKnown: Bool { now.errors > 0 || now.successes > 0 }

  var zone: Zone { question.zone }
  var vocabulary: Vocabulary { question.vocabulary }
  var now: Counts { groups.now.all }
  var before: Counts { groups.before.all }
}

extension Question {
  /// Whether there are so many events that a thread with a reader of its own is worth it.
  var isLarge: Bool { get throws { try archive.newestEvent() > 50_000 } }

  /// A part of an answer that is found while others are, by a reader of its own: of many errors a
  /// few parts take most of the time.
  func meanwhile<Part: Sendable>(
    _ find: @escaping @Sendable (Question) throws -> Part
  ) -> Future<Part> {
    let (open, range, zone, vendors, gateway, top) =
      (archive.opener, range, zone, vendors, gateway, top)
    let numbers = vocabulary.shared
    return Future {
      var question = try Question(
        open(), since: range.since, until: range.until, zone: zone,
        vendors: vendors, gateway: gateway, sharing: numbers)
      question.top = top
      return try question.archive.asOfOneMoment { try find(question) }
    }
  }

  /// The report: without a choice, of the last complete week that ends at or before the newest
  /// event, against the week before; of a log that is younger, of all its days.
  ///
  /// - Parameters:
  ///   - rules: those that are budgets are told as they stand at the end.
  ///   - catalog: what is known of vendors, for what they advise; asked for only if needed.
  package func report(
    _ choice: ReportPeriod.Choice = .usual,
    comparedWith other: ReportPeriod.Comparison = .earlier, rules: [PlacedRule] = [],
    catalog: () throws -> Catalog = { try Catalog() }
  ) throws -> Answer {
    try archive.asOfOneMoment {
      try currentReport(choice, comparedWith: other, rules: rules, catalog: catalog)
    }
  }

  private func currentReport(
    _ choice: ReportPeriod.Choice, comparedWith other: ReportPeriod.Comparison,
    rules: [PlacedRule], catalog: () throws -> Catalog
  ) throws -> Answer {
    let period = try reportPeriod(choice, comparedWith: other)
    let lacksBodies =
      try audience != .programs && isLarge
      ? during(period.range).meanwhile { try $0.isWithoutBodies() } : nil
    let report = try Report(self, period, rules: rules, catalog: catalog)
    var answer = Answer(
      title: period.title(in: zone),
      notes: notes(report, isUsual: choice == .usual),
      sections: forPeople { report.sections }, value: forPrograms { report.value }, rows: "movers",
      header: MovedSort.fields.names)
    if !report.isKnown, extent != nil {
      report.question.noteKnown(in: &answer, of: period.week)
      // Right below the range.
      answer.notes.insert(answer.notes.removeLast(), at: 1)
    }
    if audience != .programs, try lacksBodies?.value() ?? report.question.isWithoutBodies() {
      answer.notes.append(.withoutBodies)
    }
    // Of totals only counts say something; of bursts and plan limits, events.
    let earlier = during(period.before)
    let whole = try answer.noting(sharedRequests(during: period.range))
    if earlier.isPruned(.counts) { return try earlier.honest(whole, from: .counts) }
    return try report.question.honest(whole, from: .events)
  }

  /// Which gateways logged the same requests, where more than one is asked about.
  private func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    gateway == nil ? try archive.sharedRequests(during: range) : []
  }

  /// What the report is of, and what that is compared with.
  private func notes(_ report: Report, isUsual: Bool) -> [String] {
    let period = report.period
    var notes = [noted(report.question.note, of: period.range)]
    if isUsual, period.week == nil {
      let known = extent.map { ", from \(shown($0.since)) to \(shown($0.until))" } ?? ""
      notes.append("all that is known yet\(known): there is no week before")
    } else {
      notes.append(
        noted("compared with \(period.comparison(in: zone))", of: period.before)
          + (report.comparedDays?.before.isEmpty == false ? ", by the same part of both" : ""))
    }
    return notes
  }

  /// What a report is about.
  func reportPeriod(
    _ choice: ReportPeriod.Choice, comparedWith other: ReportPeriod.Comparison = .earlier
  ) throws -> ReportPeriod {
    if extent == nil, [.usual, .lastWeek, .thisWeek].contains(choice) {
      let undated = try undatedErrors()
      throw QuestionError(
        "there is no week to report on: the store has no response with a time",
        hint: undated > 0 ? .findByID("\(count(undated, "error")) without one") : .importFirst)
    }
    return ReportPeriod(choice, other, extent: extent, zone: zone)
  }

  func undatedErrors() throws -> Int64 {
    var count: Int64 = 0
    try archive.undatedResponses { responses in
      if responses.kind != nil,
        asksAbout(number: vocabulary.vendors.number(ofStored: responses.vendor))
      {
        count += responses.count
      }
    }
    return count
  }
}
