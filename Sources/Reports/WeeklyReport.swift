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
  /// Errors of each day of the zone.
  var daily: [ErrorKey: [Int]] = [:]

  struct ErrorKey: Hashable {
    var vendor: String?
    var status: Int64?
    var code: String?
    var kind: String
  }

  init(_ question: Question) throws {
    let days = try Every.day.buckets(covering: question.range, zone: question.zone)
    let isByHour = days.allSatisfy { $0.since % Grain.hour.length == 0 }
    var counted: [CountKey: Counted] = [:]
    let none = Counted(daily: Array(repeating: 0, count: days.count))
    try question.eachResponse(by: isByHour ? .hour : .quarter) { response in
      let day = days.firstIndex { $0.contains(response.time) }
      let key = CountKey(
        vendor: response.vendor, status: response.status, code: response.code, kind: response.kind)
      counted[key, default: none].add(response, day: day)
    }
    for (key, counted) in counted {
      let counts = counted.counts
      let vendor = question.vocabulary.vendors[key.vendor]
      all.add(counts)
      byVendor[vendor, default: Counts()].add(counts)
      guard let kind = key.kind else { continue }
      byKind[kind.name, default: 0] += counts.errors
      let error = ErrorKey(
        vendor: vendor, status: key.status == 0 ? nil : key.status,
        code: question.vocabulary.codes[key.code], kind: kind.name)
      byError[error, default: 0] += counts.errors
      daily[error] = counted.daily
    }
  }

  /// What was counted of responses that are alike.
  private struct Counted {
    var counts = Counts()
    /// By day of the week.
    var daily: [Int]

    mutating func add(_ response: ResponseCount, day: Int?) {
      counts.add(response)
      if let day { daily[day] += Int(response.count) }
    }
  }

  /// What responses are told apart by while they are counted, by number.
  private struct CountKey: Hashable {
    var vendor: Int
    var status: Int64
    var code: Int
    var kind: Kind?
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
    let week = try week ?? lastCompleteWeek()
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
    let missing = try store.missingParts(of: this.range)
    let answer = Answer(
      title: "Errors in \(week.text)",
      notes: [this.note, "compared with \(week.previous.text)"],
      sections: [
        this.summarySection(
          now, before, bursts: bursts, spikes: spikes, limits: limits, news: news),
        this.vendorSection(now, before),
        this.kindSection(now, before),
        this.moverSection(movers),
        this.newsSection(news),
        this.excerpt("5xx spikes", of: spikes, "spikes") { this.spikeTable($0) },
        this.excerpt("429 bursts", of: bursts, "bursts") { this.burstTable($0) },
        this.excerpt("Plan limits", of: limits, "limits") { this.limitTable($0) },
        this.topSection(now),
      ]
        + (missing.isEmpty ? [] : [this.missingSection(missing)])
        + (undated > 0
          ? [
            Section(
              .paragraph("Not in this report, as they have no time: \(count(undated, "error"))."))
          ]
          : []),
      value: [
        "week": .text(week.text), "since": Value(time: this.range.since),
        "until": Value(time: this.range.until), "tz": .text(zone.name), "totals": now.value,
        "before": before.value, "new": codeValues(news.new),
        "returned": codeValues(news.returned),
        "gone": codeValues(news.gone), "movers": moverValues(movers),
        "bursts": burstValues(bursts), "spikes": spikeValues(spikes), "limits": limitValues(limits),
        "undated": .integer(undated), "missing": missingValues(missing),
      ],
      rows: "movers")
    // Of totals only counts say something; of bursts and plan limits, events.
    return last.isPruned(.counts)
      ? last.honest(answer, from: .counts) : this.honest(answer, from: .events)
  }

  private func lastCompleteWeek() throws -> ISOWeek {
    guard let extent else {
      let undated = try undatedErrors()
      throw StoreError(
        "there is no week to report on: the store has no response with a time",
        hint: undated > 0
          ? "\(count(undated, "error")) without one can be found by id: errata find ID"
          : "import a log first: errata import access.log")
    }
    return ISOWeek(of: extent.until - 1, zone: zone).previous
  }

  private func undatedErrors() throws -> Int64 {
    var count: Int64 = 0
    try ask("undated") { row in
      if row.text(1) != "success" { count += row.integer(2) }
    }
    return count
  }
}
