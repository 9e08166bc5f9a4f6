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

  init(_ summary: Importer.Summary, _ seconds: Double, _ reread: Rereader.Summary? = nil) {
    self.summary = summary
    self.seconds = seconds
    self.reread = reread
    let redactor = Redactor.ofThisProcess()
    // The name of a log may hold a secret, too.
    if let path = summary.sightings.example?.path {
      self.summary.sightings.example?.path = redactor.redacted(path)
    }
  }

  /// What came of reading again what was stored.
  var rereadLines: [String] {
    guard let reread else { return [] }
    var lines = [
      "read again: \(counted(reread.replaced, "event", "events")) replaced, "
        + "\(reread.gained) gained, \(reread.lost) lost"
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
      counted(tally.events, "event", "events"), counted(tally.successes, "success", "successes"),
    ]
    for (count, name) in [
      (tally.skipped, "skipped"), (tally.rejects, tally.rejects == 1 ? "reject" : "rejects"),
      (tally.blank, "blank"),
      (summary.known, "known already"), (summary.heldBack, "held back"), (tally.undated, "undated"),
      (tally.repaired, "repaired"),
    ] where count > 0 {
      parts.append("\(count) \(name)")
    }
    return counted(summary.lines, "line", "lines") + ": " + parts.joined(separator: ", ")
  }

  /// Who wrote the lines and who answered, and what stayed unclear; none where nothing was new.
  var details: [String] {
    let sightings = summary.sightings
    guard !sightings.gateways.isEmpty else { return [] }
    var lines = ["gateways: \(ranked(sightings.gateways))"]
    let vendors = vendors
    if !vendors.isEmpty { lines.append("vendors: \(ranked(vendors))") }
    let unclear = [
      (sightings.withoutCode, "without a code"), (sightings.withoutVendor, "without a vendor"),
      (sightings.withoutTime, "without a time"), (sightings.ofUnknownKind, "of unknown kind"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    guard !unclear.isEmpty else { return lines }
    lines.append("unclear events: \(unclear.joined(separator: ", "))")
    if let example = sightings.example, example.path != "-" {
      let log = shellWord(path: example.path)
      lines.append("  look at one: errata explain --at \(example.offset) \(log)")
    }
    return lines
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

  private func counted(_ number: Int64, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  var answer: Answer {
    let tally = summary.tally
    var value: Object = [
      "lines": .integer(summary.lines), "records": .integer(tally.records),
      "events": .integer(tally.events), "successes": .integer(tally.successes),
      "skipped": .integer(tally.skipped), "rejects": .integer(tally.rejects),
      "blank": .integer(tally.blank), "known": .integer(summary.known),
      "held_back": .integer(summary.heldBack), "bytes": .integer(summary.bytes),
      "seconds": .number((seconds * 1000).rounded() / 1000), "undated": .integer(tally.undated),
    ]
    let numbers = value.members
    let sightings = summary.sightings
    func list(_ counts: [String: Int64]) -> Value {
      .array(
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
          ["name": .text($0.key), "responses": .integer($0.value)]
        })
    }
    value["gateways"] = list(sightings.gateways)
    value["vendors"] = list(vendors)
    value["unclear"] = [
      "code": .integer(sightings.withoutCode), "vendor": .integer(sightings.withoutVendor),
      "time": .integer(sightings.withoutTime), "kind": .integer(sightings.ofUnknownKind),
      "example": sightings.example.map {
        ["path": .text($0.path), "offset": .integer($0.offset)]
      } ?? .null,
    ]
    value["reread"] =
      reread.map {
        [
          "replaced": .integer($0.replaced), "gained": .integer($0.gained),
          "lost": .integer($0.lost), "pruned": .integer($0.pruned),
        ]
      } ?? .null
    value["other_hosts"] = .integer(sightings.otherHosts)
    return Answer(
      title: "Imported",
      sections: [
        Section(
          .table(
            Table(
              columns: [Column("what"), Column("number", .trailing)],
              rows: numbers.map { [Cell(.text($0.name)), Cell($0.value)] })))
      ],
      value: .object(value))
  }
}
