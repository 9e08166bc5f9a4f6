internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Times

// The report as data.
extension Report {
  var value: Value {
    [
      "week": Value(period.week?.text), "since": Value(time: period.range.since),
      "until": Value(time: period.range.until), "tz": .text(zone.name),
      "compared_with": [
        "since": Value(time: period.before.since), "until": Value(time: period.before.until),
        "known_since": Value(time: question.firstKnown(in: period.before)),
      ],
      "left_out": .object(leftOut),
      "totals": totals(groups.now) { $0.now }, "before": totals(groups.before) { $0.before },
      "new": question.codeValues(groups.codes.new),
      "returned": question.codeValues(groups.codes.returned),
      "gone": question.codeValues(groups.codes.gone),
      "days": .array(days),
      "movers": .array(groups.movedSorts.groups.map { value(ofSort: $0) }),
      "changes": .array(changes.map { value(of: $0) }),
      "incidents": .array(toldIncidents.map { value(of: $0) }),
      "blame": .array(
        owners.map { blame, now, before in
          ["whose": .text(blame.rawValue), "errors": .integer(now), "before": .integer(before)]
        }),
      "bursts": question.burstValues(toldBursts), "continuous": question.steadyValues(toldSteady),
      "spikes": question.spikeValues(toldSpikes), "gaps": question.gapValues(toldGaps),
      "limits": question.limitValues(limits), "quotas": question.quotaValues(quotas.outlooks),
      "retries": question.retryValues(retries), "undated": .integer(undated),
      "missing": question.missingValues(missing),
    ]
  }

  /// How much is left out of each list.
  private var leftOut: Object {
    let clear = [groups.clearSorts, routes.clear]
    let news = groups.codes
    return [
      "vendors": Value(groups.now.vendors.others),
      "vendors_before": Value(groups.before.vendors.others), "new": Value(news.new.others),
      "returned": Value(news.returned.others), "gone": Value(news.gone.others),
      "movers": Value(groups.movedSorts.others),
      "changes": Value(clear.reduce(groups.movedVendors.others) { $0 + $1.others }),
      "incidents": Value(incidents.count - toldIncidents.count),
      "bursts": Value(limiting.bursts.count - toldBursts.count),
      "continuous": Value(limiting.steady.count - toldSteady.count),
      "spikes": Value(spikes.count - toldSpikes.count), "gaps": Value(gaps.count - toldGaps.count),
      "limits": Value(limits.others), "quotas": Value(quotas.others),
    ]
  }

  private var most: Int { question.top.findings }
  var toldIncidents: [Incident] { incidents.largest(most) { Double($0.errors) } }
  var toldGaps: [LoggingGap] { gaps.largest(most) { $0.expected } }
  private var toldSpikes: [VendorSpike] { spikes.largest(most) { $0.spike.excess } }
  private var toldBursts: [VendorBurst] {
    limiting.bursts.largest(most) { Double($0.burst.count) }
  }
  private var toldSteady: [(vendor: String?, limiting: SteadyLimiting)] {
    limiting.steady.largest(most) { Double($0.limiting.count) }
  }

  /// Every day of the range, also one with nothing in it.
  private var days: [Value] {
    let calendar = counts.calendar
    let all = counts.errors.daily
    return (calendar.firstDay..<calendar.days.count).map { day in
      let range = calendar.days[day]
      return [
        "start": Value(time: max(range.since, period.range.since)),
        "end": Value(time: min(range.until, period.range.until)), "errors": Value(all[day]),
        "requests": now.successes > 0 ? Value(all[day] + counts.successes[day]) : .null,
      ]
    }
  }

  private func value(ofSort mover: Mover) -> Value {
    guard case .sort(let sort) = mover.subject else { return .null }
    return [
      "vendor": Value(vocabulary.vendors[sort.vendor]),
      "status": Value(sort.status == 0 ? nil : sort.status),
      "code": Value(vocabulary.codes[sort.code]), "kind": Value(sort.kind?.name),
      "errors": .integer(mover.now), "before": .integer(mover.before),
      "change": .text(mover.change.direction.rawValue), "ratio": Value(mover.change.ratio),
      "per": .text(mover.exposure.unit.rawValue),
      "rate": Value(mover.exposure.rate(of: mover.now, now: true)),
      "rate_before": Value(mover.exposure.rate(of: mover.before, now: false)),
    ]
  }

  /// Vendors and kinds, and of routes and codes what changed clearly.
  private var changes: [Mover] {
    groups.movedVendors.groups + movers.kinds.inOrder(vocabulary) + groups.clearSorts.groups
      + routes.clear.groups
  }

  private func value(of mover: Mover) -> Value {
    let name = name(of: mover.subject)
    return [
      "of": .text(name.dimension), "vendor": Value(name.vendor), "name": Value(name.name),
      "status": Value(name.status), "errors": .integer(mover.now),
      "before": .integer(mover.before), "per": .text(mover.exposure.unit.rawValue),
      "rate": Value(mover.exposure.rate(of: mover.now, now: true)),
      "rate_before": Value(mover.exposure.rate(of: mover.before, now: false)),
      "change": .text(mover.change.direction.rawValue), "ratio": Value(mover.change.ratio),
      "low": Value(mover.change.interval?.lowerBound),
      "high": Value(mover.change.interval?.upperBound),
    ]
  }

  private func value(of incident: Incident) -> Value {
    let causes = incident.causes
    return [
      "vendor": Value(incident.vendor), "start": Value(time: incident.start),
      "end": Value(time: incident.end), "ongoing": .bool(incident.isOngoing),
      "server_errors": Value(incident.serverErrors), "rejections": Value(incident.rejections),
      "expected": incident.spikes.isEmpty ? .null : .number(incident.expected),
      "retry_after": Value(incident.retryAfter?.rawValue), "codes": Value(causes?.codes ?? []),
      "routes": Value(routes(of: incident)), "consumers": Value(consumers(of: incident)),
      "blame": .array(
        (causes?.blame ?? []).map {
          ["whose": .text($0.blame.rawValue), "errors": .integer($0.count)]
        }),
    ]
  }

  /// Those of its events; where they were not read, those of its largest burst.
  func routes(of incident: Incident) -> [(name: String, count: Int)] {
    incident.causes?.routes ?? incident.largestBurst?.routes ?? []
  }

  func consumers(of incident: Incident) -> [(name: String, count: Int)] {
    incident.causes?.consumers ?? incident.largestBurst?.consumers ?? []
  }

  private func totals(
    _ sums: ReportGroups.Totals, of kind: (ReportGroup) -> Int64
  ) -> Value {
    let vendors = sums.vendors.largest.sorted { one, other in
      one.size.0 != other.size.0 ? one.size.0 > other.size.0 : one.name < other.name
    }
    .map(\.group)
    func row(_ vendor: String?, _ counts: Counts, others: Int?) -> Value {
      .object(
        Object(
          [("vendor", Value(vendor))] + counts.values(knowsRequests: counts.successes > 0)
            + [("others", Value(others))]))
    }
    let others = sums.vendors.others
    let rest = others > 0 ? [row(nil, sums.all.without(vendors.map(\.counts)), others: others)] : []
    return [
      "errors": .integer(sums.all.errors),
      "requests": sums.all.successes > 0 ? .integer(sums.all.requests) : .null,
      "by_vendor": .array(vendors.map { row($0.vendor, $0.counts, others: nil) } + rest),
      "by_kind": .array(
        kinds(kind).map { ["kind": .text($0.kind.name), "errors": .integer($0.errors)] }),
    ]
  }
}
