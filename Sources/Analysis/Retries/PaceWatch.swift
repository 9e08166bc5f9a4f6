internal import Events
internal import Files

/// Calls that fail again and again while the delays between them do not grow.
///
/// A row is of one consumer, method and path, its gaps under 30 seconds. Its delays grow when the
/// longest is 1.4 times the first (from the fourth error on, 2.2 times): doubling and adding do,
/// also with jitter, and what has grown once may stay as it is. A gap of less than the 2.2th of the
/// one before begins a new row: another call.
///
/// Calls that have nothing to do with each other look like a row, too; but they come by chance, and
/// their gaps differ: of n independent gaps the longest is less than 1 + b times the shortest in a
/// share of Π kb ÷ (n + kb), k from 1 to n - 1, of all cases. A row is claimed once that is below a
/// tenth, where the path names an item and there are no bodies. Elsewhere a rhythm may be that of
/// someone who does one thing after another: a row is told as alike once it is below a thousandth.
struct PaceWatch {
  private var rows = RecentValues<CallKey, Row>()

  mutating func add(
    _ call: FailedCall, _ knowledge: any CallKnowledge, counts: Bool
  ) -> RetryFault? {
    guard PaceWatch.concerns(call), let key = CallKey(call) else { return nil }
    guard var row = rows[key, at: call.time], row.holds(call),
      PaceWatch.asksForGrowth(knowledge.advice(for: call))
    else {
      rows[key, at: call.time] = Row(call)
      return nil
    }
    let errors = row.add(call, counts: counts)
    rows[key, at: call.time] = row
    guard errors > 0 else { return nil }
    return call.isKnownByItsPath ? .hasty(errors) : .alike(errors)
  }

  /// Whether its advice could be to slow down by oneself, rather than by a delay that is told.
  private static func concerns(_ call: FailedCall) -> Bool {
    guard (call.retryAfter ?? 0) <= 0 else { return false }
    return switch call.kind {
    case .server, .upstream, .timeout, .unavailable, .rateLimit: true
    default: call.status >= 500
    }
  }

  private static func asksForGrowth(_ advice: RetryAdvice) -> Bool {
    switch advice {
    case .backoff, .backoffIfIdempotent, .afterDelay: true
    case .never, .refresh, .onceAfterDelay, .upgrade, .pay: false
    }
  }
}

/// Errors of one call that follow one another closely. Times are in milliseconds.
private struct Row {
  private var last: FailedCall
  private var count = 0
  private var lastGap = 0.0
  private var shortest = Double.infinity
  private var gaps = Growth()
  /// From answer to call, if the log has the times of the calls, and if it has those of answers.
  private var waits = (ofCalls: Growth(), ofAnswers: Growth())
  private var knowsWaits = true
  /// Whether all times are whole seconds: the log cuts them, and gaps may be a second longer or
  /// shorter than they look.
  private var isCut: Bool
  /// Errors that would be claimed, were it certain that the calls are one.
  private var unclaimed = 0

  private static let longest = 30_000.0
  private static let fall = 2.2

  init(_ call: FailedCall) {
    last = call
    isCut = call.time.isWholeSecond
  }

  func holds(_ call: FailedCall) -> Bool { last.gap(before: call) < Row.longest }

  /// How many errors can be claimed now.
  mutating func add(_ call: FailedCall, counts: Bool) -> Int {
    guard isOrdered(last.number, call.number) else {
      self = Row(call)
      return 0
    }
    let gap = last.gap(before: call)
    if count > 0, gap < lastGap / Row.fall { self = Row(last) }
    count += 1
    lastGap = gap
    shortest = min(shortest, max(1, gap))
    gaps.add(gap)
    if let latency = last.latency, let next = call.latency {
      waits.ofCalls.add(gap - Double(latency))
      waits.ofAnswers.add(gap - Double(next))
    } else {
      knowsWaits = false
    }
    last = call
    isCut = isCut && call.time.isWholeSecond
    if knowsWaits
      ? !waits.ofCalls.isPossible || !waits.ofAnswers.isPossible
      : gap < Latency.assumed
    {
      // They may overlap: there is no order among them.
      self = Row(call)
      return 0
    }
    guard count >= 2 else { return 0 }
    guard isFlat else {
      unclaimed = 0
      return 0
    }
    if counts { unclaimed += 1 }
    guard chance < (call.isKnownByItsPath ? 0.1 : 0.001) else { return 0 }
    defer { unclaimed = 0 }
    return unclaimed
  }

  /// Whether the delays do not grow, whichever times the log has. Without latencies, the gaps must
  /// not grow by half of the second with which documented delays begin, either.
  private var isFlat: Bool {
    let factor = count == 2 ? 1.4 : Row.fall
    let blur = isCut ? 1000.0 : 0
    guard knowsWaits else {
      return !gaps.isGrown(by: factor, blur) && gaps.longest - (gaps.first ?? 0) < 500
    }
    return !waits.ofCalls.isGrown(by: factor, blur) && !waits.ofAnswers.isGrown(by: factor, blur)
  }

  /// How likely independent gaps would be as much alike; of many, how likely 64 would.
  private var chance: Double {
    let spread = max(1, gaps.longest) / shortest - 1
    let count = min(count, 64)
    return (1..<count).reduce(1) { chance, place in
      chance * Double(place) * spread / (Double(count) + Double(place) * spread)
    }
  }
}

/// The first and the longest of some delays, in milliseconds.
private struct Growth {
  private(set) var first: Double?
  private(set) var longest = 0.0
  /// Whether none of them is negative.
  private(set) var isPossible = true

  /// So much does not matter: next to no delay at all is flat, whatever the factor.
  private static let blur = 50.0

  mutating func add(_ delay: Double) {
    if delay < -Growth.blur { isPossible = false }
    if first == nil { first = delay }
    longest = max(longest, delay)
  }

  /// - Parameter blur: by how much each may be longer or shorter than it looks.
  func isGrown(by factor: Double, _ blur: Double) -> Bool {
    isPossible
      && longest + blur + Growth.blur >= factor * (max(0, (first ?? 0) - blur) + Growth.blur)
  }
}
