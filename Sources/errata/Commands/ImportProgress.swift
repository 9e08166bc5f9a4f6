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
