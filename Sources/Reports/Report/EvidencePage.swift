internal import Analysis
internal import Answers
internal import Files
internal import Times

/// Evidence as it is sent: to a vendor's support, in words that need no knowledge of this program.
struct EvidencePage {
  let vendor: String
  let range: TimeRange
  let evidence: Evidence
  let totals: Counts
  let incidents: [Incident]

  var answer: Answer {
    Answer(
      title: "Failed requests to \(vendor)",
      notes: ["\(utc(range.since)) to \(utc(range.until)), all times in UTC"],
      sections: sections, value: value, rows: "requests",
      header: [
        "time", "request_id", "method", "route", "status", "code", "kind", "latency_ms",
        "answered_by",
      ])
  }

  private var sections: [Section] {
    [
      Section(.bullets(summary)),
      Section(
        "Periods with far more errors than usual",
        .table(
          Table(
            columns: [
              "from", "until", Column("errors", .trailing), Column("usual", .trailing),
            ],
            rows: incidents.map {
              [
                Cell(.text(utc($0.start))), Cell(.text(utc($0.end))), Cell($0.serverErrors),
                Cell(.number($0.expected), shown: expectation($0.expected)),
              ]
            }, whenEmpty: "none"))),
      Section(
        "By status and code",
        .table(
          Table(
            columns: [
              Column("status", .trailing), "code", "message", Column("errors", .trailing), "first",
              "last",
            ],
            rows: evidence.groups.map {
              [
                Cell($0.status), Cell($0.code ?? $0.kind), Cell($0.message),
                Cell(.integer($0.count)), Cell(.text(utc($0.first))), Cell(.text(utc($0.last))),
              ]
            }, whenEmpty: "none"))),
      Section(
        "Requests",
        .table(
          Table(
            columns: [
              "time", "request id", "method", "route", Column("status", .trailing), "code",
              Column("took", .trailing, unit: "ms"),
            ],
            rows: evidence.failures.map {
              [
                Cell(.text(utc($0.time))), Cell($0.requestID), Cell($0.method), Cell($0.route),
                Cell($0.status), Cell($0.code ?? $0.kind), Cell(Value($0.latency)),
              ]
            }, whenEmpty: "none")),
        .paragraph(
          evidence.failures.count < evidence.count
            ? "Of each status and code some are named, evenly spread over the time; all "
              + "\(grouped(evidence.count)) can be."
            : "These are all.")),
    ]
  }

  private var summary: [String] {
    var lines = ["\(count(evidence.count, "request")) failed on the side of \(vendor)."]
    if totals.successes > 0, totals.requests > 0 {
      lines[0] =
        "\(grouped(evidence.count)) of \(count(totals.requests, "request")) "
        + (percent(evidence.count, of: totals.requests).map { "(\($0)) " } ?? "")
        + "failed on the side of \(vendor)."
    }
    if evidence.unproven > 0 {
      lines.append(
        "Of \(grouped(evidence.unproven)) the log does not prove who made the response; they are "
          + "server errors, timeouts and the like, and no gateway is known to have answered.")
    }
    if evidence.withoutID > 0 {
      lines.append("\(grouped(evidence.withoutID)) came without a request id.")
    }
    return lines
  }

  private var value: Value {
    [
      "vendor": .text(vendor), "since": Value(time: range.since),
      "until": Value(time: range.until), "failed": .integer(evidence.count),
      "requests_made": totals.successes > 0 ? .integer(totals.requests) : .null,
      "unproven": .integer(evidence.unproven), "without_id": .integer(evidence.withoutID),
      "incidents": .array(
        incidents.map {
          [
            "start": Value(time: $0.start), "end": Value(time: $0.end),
            "errors": Value($0.serverErrors), "expected": .number($0.expected),
          ]
        }),
      "by_code": .array(
        evidence.groups.map {
          [
            "status": Value($0.status), "code": Value($0.code), "kind": .text($0.kind),
            "message": Value($0.message), "errors": .integer($0.count),
            "first": Value(time: $0.first), "last": Value(time: $0.last),
          ]
        }),
      "requests": .array(
        evidence.failures.map {
          [
            "time": Value(time: $0.time), "request_id": Value($0.requestID),
            "method": Value($0.method), "route": Value($0.route), "status": Value($0.status),
            "code": Value($0.code), "kind": .text($0.kind), "latency_ms": Value($0.latency),
            "answered_by": .text($0.answeredBy),
          ]
        }),
    ]
  }

  private func utc(_ time: Int64) -> String {
    formatLocal(time, zone: .utc, style: .seconds) + "Z"
  }
}
