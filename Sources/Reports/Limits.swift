package import Answers
internal import Files
internal import Questions
internal import Times

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
    let list = try limitHits()
    let quotas = try quotaList(of: list.rows)
    var sections = [Section(.table(limitTable(list, showsRate: true)))]
    if !quotas.outlooks.isEmpty {
      sections.append(Section("How long quotas last", .table(quotaTable(quotas.outlooks))))
      sections.mention(leftOut: quotas.others, "quota")
    }
    let answer = Answer(
      title: "Plan limits", notes: [note], sections: forPeople { sections },
      value: forPrograms {
        [
          "since": Value(time: range.since), "until": Value(time: range.until),
          "left_out": Value(list.others), "rows": limitValues(list, quotas),
          "quotas_left_out": Value(quotas.others), "quotas": quotaValues(quotas.outlooks),
        ]
      },
      rows: "rows",
      header: [
        "vendor", "consumer", "resource", "code", "limit", "hits", "first", "last", "hits_per_day",
      ] + outlookValues(nil).map(\.0) + ["others"])
    return try honest(answer, from: .events)
  }

  /// The mean of the days that the log covers; of one day where it covers less.
  private func perDay(_ hits: Int64) -> Double {
    Double(hits) / max(1, Double(covered(range).length) / Double(Milliseconds.day))
  }

  func limitValues(_ list: LimitList, _ quotas: QuotaList? = nil) -> Value {
    let rest = list.rest.map { [($0, Value(list.others))] } ?? []
    let rows = list.rows.map { ($0, Value.null) } + rest
    return .array(
      rows.map { row, others in
        .object(
          Object(
            [
              ("vendor", Value(row.vendor)), ("consumer", Value(row.consumer)),
              ("resource", Value(row.resource)), ("code", Value(row.code)),
              ("limit", Value(row.limit)), ("hits", .integer(row.hits)),
              ("first", Value(time: row.first)), ("last", Value(time: row.last)),
              ("hits_per_day", .number(perDay(row.hits))),
            ] + outlookValues(others == .null ? quotas?.outlook(of: row) : nil)
              + [("others", others)]))
      })
  }

  /// - Parameter most: how many rows there are at most; nil for all that are told apart, and the rest.
  func limitTable(_ list: LimitList, most: Int? = nil, showsRate: Bool = false) -> Table {
    func cells(_ row: LimitHits, vendor: Cell) -> [Cell] {
      let rate = perDay(row.hits)
      return [
        vendor, Cell(row.consumer), Cell(row.resource), Cell(row.code),
        Cell(row.limit), Cell(.integer(row.hits)),
      ] + (showsRate ? [Cell(.number(rate), shown: expectation(rate))] : [])
        + [time(row.first), time(row.last)]
    }
    var rows = list.rows.prefix(most ?? .max).map { cells($0, vendor: Cell($0.vendor)) }
    if most == nil, let rest = list.rest {
      rows.append(cells(rest, vendor: Cell(.null, shown: othersText(list.others))))
    }
    return Table(
      columns: [
        "vendor", "consumer", "resource", "code", Column("limit", .trailing),
        Column("hits", .trailing),
      ] + (showsRate ? [Column("a day", .trailing)] : []) + ["first", "last"],
      rows: rows, whenEmpty: "no plan limit was hit")
  }
}
