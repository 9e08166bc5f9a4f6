package import Answers
internal import Events
internal import JSON
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
    let parser = JSONParser()
    var rows: [LimitHits] = []
    try ask("limits") { row in
      let details = row.text(3).flatMap { text in
        text.withBytes { bytes -> (String?, Int64?)? in
          guard let value = try? parser.parse(bytes) else { return nil }
          return (value["resource"]?.text, value["limit"]?.integer)
        }
      }
      let hits = LimitHits(
        vendor: row.text(0), consumer: row.text(1), code: row.text(2), resource: details?.0,
        limit: details?.1, hits: row.integer(4), first: row.integer(5), last: row.integer(6))
      if let same = rows.firstIndex(where: {
        ($0.vendor, $0.consumer, $0.code) == (hits.vendor, hits.consumer, hits.code)
          && ($0.resource, $0.limit) == (hits.resource, hits.limit)
      }) {
        rows[same].hits += hits.hits
        rows[same].first = min(rows[same].first, hits.first)
        rows[same].last = max(rows[same].last, hits.last)
      } else {
        rows.append(hits)
      }
    }
    return rows.sorted {
      (
        $1.hits, $0.vendor ?? "", $0.consumer ?? "", $0.resource ?? "", $0.code ?? "",
        $0.limit ?? -1
      )
        < (
          $0.hits, $1.vendor ?? "", $1.consumer ?? "", $1.resource ?? "", $1.code ?? "",
          $1.limit ?? -1
        )
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
