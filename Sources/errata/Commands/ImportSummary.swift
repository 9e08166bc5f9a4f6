internal import Answers
internal import Batches
internal import Files
internal import Ingest
internal import Redaction
internal import Rendering
internal import Times

/// What an import came to: one line for people, an object for programs.
struct ImportSummary {
  private var summary: Importer.Summary
  private let seconds: Double
  private let reread: Rereader.Summary?
  private let skipped: [SkippedGroup]

  init(_ summary: Importer.Summary, _ seconds: Double, _ reread: Rereader.Summary? = nil) {
    self.summary = summary
    self.seconds = seconds
    self.reread = reread
    let redactor = Redactor.ofThisProcess()
    // The name of a log may hold a secret, too.
    if let path = summary.sightings.example?.path {
      self.summary.sightings.example?.path = redactor.redacted(path)
    }
    skipped = SkippedGroup.list(summary.sightings.skipped, redactor)
  }

  /// What came of reading again what was stored.
  var rereadLines: [String] {
    guard let reread else { return [] }
    var lines = [
      "read again: \(counted(reread.replaced, "event")) replaced, "
        + "\(grouped(reread.gained)) gained, \(grouped(reread.lost)) lost"
    ]
    if reread.pruned > 0 {
      let batches = counted(
        reread.pruned, "batch of lines stays as it was", "batches stay as they were")
      lines.append("  \(batches): some of it was pruned")
    }
    return lines
  }

  /// Where each line is one record, `lines` are the records, the known and the held back.
  var line: String {
    let tally = summary.tally
    var parts = [
      counted(tally.events, "event"), counted(tally.successes, "success", "successes"),
    ]
    for (count, name) in [
      (tally.skipped, "skipped"), (tally.rejects, tally.rejects == 1 ? "reject" : "rejects"),
      (tally.blank, "blank"),
      (summary.known, "known already"), (summary.heldBack, "held back"), (tally.undated, "undated"),
      (tally.repaired, "repaired"),
    ] where count > 0 {
      parts.append("\(grouped(count)) \(name)")
    }
    return counted(summary.lines, "line") + ": " + parts.joined(separator: ", ")
  }

