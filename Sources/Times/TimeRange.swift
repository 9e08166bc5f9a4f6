/// The time from `since` up to, but not including, `until`.
package struct TimeRange: Sendable, Hashable {
  /// Milliseconds since the epoch, as all times.
  package var since: Int64
  package var until: Int64

  package init(since: Int64, until: Int64) {
    self.since = since
    self.until = until
  }

  package var isEmpty: Bool { until <= since }

  /// Milliseconds; 0 for an empty range.
  package var length: Int64 {
    guard !isEmpty else { return 0 }
    let (length, overflow) = until.subtractingReportingOverflow(since)
    return overflow ? .max : length
  }

  package func contains(_ time: Int64) -> Bool {
    since <= time && time < until
  }
}
