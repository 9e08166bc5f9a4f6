internal import Glibc

/// Errors in one minute of a series.
package struct MinuteCount: Sendable, Equatable {
  /// Its place in the series.
  package var minute: Int32
  package var errors: Int64

  package init(minute: Int32, errors: Int64) {
    self.minute = minute
    self.errors = errors
  }
}

/// Whether a series that has next to no errors may have spikes, told from these alone: of the hundred
/// thousand vendors that strangers make up, hardly one need be looked at minute by minute.
///
/// With fewer errors than a silence or a step takes, no baseline is far below the mean: hours and days
/// are drawn towards it as if ten errors had been seen as well. Where no stretch of minutes would be
/// suspicious against so low a baseline, none is against the true one.
///
/// - Parameters:
///   - counts: the minutes with errors, in order of time; one may come twice.
///   - length: how many minutes the series has.
package func mayHaveSpikes(
  _ counts: some RandomAccessCollection<MinuteCount>, of length: Int,
  policy: SpikePolicy = .standard
) -> Bool {
  let total = counts.reduce(0) { $0 + Double(max(0, $1.errors)) }
  guard total >= Double(policy.minimumCount) else { return false }
  guard total < policy.silence, length >= 1440 else { return true }
  let mean = (total + 0.5) / Double(length)
  let days = Double(length) / 1440
  let week = 1.5 * total * min(1, 8 / days)
  let least = mean * 0.7 * 10 / (10 + week)
  for first in counts.indices {
    var errors = 0.0
    for last in counts[first...].indices {
      errors += Double(max(0, counts[last].errors))
      let minutes = Double(counts[last].minute) - Double(counts[first].minute) + 1
      if errors >= Double(policy.minimumCount),
        evidence(errors, least * minutes, variance: 0) >= policy.caution
      {
        return true
      }
    }
  }
  return false
}
