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
  /// Plan-limit hits by vendor, consumer and what was limited.
  package func limits() throws -> Answer {
    let rows = try limitHits()
    let answer = Answer(
      title: "Plan limits", notes: [note],
      sections: [Section(.table(limitTable(rows)))],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "rows": limitValues(rows),
      ],
      rows: "rows",
      header: ["vendor", "consumer", "resource", "code", "limit", "hits", "first", "last"])
    return honest(answer, from: .events)
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

  func limitValues(_ rows: [LimitHits]) -> Value {
    .array(
      rows.map {
        [
          "vendor": Value($0.vendor), "consumer": Value($0.consumer),
          "resource": Value($0.resource),
          "code": Value($0.code), "limit": Value($0.limit), "hits": .integer($0.hits),
          "first": Value(time: $0.first),
          "last": Value(time: $0.last),
        ]
      })
  }

  func limitTable(_ rows: [LimitHits], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "consumer", "resource", "code", Column("limit", .trailing),
        Column("hits", .trailing), "first", "last",
      ],
      rows: rows.map {
        [
          Cell($0.vendor), Cell($0.consumer), Cell($0.resource), Cell($0.code), Cell($0.limit),
          Cell(.integer($0.hits)),
          time($0.first), time($0.last),
        ]
      },
      whenEmpty: "no plan limit was hit")
  }
}
