internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Times

// The report as data.
extension Report: Described {
  static let fields: Fields<Report> = Fields<Report>([
    Field("week", "the ISO week; null of any other range") { $0.period.week?.text }
  ])
  .and(TimeRange.fields.of { $0.period.range })
  .and([
    Field("tz", "the zone in which days begin") { $0.zone.name },
    Field("compared_with", "the time before") { $0.comparedWith },
    Field("left_out", "how much is left out of each list") { $0.leftOut },
    Field("totals", "what was counted") { report in
      report.totals(report.groups.now) { $0.now }
    },
    Field("before", "the same of the time before") { report in
      report.totals(report.groups.before) { $0.before }
    },
    Field("new", "codes that were never sent before") { $0.groups.codes.new.inOrder },
    Field(
      "returned", "codes that were sent before, but not in the four weeks before"
    ) { $0.groups.codes.returned.inOrder },
    Field("gone", "codes that were sent in the time before only") { $0.groups.codes.gone.inOrder },
    Field("days", "every day of the range, also one with nothing in it") { $0.days },
    Field(
      "movers", "the errors of a vendor, status, code and kind that moved most, the most first"
    ) { $0.movedSorts },
    Field(
      "changes", "every vendor and kind, and the codes and routes that changed clearly"
    ) { $0.changes },
    Field("incidents", "as `incidents` has them") { $0.toldIncidents },
    Field("habits", "as `incidents` has them") { $0.toldHabits },
    Field("budgets", "error budgets at its end, where rules are given, as `check` has them") {
      $0.budgets.states
    },
    Field("blame", "whose move it is, the most first") { report in
      report.owners.map { owner in
        OwnedErrors(now: BlamedErrors(blame: owner.blame, errors: owner.now), before: owner.before)
      }
    },
    Field("bursts", "as `bursts` has them") { $0.toldBursts },
    Field("continuous", "as `bursts` has it") { $0.toldSteady },
    Field("spikes", "as `spikes` has them, without what they were of") { $0.toldSpikes },
    Field("gaps", "as `spikes` has them") { $0.toldGaps },
    Field("limits", "as the rows of `limits`") { $0.question.limitRows($0.limits) },
    Field("quotas", "as `limits` has them") { $0.question.quotaRows($0.quotas.outlooks) },
    Field("retries", "as `retries` has it") {
      RetryAnswer(range: $0.question.range, found: $0.retries)
    },
    Field("undated", "errors without a time, which are in no other number") { $0.undated },
    Field(
      "missing", "where a log may have gone on that was gone before it was read"
    ) { $0.missing },
  ])

  private var most: Int { question.top.findings }
  var toldIncidents: [Incident] { Array(incidents.prefix(most)) }
  var toldHabits: [Habit] { Array(habits.prefix(most)) }
  var toldGaps: [LoggingGap] { gaps.largest(most) { $0.expected } }
  var toldSpikes: [VendorSpike] { spikes.largest(most) { $0.spike.excess } }
  var toldBursts: [VendorBurst] { limiting.bursts.largest(most) { Double($0.burst.count) } }
  var toldSteady: [VendorLimiting] { limiting.steady.largest(most) { Double($0.limiting.count) } }

  private var comparedWith: ComparedTime {
    ComparedTime(
      range: period.before, knownSince: question.firstKnown(in: period.before),
      comparedSince: comparedDays?.before.first.map { counts.calendar.days[$0].since })
  }

  private var leftOut: LeftOut {
    let clear = [groups.clearSorts, routes.clear]
    return LeftOut(
      vendors: groups.now.vendors.others, vendorsBefore: groups.before.vendors.others,
      new: groups.codes.new.others, returned: groups.codes.returned.others,
      gone: groups.codes.gone.others, movers: groups.movedSorts.others,
      changes: clear.reduce(groups.movedVendors.others) { $0 + $1.others },
      incidents: incidents.count - toldIncidents.count, habits: habits.count - toldHabits.count,
      bursts: limiting.bursts.count - toldBursts.count,
      continuous: limiting.steady.count - toldSteady.count,
      spikes: spikes.count - toldSpikes.count, gaps: gaps.count - toldGaps.count,
      limits: limits.others, quotas: quotas.others, budgets: budgets.others)
  }

  private var days: [Day] {
    let calendar = counts.calendar
    let all = counts.errors.daily
    return (calendar.firstDay..<calendar.days.count).map { day in
      let range = calendar.days[day]
      return Day(
        start: max(range.since, period.range.since), end: min(range.until, period.range.until),
        errors: all[day],
        requests: now.successes > 0 ? all[day] + counts.successes[day] : nil)
    }
  }

  private var movedSorts: [MovedSort] {
    groups.movedSorts.groups.compactMap { mover in
      guard case .sort(let sort) = mover.subject else { return nil }
      return MovedSort(
        vendor: vocabulary.vendors[sort.vendor], status: sort.status == 0 ? nil : sort.status,
        code: vocabulary.codes[sort.code], kind: sort.kind, mover: mover)
    }
  }

  /// Vendors and kinds, and of routes and codes what changed clearly.
  private var changes: [NamedMover] {
    let movers =
      groups.movedVendors.groups + movers.kinds.inOrder(vocabulary) + groups.clearSorts.groups
      + routes.clear.groups
    return movers.map { NamedMover(name: name(of: $0.subject), mover: $0) }
  }

  private func totals(
    _ sums: ReportGroups.Totals, of kind: (ReportGroup) -> Int64
  ) -> ReportTotals {
    let vendors = sums.vendors.largest.sorted { one, other in
      one.size.0 != other.size.0 ? one.size.0 > other.size.0 : one.name < other.name
    }
    .map(\.group)
    func row(_ vendor: String?, _ counts: Counts, others: Int?) -> VendorCounts {
      VendorCounts(
        vendor: vendor, others: others,
        counts: KnownCounts(counts: counts, knowsRequests: counts.successes > 0))
    }
    let others = sums.vendors.others
    let rest = others > 0 ? [row(nil, sums.all.without(vendors.map(\.counts)), others: others)] : []
    return ReportTotals(
      errors: sums.all.errors, requests: sums.all.successes > 0 ? sums.all.requests : nil,
      byVendor: vendors.map { row($0.vendor, $0.counts, others: nil) } + rest,
      byKind: kinds(kind).map { KindErrors(kind: $0.kind, errors: $0.errors) })
  }
}
