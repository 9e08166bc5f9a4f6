internal import Files

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

/// Whether an answer had come when a later call was made.
///
/// A log has the time of the call or the time of its answer, and which one is not known: something
/// is certain only if it holds for both. A call that stands before the answer in the log did not
/// certainly come after it, whatever its time, as clocks are set back.
enum AnswerOrder {
  case certain
  case possible
  case impossible

  /// - Parameters:
  ///   - first: the time of the call that was answered, in milliseconds since the epoch.
  ///   - number: where it stands in the log; nil when not known.
  init(
    from first: Int64, _ latency: Latency, _ number: Int64?,
    to second: Int64, _ next: Latency, _ nextNumber: Int64?
  ) {
    let gap = seconds(from: first, to: second) * 1000
    // Times that a log cuts to the second lie up to a second closer together.
    let blur =
      latency.isKnown && next.isKnown && first.isWholeSecond && second.isWholeSecond ? 999.0 : 0
    if isOrdered(number, nextNumber), gap - blur >= max(latency.most, next.most) {
      self = .certain
    } else {
      self = gap + blur >= min(latency.least, next.least) ? .possible : .impossible
    }
  }

  init(from call: FailedCall, to next: FailedCall) {
    self.init(
      from: call.time, Latency(call.latency), call.number,
      to: next.time, Latency(next.latency), next.number)
  }
}

/// Whether calls stand in their log as their times have it, as far as that is known.
func isOrdered(_ number: Int64?, _ next: Int64?) -> Bool {
  guard let number, let next else { return true }
  return number < next
}

extension Int64 {
  /// Whether a time in milliseconds has no part of a second.
  var isWholeSecond: Bool { self % 1000 == 0 }
}
