internal import Analysis
package import Answers
package import Events
internal import Store

/// One week against the week before.
struct WeekTotals {
  var all = Counts()
  var byVendor: [String?: Counts] = [:]
  var byKind: [String: Int64] = [:]
  /// By vendor, status, code and kind.
  var byError: [ErrorKey: Int64] = [:]
  /// Errors of each day from the start.
  var daily: [ErrorKey: [Int]] = [:]

  struct ErrorKey: Hashable {
    var vendor: String?
    var status: Int64?
    var code: String?
    var kind: String
  }

  init(_ question: Question) throws {
    let start = question.range.since
    let days = max(1, Int((question.range.length + Milliseconds.day - 1) / Milliseconds.day))
    try question.eachResponse { response in
      all.add(response)
      byVendor[response.vendor, default: Counts()].add(response)
      guard response.isError else { return }
      byKind[response.kind, default: 0] += response.count
      let key = ErrorKey(
        vendor: response.vendor, status: response.status, code: response.code, kind: response.kind)
      byError[key, default: 0] += response.count
      let day = Int((response.time - start) / Milliseconds.day)
      if day < days {
        daily[key, default: Array(repeating: 0, count: days)][day] += Int(response.count)
      }
    }
  }

  func knowsRequests(_ vendor: String?) -> Bool { (byVendor[vendor]?.successes ?? 0) > 0 }

  var vendors: [String?] {
    byVendor.keys.sorted { one, other in
      let (a, b) = (byVendor[one]?.errors ?? 0, byVendor[other]?.errors ?? 0)
      return a != b ? a > b : (one ?? "") < (other ?? "")
    }
  }

  var value: Value {
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
        byKind.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
          ["kind": .text($0.key), "errors": .integer($0.value)]
        }),
    ]
  }
}

extension Question {
  /// The weekly report: without a week, of the last complete one that ends at or before the newest
  /// event.
  package func report(week: ISOWeek? = nil) throws -> Answer {
    let week = week ?? lastCompleteWeek()
    let this = during(week.range(in: zone))
    let last = during(week.previous.range(in: zone))
    let now = try WeekTotals(this)
    let before = try WeekTotals(last)
    let news = try this.codeNews(before: last.range)
    let movers = this.movers(now, before, lastRange: last.range)
    let bursts = try this.vendorBursts()
    let spikes = try this.vendorSpikes()
    let limits = try this.limitHits()
    let undated = try undatedErrors()
    return Answer(
      title: "Errors in \(week.text)",
      notes: [this.note, "compared with \(week.previous.text)"],
      sections: [
        this.summarySection(
          now, before, bursts: bursts, spikes: spikes, limits: limits, news: news),
        this.vendorSection(now, before),
        this.kindSection(now, before),
        this.moverSection(movers),
        this.newsSection(news, before: last.range),
        Section("5xx spikes", .table(spikeTable(spikes))),
        Section("429 bursts", .table(burstTable(bursts))),
        Section("Plan limits", .table(limitTable(limits))),
        this.topSection(now),
      ]
        + (undated > 0
          ? [Section(.paragraph("\(undated) errors have no time and are not in this report."))]
          : []),
      value: [
        "week": .text(week.text), "since": Value(time: this.range.since),
        "until": Value(time: this.range.until), "tz": .text(zone.name), "totals": now.value,
        "before": before.value, "new": codeValues(news.new, in: this.range),
        "returned": codeValues(news.returned, in: this.range),
        "gone": codeValues(news.gone, in: last.range), "movers": moverValues(movers),
        "bursts": burstValues(bursts), "spikes": spikeValues(spikes), "limits": limitValues(limits),
        "undated": .integer(undated),
      ],
      rows: "movers")
  }

  private func lastCompleteWeek() -> ISOWeek {
    let newest = (extent?.until ?? 1) - 1
    let week = ISOWeek(of: newest, zone: zone)
    return week.range(in: zone).until <= newest ? week : week.previous
  }

  private func undatedErrors() throws -> Int64 {
    var count: Int64 = 0
    try ask("undated") { row in
      if row.text(1) != "success", wants(row.text(0)) { count += row.integer(2) }
    }
    return count
  }

  /// Every error of either week with how it went, the biggest moves first.
  private func movers(_ now: WeekTotals, _ before: WeekTotals, lastRange: TimeRange) -> [Mover] {
    Set(now.byError.keys).union(before.byError.keys).map { key in
      let counts = (now.byError[key] ?? 0, before.byError[key] ?? 0)
      let daily = (before.daily[key] ?? []) + (now.daily[key] ?? [])
      return Mover(
        vendor: key.vendor, status: key.status, code: key.code, kind: key.kind, now: counts.0,
        before: counts.1,
        change: change(
          from: Period(count: Int(counts.1), exposure: minutes(lastRange)),
          to: Period(count: Int(counts.0), exposure: minutes(range)),
          dispersion: overdispersion(ofDaily: daily)))
    }
    .sorted {
      ($1.distance, $0.vendor ?? "", $0.status ?? 0, $0.code ?? "", $0.kind)
        < ($0.distance, $1.vendor ?? "", $1.status ?? 0, $1.code ?? "", $1.kind)
    }
  }

  /// Minutes of a range in which there can be data.
  private func minutes(_ range: TimeRange) -> Double {
    max(1, Double(covered(range).length) / Double(Milliseconds.minute))
  }

  private func codeValues(_ codes: [CodeHistory], in range: TimeRange) -> Value {
    .array(
      codes.map {
        [
          "vendor": Value($0.vendor), "code": .text($0.code),
          "errors": .integer($0.count(in: range)),
        ]
      })
  }

  private func moverValues(_ movers: [Mover]) -> Value {
    .array(
      movers.map {
        [
          "vendor": Value($0.vendor), "status": Value($0.status), "code": Value($0.code),
          "kind": .text($0.kind), "errors": .integer($0.now), "before": .integer($0.before),
          "change": .text($0.change.direction.rawValue), "ratio": Value($0.change.ratio),
        ]
      })
  }
}
