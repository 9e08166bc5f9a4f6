package import Times

/// What was counted of a subject in a minute.
package struct Sample: Sendable, Equatable {
  /// The minute's start, in milliseconds since the epoch.
  package var minute: Int64
  /// What the measure counts.
  package var counted: Int64
  /// What a rate divides it by.
  package var requests: Int64

  package init(minute: Int64, counted: Int64, requests: Int64 = 0) {
    self.minute = minute
    self.counted = counted
    self.requests = requests
  }
}

/// Windows that end one minute after the other and hold the same counts.
package struct WindowRun: Sendable, Equatable {
  /// The ends of the first and the last of them.
  package var ends: ClosedRange<Int64>
  package var counted: Int64
  package var requests: Int64
  package var level: Threshold.Level
}

/// Judges every window of a length, one for each minute at which it may end.
///
/// Counts change only where a sample comes into the window or leaves it. So what this costs depends
/// on how many samples there are, and not on the time they are spread over.
///
/// - Parameters:
///   - samples: in order of time, a minute once at most. Those outside of all windows do no harm.
///   - window: its length in milliseconds, whole minutes.
///   - ends: of the windows: after `since`, up to and with `until`, both full minutes.
///   - isRate: whether `counted` is divided by `requests`. A window with less requests than the
///     threshold's minimum says nothing: it neither crosses nor clears.
/// - Returns: the windows in order of time, none left out.
package func windowRuns(
  of samples: [Sample], window: Int64, ends: TimeRange, threshold: Threshold, isRate: Bool
) -> [WindowRun] {
  let minute = Milliseconds.minute
  var runs: [WindowRun] = []
  var (entered, left) = (0, 0)
  var (counted, requests) = (Int64(0), Int64(0))
  var end = ends.since + minute
  while end <= ends.until {
    while entered < samples.count, samples[entered].minute + minute <= end {
      counted += samples[entered].counted
      requests += samples[entered].requests
      entered += 1
    }
    while left < entered, samples[left].minute + window < end {
      counted -= samples[left].counted
      requests -= samples[left].requests
      left += 1
    }
    var next = ends.until + minute
    if entered < samples.count { next = min(next, samples[entered].minute + minute) }
    if left < entered { next = min(next, samples[left].minute + window + minute) }
    runs.append(
      WindowRun(
        ends: end...(next - minute), counted: counted, requests: requests,
        level: threshold.level(counted: counted, of: isRate ? requests : nil)))
    end = next
  }
  return runs
}

extension Threshold {
  /// - Parameter requests: what a rate divides by; nil of a count.
  package func level(counted: Int64, of requests: Int64?) -> Level {
    guard let requests else { return level(of: Double(counted)) }
    if requests < minimum { return .near }
    return level(of: Double(counted) / Double(requests))
  }
}
