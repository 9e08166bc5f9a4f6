internal import Analysis
internal import Answers
internal import Events

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
      "totals": now.value, "before": before.value, "new": question.codeValues(news.new),
      "returned": question.codeValues(news.returned), "gone": question.codeValues(news.gone),
      "days": .array(days), "movers": .array(sorted(movers.sorts).map { value(ofSort: $0) }),
      "changes": .array(changes.map { value(of: $0) }),
      "incidents": .array(incidents.map { value(of: $0) }),
      "blame": .array(
        owners.map { blame, now, before in
          ["whose": .text(blame.rawValue), "errors": .integer(now), "before": .integer(before)]
        }),
      "bursts": question.burstValues(bursts), "continuous": question.steadyValues(steady),
      "spikes": question.spikeValues(spikes), "gaps": question.gapValues(gaps),
      "limits": question.limitValues(limits), "quotas": question.quotaValues(quotas),
      "retries": question.retryValues(retries), "undated": .integer(undated),
      "missing": question.missingValues(missing),
    ]
  }

  /// Every day of the range, also one with nothing in it.
  private var days: [Value] {
    let calendar = counts.calendar
    let sums = counts.sums { $0.kind == nil }
    return (calendar.firstDay..<calendar.days.count).map { day in
      let range = calendar.days[day]
      let errors = sums[false]?.daily[day] ?? 0
      return [
        "start": Value(time: max(range.since, period.range.since)),
        "end": Value(time: min(range.until, period.range.until)), "errors": Value(errors),
        "requests": now.all.successes > 0 ? Value(errors + (sums[true]?.daily[day] ?? 0)) : .null,
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

  /// Every vendor and kind, and of routes and codes what changed clearly.
  private var changes: [Mover] {
    sorted(movers.vendors) + sorted(movers.kinds) + sorted(movers.sorts.filter(\.isClear))
      + sorted(movers.routes.filter(\.isClear))
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
}

extension Report.Totals {
  fileprivate var value: Value {
    [
      "errors": .integer(all.errors),
      "requests": all.successes > 0 ? .integer(all.requests) : .null,
      "by_vendor": .array(
        vendors.map { vendor in
          .object(
            Object(
              [("vendor", Value(vendor))]
                + (byVendor[vendor] ?? Counts()).values(knowsRequests: knowsRequests(vendor))))
        }),
      "by_kind": .array(
        kinds.map { ["kind": .text($0.kind.name), "errors": .integer($0.errors)] }),
    ]
  }
}
