package import Answers
internal import Events
internal import Store

/// Plans and quotas that were used up.
struct LimitHits: Equatable {
  var vendor: String?
  var consumer: String?
  var code: String?
  var resource: String?
  var limit: Int64?
  var hits: Int64
  var first: Int64
  var last: Int64
}

extension Question {
  /// Plan-limit hits by vendor, consumer and what was limited, and how long quotas will last.
  package func limits() throws -> Answer {
    let rows = try limitHits()
    let outlooks = try quotaOutlook()
    let quotas =
      outlooks.isEmpty ? [] : [Section("How long quotas last", .table(quotaTable(outlooks)))]
    let answer = Answer(
      title: "Plan limits", notes: [note],
      sections: forPeople { [Section(.table(limitTable(rows, showsRate: true)))] + quotas },
      value: forPrograms {
        [
          "since": Value(time: range.since), "until": Value(time: range.until),
          "rows": limitValues(rows, outlooks), "quotas": quotaValues(outlooks),
        ]
      },
      rows: "rows",
      header: [
        "vendor", "consumer", "resource", "code", "limit", "hits", "first", "last", "hits_per_day",
      ] + outlookValues(nil).map(\.0))
    return honest(answer, from: .events)
  }

  /// The mean of the days that the log covers; of one day where it covers less.
  private func perDay(_ hits: Int64) -> Double {
    Double(hits) / max(1, Double(covered(range).length) / Double(Milliseconds.day))
  }

  func limitHits() throws -> [LimitHits] {
    var subjects = LimitSubjects(vocabulary)
    var places: [LimitKey: Int] = [:]
    var found: [(key: LimitKey, hits: Int64, first: Int64, last: Int64)] = []
    try store.limits(during: range) { limit in
      guard limit.isPlanLimit else { return }
      let key = LimitKey(
        vendor: vocabulary.vendors.number(ofRow: limit.vendor),
        consumer: vocabulary.consumers.number(ofRow: limit.consumer),
        code: vocabulary.codes.number(ofRow: limit.code),
        subject: subjects.number(ofDetails: limit.details))
      if let place = places[key] {
        found[place].hits += 1
        found[place].first = min(found[place].first, limit.time)
        found[place].last = max(found[place].last, limit.time)
      } else {
        places[key] = found.count
        found.append((key, 1, limit.time, limit.time))
      }
    }
    found.removeAll { !asksAbout(vocabulary.vendors[$0.key.vendor]) }
    let order = LimitOrder(vocabulary, subjects)
    return found.sorted { $0.hits != $1.hits ? $0.hits > $1.hits : order.precedes($0.key, $1.key) }
      .map { key, hits, first, last in
        let subject = subjects[key.subject]
        return LimitHits(
          vendor: vocabulary.vendors[key.vendor], consumer: vocabulary.consumers[key.consumer],
          code: vocabulary.codes[key.code], resource: subject.resource, limit: subject.limit,
          hits: hits, first: first, last: last)
      }
  }

  func limitValues(_ rows: [LimitHits], _ outlooks: [QuotaOutlook] = []) -> Value {
    .array(
      rows.map { row in
        .object(
          Object(
            [
              ("vendor", Value(row.vendor)), ("consumer", Value(row.consumer)),
              ("resource", Value(row.resource)), ("code", Value(row.code)),
              ("limit", Value(row.limit)), ("hits", .integer(row.hits)),
              ("first", Value(time: row.first)), ("last", Value(time: row.last)),
              ("hits_per_day", .number(perDay(row.hits))),
            ] + outlookValues(outlook(of: row, among: outlooks))))
      })
  }

  func limitTable(_ rows: [LimitHits], title: String? = nil, showsRate: Bool = false) -> Table {
    Table(
      title,
      columns: [
        "vendor", "consumer", "resource", "code", Column("limit", .trailing),
        Column("hits", .trailing),
      ] + (showsRate ? [Column("a day", .trailing)] : []) + ["first", "last"],
      rows: rows.map { row in
        let rate = perDay(row.hits)
        return [
          Cell(row.vendor), Cell(row.consumer), Cell(row.resource), Cell(row.code),
          Cell(row.limit), Cell(.integer(row.hits)),
        ] + (showsRate ? [Cell(.number(rate), shown: expectation(rate))] : [])
          + [time(row.first), time(row.last)]
      },
      whenEmpty: "no plan limit was hit")
  }
}