  /// Who wrote the lines and who answered, and what stayed unclear; none where nothing was new.
  var details: [String] {
    let sightings = summary.sightings
    guard !sightings.gateways.isEmpty else { return SkippedGroup.lines(skipped) }
    var lines = ["gateways: \(ranked(sightings.gateways))"]
    let vendors = vendors
    if !vendors.isEmpty { lines.append("vendors: \(ranked(vendors))") }
    let unclear = [
      (sightings.withoutCode, "without a code"), (sightings.withoutVendor, "without a vendor"),
      (sightings.withoutTime, "without a time"), (sightings.ofUnknownKind, "of unknown kind"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    if !unclear.isEmpty {
      lines.append("unclear events: \(unclear.joined(separator: ", "))")
      if sightings.ahead > 0 {
        lines.append(
          "  \(grouped(sightings.ahead)) of them \(sightings.ahead == 1 ? "has a time" : "have times") "
            + "more than a day ahead of the clock here (\(formatTime(Clock.now))): that counts as none"
        )
      }
      // What is told by the status alone may be all that its gateway logs; a line or two say little of it.
      if sightings.withoutCode > 2, sightings.withoutCode * 2 > summary.tally.events {
        lines.append("  most have no code: errata help logging says what to log for more")
      }
      if let example = sightings.example {
        lines += LinePlace(path: example.path, offset: example.offset).hint
      }
    }
    return lines + SkippedGroup.lines(skipped)
  }

  /// Responses by vendor.
  private var vendors: [String: Int64] {
    var vendors = summary.sightings.vendors
    let others = summary.sightings.otherHosts
    if others > 0 { vendors[Lexicon.otherHosts, default: 0] += others }
    return vendors
  }

  /// The most frequent first, the rest as a number.
  private func ranked(_ counts: [String: Int64]) -> String {
    let most = 8
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = order.prefix(most).map { "\($0.key) \(grouped($0.value))" }
    return (shown + (order.count > most ? ["\(order.count - most) others"] : []))
      .joined(separator: ", ")
  }

  var answer: Answer {
    let object = object
    let numbers = object.members.prefix(ImportSummary.numbers.names.count)
    return Answer(
      title: "Imported",
      sections: [
        Section(
          .table(
            Table(
              columns: [Column("what"), Column("number", .trailing)],
              rows: numbers.map { [Cell(.text($0.name)), Cell($0.value)] })))
      ],
      value: .object(object))
  }
}

extension ImportSummary: Described {
  static let fields: Fields<ImportSummary> = numbers.and([
    Field("gateways", "responses by who wrote their lines, the most first") {
      NamedResponses.list($0.summary.sightings.gateways)
    },
    Field("vendors", "responses by who answered, the most first") {
      NamedResponses.list($0.vendors)
    },
    Field("unclear", "events of which something is not known") { $0.unclear },
    Field("reread", "what became of what was read again; null without --reread") {
      $0.reread.map { RereadCounts(summary: $0) }
    },
    Field("skipped_as", "what was skipped, by what it looks like, the most first") { $0.skipped },
    Field(
      "other_hosts", "responses of hosts beyond the 10,000 that a store keeps"
    ) { $0.summary.sightings.otherHosts },
  ])

  /// Those that a table shows.
  private static let numbers: Fields<ImportSummary> = [
    Field("lines", "lines that were read") { $0.summary.lines },
    Field("records", "what is new: events + successes + skipped + rejects + blank") {
      $0.summary.tally.records
    },
    Field("events", "errors") { $0.summary.tally.events },
    Field("successes", "responses that are no errors") { $0.summary.tally.successes },
    Field("skipped", "what is no API response") { $0.summary.tally.skipped },
    Field("rejects", "what could not be read") { $0.summary.tally.rejects },
    Field("blank", "blank lines") { $0.summary.tally.blank },
    Field("known", "records that were imported before") { $0.summary.known },
    Field("held_back", "last lines that are not whole yet") { $0.summary.heldBack },
    Field("bytes", unit: "bytes", "what was read from disk") { $0.summary.bytes },
    Field("seconds", unit: "s", "how long it took") { ($0.seconds * 1000).rounded() / 1000 },
    Field("undated", "events without a time") { $0.summary.tally.undated },
  ]

  private var unclear: UnclearEvents {
    let sightings = summary.sightings
    return UnclearEvents(
      code: sightings.withoutCode, vendor: sightings.withoutVendor, time: sightings.withoutTime,
      kind: sightings.ofUnknownKind,
      example: sightings.example.map { LinePlace(path: $0.path, offset: $0.offset) })
  }
}

/// How many responses have a name.
private struct NamedResponses: Described {
  var name: String
  var responses: Int64

  static let fields: Fields<NamedResponses> = [
    Field("name", "the name") { $0.name },
    Field("responses", "how many responses have it") { $0.responses },
  ]

  static func list(_ counts: [String: Int64]) -> [NamedResponses] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { NamedResponses(name: $0.key, responses: $0.value) }
  }
}

private struct UnclearEvents: Described {
  var code: Int64
  var vendor: Int64
  var time: Int64
  var kind: Int64
  var example: LinePlace?

  static let fields: Fields<UnclearEvents> = [
    Field("code", "without a code, of vendors that send some") { $0.code },
    Field("vendor", "without a vendor") { $0.vendor },
    Field("time", "without a time") { $0.time },
    Field("kind", "of unknown kind") { $0.kind },
    Field("example", "where one of them stands") { $0.example },
  ]
}

private struct RereadCounts: Described {
  var summary: Rereader.Summary

  static let fields: Fields<RereadCounts> = [
    Field("replaced", "events that stand where one stood before") { $0.summary.replaced },
    Field("gained", "events that were none before") { $0.summary.gained },
    Field("lost", "events that are none any more") { $0.summary.lost },
    Field(
      "pruned", "batches of lines that stay as they were, as some of them was pruned"
    ) { $0.summary.pruned },
  ]
}
