internal import Events

/// How long an answer took, in milliseconds, within bounds.
struct Latency {
  private(set) var least: Double
  private(set) var most: Double
  /// Whether a log told it.
  private(set) var isKnown: Bool

  /// What is not known may have been as long as that: refusals hardly take longer.
  static let assumed = 5000.0

  init(_ milliseconds: Int64?) {
    let known = milliseconds.map { max(0, Double($0)) }
    least = known ?? 0
    most = known ?? Latency.assumed
    isKnown = known != nil
  }

  mutating func join(_ other: Latency) {
    least = min(least, other.least)
    most = max(most, other.most)
    isKnown = isKnown && other.isKnown
  }
}

/// Whether an answer was there when a later call was made. Logs have the time of the call or that of
/// the answer, which is not known: what is certain is so by both readings.
enum Order {
  case certain
  case possible
  case impossible

  /// - Parameters:
  ///   - first: the time of the call that was answered, in milliseconds since the epoch.
  ///   - second: the time of the later one.
  init(from first: Int64, _ latency: Latency, to second: Int64, _ next: Latency) {
    let gap = seconds(from: first, to: second) * 1000
    // Times that a log cuts to the second lie up to a second closer together.
    let blur =
      latency.isKnown && next.isKnown && first.isWholeSecond && second.isWholeSecond ? 999.0 : 0
    if gap - blur >= max(latency.most, next.most) {
      self = .certain
    } else {
      self = gap + blur >= min(latency.least, next.least) ? .possible : .impossible
    }
  }

  init(from call: FailedCall, to next: FailedCall) {
    self.init(
      from: call.time, Latency(call.latency), to: next.time, Latency(next.latency))
  }
}

extension Int64 {
  /// Whether a time in milliseconds has no part of a second.
  var isWholeSecond: Bool { self % 1000 == 0 }
}
