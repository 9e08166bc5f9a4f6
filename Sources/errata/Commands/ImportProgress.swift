internal import Answers
internal import Batches
internal import Ingest
internal import Rendering
internal import Times

/// How far an import has come, on a terminal: one line that is written over.
final class ImportProgress {
  private let total: Int64?
  private let isShown: Bool
  private let start = Clock.seconds
  private var bytes = Pace()
  private var lines = Pace()
  private var lastShown = 0.0
  private var isVisible = false

  /// `total` are the bytes of all inputs; nil where they cannot be known.
  init(total: Int64?, isShown: Bool) {
    self.total = total
    self.isShown = isShown
  }

  func show(_ summary: Importer.Summary) {
    let now = Clock.seconds
    if summary.isPassingOver {
      (bytes, lines) = (Pace(), Pace())
    } else {
      bytes.note(summary.bytes, at: now)
      lines.note(summary.lines, at: now)
    }
    // Short work needs no progress.
    guard isShown, now - start > 0.2, now - lastShown > 0.1 else { return }
    lastShown = now
    isVisible = true
    var parts: [String] = []
    if let total, total > 0 {
      parts.append("\(min(99, summary.bytes * 100 / total)) % of \(formatSize(total))")
    } else {
      parts.append(formatSize(summary.bytes))
    }
    if summary.isPassingOver { parts.append("known already") }
    if let rate = lines.perSecond { parts.append("\(grouped(Int64(rate))) lines/s") }
    if let left = total.flatMap({ bytes.seconds(until: $0) }) {
      parts.append("\(formatDuration(Int64(min(left, 1e9)) * 1000)) left")
    }
    if summary.tally.rejects > 0 { parts.append(counted(summary.tally.rejects, "reject")) }
    try? Destination.standardError.write("\r\u{1B}[K" + parts.joined(separator: ", "))
  }

  func clear() {
    if isVisible { try? Destination.standardError.write("\r\u{1B}[K") }
  }
}
