package import Times

/// From when until when a check by the clock judges. Times are in milliseconds since the epoch.
package struct Horizon: Sendable {
  /// The full minute that was reached last.
  package let now: Int64
  /// How late data may come and still be judged.
  package let late: Int64

  /// By how much a clock may be wrong without anything being forgotten.
  package static let slack = Milliseconds.hour

  package init(now: Int64, late: Int64) {
    self.now = now.rounded(downTo: Milliseconds.minute)
    self.late = late
  }

  /// What is older is judged no more.
  package var oldest: Int64 { now - late }

  /// The first time, or after a clock that was far ahead: what ends within one window of the newest
  /// event.
  ///
  /// - Parameter newest: the newest event's time; nil where there is none.
  package func first(window: Int64, newest: Int64?) -> TimeRange {
    guard let newest else { return TimeRange(since: now, until: now) }
    let minute = Milliseconds.minute
    let end = min(now, min(newest, now).rounded(downTo: minute) + minute)
    return TimeRange(since: max(oldest, min(now, end - window)), until: now)
  }

  /// From the last check on, or from the earliest event that has come since, where that is earlier.
  ///
  /// - Parameters:
  ///   - judged: up to when was judged.
  ///   - arrived: the earliest time of what was imported since then.
  package func next(judged: Int64, arrived: Int64?) -> TimeRange {
    let start = max(oldest, min(judged, arrived ?? judged, now))
    return TimeRange(since: start.rounded(downTo: Milliseconds.minute), until: now)
  }
}
