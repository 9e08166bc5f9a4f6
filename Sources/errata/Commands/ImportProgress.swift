internal import Answers
internal import Events
internal import Ingest
internal import Rendering

/// How far an import has come, on a terminal: one line that is written over.
final class ImportProgress {
  private let total: Int64?
  private let isShown: Bool
  private let start = Clock.seconds
  private var lastShown = 0.0
  private var isVisible = false

  /// `total` are the bytes of all inputs; nil where they cannot be known.
  init(total: Int64?, isShown: Bool) {
    self.total = total
    self.isShown = isShown
  }

  func show(_ summary: Importer.Summary) {
    let now = Clock.seconds
    // Short work needs no progress.
    guard isShown, now - start > 0.2, now - lastShown > 0.1 else { return }
    lastShown = now
    isVisible = true
    let elapsed = now - start
    var parts: [String] = []
    if let total, total > 0 {
      parts.append("\(min(99, summary.bytes * 100 / total)) % of \(formatSize(total))")
    } else {
      parts.append(formatSize(summary.bytes))
    }
    parts.append("\(Int64(Double(summary.lines) / elapsed)) lines/s")
    if let total, summary.bytes > 0, total > summary.bytes {
      let left = elapsed * Double(total - summary.bytes) / Double(summary.bytes)
      parts.append("\(formatDuration(Int64(left * 1000) / 1000 * 1000)) left")
    }
    if summary.tally.rejects > 0 { parts.append("\(summary.tally.rejects) rejects") }
    try? Destination.standardError.write("\r\u{1B}[K" + parts.joined(separator: ", "))
  }

  func clear() {
    if isVisible { try? Destination.standardError.write("\r\u{1B}[K") }
  }
}

/// What an import came to: one line for people, an object for programs.
struct ImportSummary {
  private let summary: Importer.Summary
  private let seconds: Double

  init(_ summary: Importer.Summary, _ seconds: Double) {
    self.summary = summary
    self.seconds = seconds
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

  private func counted(_ number: Int64, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  var answer: Answer {
    let tally = summary.tally
    let value: Object = [
      "lines": .integer(summary.lines), "records": .integer(tally.records),
      "events": .integer(tally.events), "successes": .integer(tally.successes),
      "skipped": .integer(tally.skipped), "rejects": .integer(tally.rejects),
      "blank": .integer(tally.blank), "known": .integer(summary.known),
      "held_back": .integer(summary.heldBack), "bytes": .integer(summary.bytes),
      "seconds": .number((seconds * 1000).rounded() / 1000), "undated": .integer(tally.undated),
    ]
    return Answer(
      title: "Imported",
      sections: [
        Section(
          .table(
            Table(
              columns: [Column("what"), Column("number", .trailing)],
              rows: value.members.map { [Cell(.text($0.name)), Cell($0.value)] })))
      ],
      value: .object(value))
  }
}
