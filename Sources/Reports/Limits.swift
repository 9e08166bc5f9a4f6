internal import Analysis
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

/// The limits that have a row of their own.
struct ToldLimits {
  private var numbers = CombinationNumbers()

  init(_ ranking: Ranking<PlanLimit>) {
    for limit in ranking.largest.map(\.group.tally) {
      _ = numbers.number(of: limit.vendor, limit.consumer, limit.code, limit.subject)
    }
  }

  func has(_ limit: LimitTally) -> Bool {
    numbers.known(limit.vendor, limit.consumer, limit.code, limit.subject) != nil
  }
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
        LimitAnswer(
          range: range, rows: limitRows(list, quotas), leftOut: list.others,
          quotas: quotaRows(quotas.outlooks), quotasLeftOut: quotas.others
        ).value
      },
      rows: "rows", header: LimitRow.fields.names)
    var whole = try honest(answer, from: .events)
    if list.rows.isEmpty, try isWithoutBodies() { whole.notes.append(.withoutBodies) }
    return whole
  }

  /// The mean of the days that the log covers; of one day where it covers less.
  private func perDay(_ hits: Int64) -> Double {
    Double(hits) / max(1, Double(covered(range).length) / Double(Milliseconds.day))
  }

  /// The limits that are told apart, then the rest of them together.
  func limitRows(_ list: LimitList, _ quotas: QuotaList? = nil) -> [LimitRow] {
    list.rows.map { hits in
      LimitRow(
        hits: hits, perDay: perDay(hits.hits),
        outlook: quotas?.outlook(of: hits).map { QuotaRow(outlook: $0, words: words($0)) })
    }
      + (list.rest.map { rest in
        [LimitRow(hits: rest, perDay: perDay(rest.hits), others: list.others)]
      } ?? [])
  }

  /// - Parameter most: how many rows there are at most; nil for all that are told apart, and the rest.
  func limitTable(_ list: LimitList, most: Int? = nil, showsRate: Bool = false) -> Table {
    let fields = LimitRow.fields
    let vendor = TableColumn<LimitRow>("vendor") { row in
      row.others.map { Cell(.null, shown: othersText($0)) }
        ?? Cell(row.hits.vendor, to: Reference.vendor)
    }
    let rate = fields.column("hits_per_day", as: "a day", number: expectation)
    let rows = limitRows(list)
    return Table(
      of: most.map { Array(rows.prefix(min($0, list.rows.count))) } ?? rows,
      [
        vendor, fields.column("consumer"), fields.column("resource"), fields.column("code"),
        fields.column("limit"), fields.column("hits"),
      ] + (showsRate ? [rate] : [])
        + [fields.column("first", time: shown), fields.column("last", time: shown)],
      keys: ["vendor", "consumer", "limit", "hits"], whenEmpty: "no plan limit was hit")
  }
}

/// What `limits` answers.
struct LimitAnswer: Described {
  var range: TimeRange
  var rows: [LimitRow]
  var leftOut: Int
  var quotas: [QuotaRow]
  var quotasLeftOut: Int

  static let fields: Fields<LimitAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("left_out", "how many limits have no row of their own") { $0.leftOut },
    Field("rows", "the limits that were hit most, then the rest of them together") { $0.rows },
    Field("quotas_left_out", "how many quotas are not in the next list") { $0.quotasLeftOut },
    Field("quotas", "the quotas that run out first") { $0.quotas },
  ])
}

/// Hits of a limit, or of all the rest, and how long the quota behind it will last.
struct LimitRow: Described {
  var hits: LimitHits
  var perDay: Double
  var outlook: QuotaRow?
  /// How many limits it stands for, where it is the rest.
  var others: Int?

  static let fields: Fields<LimitRow> = LimitHits.fields.of { $0.hits }
    .and([Field("hits_per_day", unit: "1/day", "hits on average") { $0.perDay }])
    .and(QuotaRow.outlookFields.of { $0.outlook })
    .and([
      Field(
        "others", "how many limits the row stands for; null but in that of the rest"
      ) { $0.others }
    ])
}

extension LimitHits: Described {
  static let fields: Fields<LimitHits> = [
    Field("vendor", "whose limit it is") { $0.vendor },
    Field("consumer", "who hit it") { $0.consumer },
    Field("resource", "what is limited, as the vendor says") { $0.resource },
    Field("code", "the vendor's code") { $0.code },
    Field("limit", "how high the limit is, as the vendor says") { $0.limit },
    Field("hits", "how many responses said that it was used up") { $0.hits },
    Field(time: "first", "the first of them") { $0.first },
    Field(time: "last", "the last of them") { $0.last },
  ]
}
