package import Batches
package import Events

/// What is counted of each minute for the sake of incidents: all responses, and each error in one sort.
/// A sort's number in a store never changes.
package enum MinuteSort: Int64, CaseIterable, Sendable {
  case requests = 0
  /// Status 500 and above.
  case serverErrors = 1
  /// No response at all.
  case unanswered = 2
  /// Status 429.
  case rejections = 3
  /// Status 401 or 403, but for what a plan or a pace has no room for.
  case refusals = 4
  case others = 5
  /// What the client itself gave up, whatever it is besides: no failure of a vendor.
  case cancelled = 6

  /// Those that are something's failure.
  package static let failures: [MinuteSort] = [
    .serverErrors, .unanswered, .rejections, .refusals, .others,
  ]

  /// How many of a minute's responses are of this sort.
  @inline(__always)
  package func count(in counts: MinuteCounts) -> Int64 {
    switch self {
    case .requests: counts.successes + counts.errors
    case .serverErrors: counts.serverErrors
    case .unanswered: counts.unanswered
    case .rejections: counts.rejections
    case .refusals: counts.refusals
    case .others: counts.others
    case .cancelled: counts.cancelled
    }
  }

  /// The sort of an error.
  package init(status: Int64, kind: Kind) {
    let counts = MinuteCounts(status: status, kind: kind)
    self = MinuteSort.failures.first { $0.count(in: counts) > 0 } ?? .cancelled
  }
}
