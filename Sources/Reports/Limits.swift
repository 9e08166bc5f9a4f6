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
    return try honest(answer, from: .events)
  }

  /// The mean of the days that the log covers; of one day where it covers less.
  private func perDay(_ hits: Int64) -> Double {
    Double(hits) / max(1, Double(covered(range).length) / Double(Milliseconds.day))
  }

  func limitHits() throws -> [LimitHits] {
    var tallies = LimitTallies(vocabulary)
    try store.limits(during: range) { tallies.add($0) }
    return tallies.hits(of: self)
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
