internal import Events

// What is counted of every response.
extension Batch {
  func countSuccess(time: Int64?, vendor: Word, status: Int) {
    if let time {
      minutes[
        MinuteKey(minute: time / Milliseconds.minute, vendor: vendor), default: MinuteCounts()
      ]
      .successes += 1
    }
    let key = TrafficKey(
      quarter: time.map(quarter), vendor: vendor, status: Int32(status), code: 0, kind: nil)
    traffic[key, default: 0] += 1
  }

  /// Counts all events of the batch.
  func countErrors() {
    for row in rows {
      if let time = row.time { countMinute(of: row, at: time) }
      let key = TrafficKey(
        quarter: row.time.map(quarter), vendor: row.vendor, status: row.status, code: row.code,
        kind: row.kind)
      traffic[key, default: 0] += 1
    }
  }

  private func countMinute(of row: EventRow, at time: Int64) {
    let key = MinuteKey(minute: time / Milliseconds.minute, vendor: row.vendor)
    var counts = minutes[key] ?? MinuteCounts()
    counts.errors += 1
    if row.kind == .rateLimit { counts.rateLimited += 1 }
    if row.kind == .planLimit { counts.planLimited += 1 }
    if row.status >= 500 { counts.serverErrors += 1 }
    minutes[key] = counts
  }

  private func quarter(_ time: Int64) -> Int64 { time / (15 * Milliseconds.minute) }
}
