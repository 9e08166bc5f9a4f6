internal import Analysis
internal import Answers
internal import Events
internal import Store

/// How long a consumer's quota will last, by what responses said of it.
package struct QuotaOutlook: Equatable {
  package var vendor: String?
  package var consumer: String?
  /// What its headers call it; nil where they have no name for it.
  package var name: String?
  package var limit: Int64?
  /// What was left when it was last seen.
  package var remaining: Int64
  /// Milliseconds since the epoch, as `reset` is.
  package var seen: Int64
  /// When it begins anew; nil when not known.
  package var reset: Int64?
  var forecast: QuotaForecast

  /// From when it was last seen until nothing is left, at the mean rate; nil where that is not known.
  package var daysLeft: Double? {
    switch forecast {
    case .usedUp: 0
    case .runsOut(_, let middle, _): Double(middle - seen) / Double(Milliseconds.day)
    case .lasts, .mayRunOut, .unknown: nil
    }
  }

  /// When nothing is left: the earliest and the latest time.
  package var nextHit: (earliest: Int64, latest: Int64?)? {
    switch forecast {
    case .runsOut(let earliest, _, let latest): (earliest, latest)
    case .mayRunOut(let earliest): (earliest, nil)
    case .usedUp, .lasts, .unknown: nil
    }
  }
}

extension Question {
  /// How long quotas will last whose period is longer than six hours, those first that run out
  /// first. What is known of them in the range counts.
  package func quotaOutlook() throws -> [QuotaOutlook] {
    var readings: [QuotaKey: [QuotaReading]] = [:]
    try store.quotas(during: range) { quota in
      let key = QuotaKey(
        vendor: vocabulary.vendors.number(ofRow: quota.vendor),
        consumer: vocabulary.consumers.number(ofRow: quota.consumer), name: quota.name)
      let sighting = quota.sighting
      readings[key, default: []].append(
        QuotaReading(
          time: sighting.time, limit: sighting.limit, remaining: sighting.remaining,
          reset: sighting.reset))
    }
    return readings.compactMap { key, readings -> QuotaOutlook? in
      let vendor = vocabulary.vendors[key.vendor]
      guard asksAbout(vendor), let last = readings.max(by: { $0.time < $1.time }),
        // Of periods that have a name, no time need be told.
        readings.contains(where: { reading in
          reading.reset.map { $0 - reading.time > 6 * Milliseconds.hour } ?? true
        })
      else { return nil }
      return QuotaOutlook(
        vendor: vendor, consumer: vocabulary.consumers[key.consumer], name: key.name.nonEmpty,
        limit: last.limit, remaining: last.remaining, seen: last.time, reset: last.reset,
        forecast: QuotaForecast(of: readings))
    }
    .sorted {
      ($0.urgency, $0.vendor ?? "", $0.consumer ?? "", $0.name ?? "")
        < ($1.urgency, $1.vendor ?? "", $1.consumer ?? "", $1.name ?? "")
    }
  }

  private struct QuotaKey: Hashable {
    var vendor: Int
    var consumer: Int
    var name: String
  }

  func quotaValues(_ outlooks: [QuotaOutlook]) -> Value {
    .array(
      outlooks.map { outlook in
        .object(
          Object(
            [
              ("vendor", Value(outlook.vendor)), ("consumer", Value(outlook.consumer)),
              ("quota", Value(outlook.name)), ("limit", Value(outlook.limit)),
              ("remaining", .integer(outlook.remaining)), ("seen", Value(time: outlook.seen)),
              ("reset", Value(time: outlook.reset)),
            ] + outlookValues(outlook)))
      })
  }

  /// What is to be expected, as the contract names it; all null where nothing is known.
  func outlookValues(_ outlook: QuotaOutlook?) -> [(String, Value)] {
    [
      ("days_left", Value(outlook?.daysLeft)),
      (
        "next_hit",
        outlook?.nextHit.map {
          ["earliest": Value(time: $0.earliest), "latest": Value(time: $0.latest)]
        } ?? .null
      ),
      ("outlook", Value(outlook.map(words))),
    ]
  }

  func quotaTable(_ outlooks: [QuotaOutlook], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "consumer", "quota", Column("limit", .trailing), Column("left", .trailing),
        "as of", "outlook",
      ],
      rows: outlooks.map {
        [
          Cell($0.vendor), Cell($0.consumer), Cell($0.name), Cell($0.limit),
          Cell(.integer($0.remaining)), time($0.seen), Cell(.text(words($0))),
        ]
      },
      whenEmpty: "no response says what is left of a quota")
  }

  /// What is to be expected, and why it is not known where it is not.
  func words(_ outlook: QuotaOutlook) -> String {
    func text(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    let reset = outlook.reset.map { "begins anew \(text($0))" }
    return switch outlook.forecast {
    case .usedUp: ["used up", reset].compactMap { $0 }.joined(separator: "; ")
    case .runsOut(let earliest, _, let latest):
      text(earliest) == text(latest)
        ? "runs out about \(text(earliest)), as it is used now"
        : "runs out between \(text(earliest)) and \(text(latest)), as it is used now"
    case .lasts(let time): "lasts until it begins anew \(text(time)), as it is used now"
    case .mayRunOut(let earliest):
      "may run out from \(text(earliest)) on; \(reset ?? "its end is not known")"
    case .unknown(.tooFew): "not known: too few readings, or over too short a time"
    case .unknown(.unsteady): "not known: it is used too unevenly"
    case .unknown(.unused): "not known: nothing was used"
    }
  }

  /// The outlook of what was hit: the consumer's only quota, or the one whose name has a word of the
  /// resource.
  func outlook(of hits: LimitHits, among outlooks: [QuotaOutlook]) -> QuotaOutlook? {
    let own = outlooks.filter { $0.vendor == hits.vendor && $0.consumer == hits.consumer }
    if own.count < 2 { return own.first }
    let words = Set((hits.resource ?? "").lowercased().split { !$0.isLetter })
    let named = own.filter { outlook in
      !words.isDisjoint(with: (outlook.name ?? "").split(separator: "-"))
    }
    return named.count == 1 ? named.first : nil
  }
}

extension QuotaOutlook {
  /// The time from which nothing may be left.
  fileprivate var urgency: Int64 {
    switch forecast {
    case .usedUp: .min
    case .runsOut(let earliest, _, _), .mayRunOut(let earliest): earliest
    case .lasts, .unknown: .max
    }
  }
}
