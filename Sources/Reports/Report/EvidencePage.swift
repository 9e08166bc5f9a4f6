internal import Analysis
internal import Answers
internal import Events
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
      sections: sections, value: value, rows: "requests", header: Evidence.Failure.fields.names)
  }

  private var sections: [Section] {
    let periodFields = EvidencePeriod.fields
    let groupFields = Evidence.Group.fields
    let failureFields = Evidence.Failure.fields
    return [
      Section(.bullets(summary)),
      Section(
        "Periods with far more errors than usual",
        .table(
          Table(
            of: periods,
            [
              periodFields.column("start", as: "from", time: utc),
              periodFields.column("end", as: "until", time: utc), periodFields.column("errors"),
              periodFields.column("expected", as: "usual", number: expectation),
            ], whenEmpty: "none"))),
      Section(
        "By status and code",
        .table(
          Table(
            of: evidence.groups,
            [
              groupFields.column("status"), TableColumn("code") { Cell($0.code ?? $0.kind) },
              groupFields.column("message"), groupFields.column("errors"),
              groupFields.column("first", time: utc), groupFields.column("last", time: utc),
            ], keys: ["status", "code", "errors"], whenEmpty: "none"))),
      Section(
        "Requests",
        .table(
          Table(
            of: evidence.failures,
            [
              failureFields.column("time", time: utc),
              failureFields.column("request_id", as: "request id"),
              failureFields.column("method"), failureFields.column("route"),
              failureFields.column("status"), TableColumn("code") { Cell($0.code ?? $0.kind) },
              failureFields.column("latency_ms", as: "took", unit: "ms"),
            ], keys: ["time", "request id", "status"], whenEmpty: "none")),
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

  private func utc(_ time: Int64) -> String {
    formatLocal(time, zone: .utc, style: .seconds) + "Z"
  }
}

extension EvidencePage: Described {
  static let fields: Fields<EvidencePage> = Fields<EvidencePage>([
    Field("vendor", "the vendor") { $0.vendor }
  ])
  .and(TimeRange.fields.of { $0.range })
  .and([
    Field("failed", "requests that failed on its side") { $0.evidence.count },
    Field("requests_made", "all requests; null where successes are not known") {
      $0.totals.successes > 0 ? $0.totals.requests : nil
    },
    Field(
      "unproven", "those of the failed that nothing in the log tells who answered"
    ) { $0.evidence.unproven },
    Field("without_id", "those of the failed that have no request id") { $0.evidence.withoutID },
    Field("incidents", "periods with far more errors than usual, in order of time") { $0.periods },
    Field("by_code", "the failed by status and code, the most frequent first") {
      $0.evidence.groups
    },
    Field(
      "requests", "of each status and code up to 50, evenly spread, in order of time"
    ) { $0.evidence.failures },
  ])

  private var periods: [EvidencePeriod] { incidents.map { EvidencePeriod(incident: $0) } }
}

/// A period with far more errors than usual.
struct EvidencePeriod: Described {
  var incident: Incident

  static let fields: Fields<EvidencePeriod> = [
    Field(time: "start", "when it began") { $0.incident.start },
    Field(time: "end", "when it ended, exclusive") { $0.incident.end },
    Field("errors", "how many requests failed in it") { $0.incident.failures },
    Field("expected", "how many of them are usual") { $0.incident.expected },
  ]
}

extension Evidence.Group: Described {
  static let fields: Fields<Evidence.Group> = [
    Field("status", "the HTTP status; null where there was no response") { $0.status },
    Field("code", "the vendor's code") { $0.code },
    Field("kind", as: Kind.shape, "what sort of error it is") { .text($0.kind) },
    Field("message", "the vendor's words") { $0.message },
    Field("errors", "how many requests failed so") { $0.count },
    Field(time: "first", "the first of them") { $0.first },
    Field(time: "last", "the last of them") { $0.last },
  ]
}

extension Evidence.Failure: Described {
  static let fields: Fields<Evidence.Failure> = [
    Field(time: "time", "when the request failed") { $0.time },
    Field("request_id", "its id") { $0.requestID },
    Field("method", "the HTTP method") { $0.method },
    Field("route", "the template of the path") { $0.route },
    Field("status", "the HTTP status; null where there was no response") { $0.status },
    Field("code", "the vendor's code") { $0.code },
    Field("kind", as: Kind.shape, "what sort of error it is") { .text($0.kind) },
    Field("latency_ms", unit: "ms", "how long it took") { $0.latency },
    Field("answered_by", as: AnsweredBy.shape, "who made the response") { .text($0.answeredBy) },
  ]
}
