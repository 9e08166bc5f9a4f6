internal import Times

/// How finely responses are counted. A quarter of an hour is the finest stretch that begins and ends
/// with the hours and days of every time zone.
package enum Grain: CaseIterable, Comparable, Sendable {
  case quarter, hour, day

  /// Milliseconds.
  package var length: Int64 {
    switch self {
    case .quarter: 15 * Milliseconds.minute
    case .hour: Milliseconds.hour
    case .day: Milliseconds.day
    }
  }
}
