internal import Answers
internal import Events
internal import Times

/// What one consumer saw around an event.
struct Around: Described {
  var consumer: String
  var range: TimeRange
  var rows: [Row]

  struct Row: Described {
    var name: ErrorName
    var errors: Int64
    var first: Int64
    var last: Int64

    static let fields: Fields<Row> = [
      Field("vendor", "whose API answered") { $0.name.vendor },
      Field("status", "the HTTP status; null where there was no response") { $0.name.status },
      Field("code", "the vendor's code, as it was sent") { $0.name.code },
      Field("kind", "what sort of error it is") { Kind(named: $0.name.kind) ?? .unknown },
      Field("errors", "how many of them") { $0.errors },
      Field(time: "first", "when the first one was") { $0.first },
      Field(time: "last", "when the last one was") { $0.last },
    ]
  }

  var errors: Int64 { rows.map(\.errors).reduce(0, +) }

  static let fields: Fields<Around> = [
    Field("consumer", "who made the requests") { $0.consumer },
    Field(time: "since", "from when on") { $0.range.since },
    Field(time: "until", "until when; exclusive") { $0.range.until },
    Field("errors", "how many errors it got") { $0.errors },
    Field("rows", "what errors, the most frequent first") { $0.rows },
  ]

  func section(in zone: Zone) -> Section {
    func time(_ time: Int64) -> Cell {
      Cell(.time(time), shown: formatLocal(time, zone: zone, style: .seconds))
    }
    let since = formatLocal(range.since, zone: zone, style: .minutes)
    let until = formatLocal(range.until, zone: zone, style: .minutes)
    return Section(
      "What \(consumer) saw from \(since) to \(until)",
      .table(
        Table(
          of: rows,
          [
            TableColumn("vendor") { Cell($0.name.vendor, to: Reference.vendor) },
            TableColumn(Column("status", .trailing)) { Cell($0.name.status) },
            TableColumn("code") { Cell($0.name.code ?? $0.name.kind) },
            TableColumn(Column("errors", .trailing)) { Cell($0.errors) },
            TableColumn("first") { time($0.first) }, TableColumn("last") { time($0.last) },
          ], keys: ["vendor", "status", "code", "errors"])))
  }
}

extension Finder {
  /// How far around an event to look, in milliseconds, by a text such as `30m`; nil where it is no
  /// length of time up to seven days.
  package static func length(around text: String, now: Int64) -> Int64? {
    guard let start = try? parseMoment("-" + text, now: now, zone: .utc), start < now,
      now.subtractingReportingOverflow(start).overflow == false,
      now - start <= 7 * Milliseconds.day
    else { return nil }
    return now - start
  }
}
