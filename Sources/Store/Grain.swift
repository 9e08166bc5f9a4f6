internal import Times

/// How finely traffic is counted: each has a table of counts by vendor, status, code and kind.
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

  var table: String {
    switch self {
    case .quarter: "quarter"
    case .hour: "hour"
    case .day: "day"
    }
  }
}
