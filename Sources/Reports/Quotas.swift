internal import Analysis
internal import Answers
internal import Batches
internal import Files
internal import Questions
internal import Times

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

  /// From when it was last seen until nothing is left, at the mean rate; nil where that is not
  /// known.
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

/// The quotas that run out first.
struct QuotaList {
  var outlooks: [QuotaOutlook] = []
  /// How many are not among these.
  var others = 0
  /// All quotas of who was asked for.
  fileprivate var byParty: [QuotaParty: [QuotaOutlook]] = [:]

  var count: Int { outlooks.count + others }
}

/// Who has a quota.
private struct QuotaParty: Hashable {
  var vendor: String?
  var consumer: String?
}

extension Question {
  /// How long quotas will last whose period is longer than six hours, those first that run out
  /// first. Those count that were seen in the range; four weeks before tell how they are used.
  ///
  /// - Parameter hits: who hit limits: what is known of their quotas is told by party.
  func quotaList(of hits: [LimitHits] = []) throws -> QuotaList {
    let parties = Set(hits.map { QuotaParty(vendor: $0.vendor, consumer: $0.consumer) })
    var list = QuotaList()
    var ranking = Ranking<QuotaOutlook>(top.groups)
    for part in try inParts({ try quotas(in: $0, of: parties) }) {
      ranking.add(part.ranking)
      list.byParty.merge(part.byParty) { $0 + $1 }
    }
    list.outlooks = ranking.largest.map(\.group)
    list.others = ranking.others
    return list
  }

  private func quotas(
    in part: Part, of parties: Set<QuotaParty>
  ) throws -> (ranking: Ranking<QuotaOutlook>, byParty: [QuotaParty: [QuotaOutlook]]) {
    var ranking = Ranking<QuotaOutlook>(top.groups)
    var byParty: [QuotaParty: [QuotaOutlook]] = [:]
    for (key, balances) in try quotaBalances(in: part) {
      guard let last = balances.max(by: { $0.time < $1.time }), last.time >= range.since,
        // Of periods that have a name, no time need be told.
        balances.contains(where: { balance in
          balance.reset.map { $0 - balance.time > 6 * Milliseconds.hour } ?? true
        })
      else { continue }
      let outlook = QuotaOutlook(
        vendor: vocabulary.vendors[key.vendor], consumer: vocabulary.consumers[key.consumer],
        name: key.name.nonEmpty, limit: last.limit, remaining: last.remaining, seen: last.time,
        reset: last.reset, forecast: QuotaForecast(of: balances) { cell(ofHourAt: $0) })
      ranking.add(outlook, size: (~outlook.urgency, 0)) { outlook.groupName }
      let party = QuotaParty(vendor: outlook.vendor, consumer: outlook.consumer)
      if parties.contains(party) { byParty[party, default: []].append(outlook) }
    }
    return (ranking, byParty)
  }

  private func quotaBalances(in part: Part) throws -> [QuotaKey: [QuotaBalance]] {
    var balances: [QuotaKey: [QuotaBalance]] = [:]
    var count = 0
    let history = TimeRange(
      since: range.since.addingClamped(-28 * Milliseconds.day), until: range.until)
    try archive.quotas(during: history) { quota in
      let key = QuotaKey(
        vendor: vocabulary.vendors.number(ofStored: quota.vendor),
        consumer: vocabulary.consumers.number(ofStored: quota.consumer), name: quota.name)
      guard asksAbout(number: key.vendor), part.holds(key.hash) else { return }
      let sighting = quota.sighting
      balances[key, default: []].append(
        QuotaBalance(
          time: sighting.time, limit: sighting.limit, remaining: sighting.remaining,
          reset: sighting.reset))
      count += 1
      if balances.count * 3 + count > 1 << 20 { throw Part.TooLarge() }
    }
    return balances
  }

  private struct QuotaKey: Hashable {
    var vendor: Int
    var consumer: Int
    var name: String

    var hash: UInt64 {
      Part.hash([
        Int32(truncatingIfNeeded: vendor), Int32(truncatingIfNeeded: consumer),
        Int32(truncatingIfNeeded: name.hashValue),
      ])
    }
  }

  func quotaRows(_ outlooks: [QuotaOutlook]) -> [QuotaRow] {
    outlooks.map { QuotaRow(outlook: $0, words: words($0)) }
  }

  func quotaTable(_ outlooks: [QuotaOutlook], title: String? = nil) -> Table {
    let fields = QuotaRow.fields
    return Table(
      title, of: quotaRows(outlooks),
      [
        fields.column("vendor", to: Reference.vendor), fields.column("consumer"),
        fields.column("quota"),
        fields.column("limit"), fields.column("remaining", as: "left"),
        fields.column("seen", as: "as of", time: shown), fields.column("outlook"),
      ], keys: ["vendor", "quota", "left"],
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
    case .unknown(.tooFew): "not known: too few readings"
    case .unknown(.tooShort): "not known before a week of its use was seen"
    case .unknown(.unsteady): "not known: it is used too unevenly"
    case .unknown(.unused): "not known: nothing was used"
    }
  }
}

extension QuotaList {
  /// The outlook of what was hit: the consumer's only quota, or the one whose name has a word of
  /// the resource.
  func outlook(of hits: LimitHits) -> QuotaOutlook? {
    let own = byParty[QuotaParty(vendor: hits.vendor, consumer: hits.consumer)] ?? []
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

  fileprivate var groupName: GroupName {
    GroupName(parts: [.init(vendor), .init(consumer), .init(name)])
  }
}

/// A consumer's quota, and in words what is to be expected of it.
struct QuotaRow: Described {
  var outlook: QuotaOutlook
  var words: String

  static let fields: Fields<QuotaRow> = Fields<QuotaRow>([
    Field("vendor", "whose quota it is") { $0.outlook.vendor },
    Field("consumer", "who has it") { $0.outlook.consumer },
    Field("quota", "what the response headers call it") { $0.outlook.name },
    Field("limit", "how much it is") { $0.outlook.limit },
    Field("remaining", "what was left when it was last seen") { $0.outlook.remaining },
    Field(time: "seen", "when it was last seen") { $0.outlook.seen },
    Field(optionalTime: "reset", "when it begins anew") { $0.outlook.reset },
  ])
  .and(outlookFields.of { $0 })

  /// What is to be expected; all null where nothing is known.
  static let outlookFields: Fields<QuotaRow?> = [
    Field(
      "days_left", unit: "days",
      "from when it was last seen until nothing is left, at the mean rate; null where no honest "
        + "estimate can be made"
    ) { $0?.outlook.daysLeft },
    Field("next_hit", "when nothing will be left; null as above") {
      $0?.outlook.nextHit.map { NextHit(earliest: $0.earliest, latest: $0.latest) }
    },
    Field("outlook", "the same in words, for people") { $0?.words },
  ]
}

/// When nothing of a quota will be left.
private struct NextHit: Described {
  var earliest: Int64
  var latest: Int64?

  static let fields: Fields<NextHit> = [
    Field(time: "earliest", "the earliest time") { $0.earliest },
    Field(
      optionalTime: "latest", "the latest time; null where it may begin anew before"
    ) { $0.latest },
  ]
}
