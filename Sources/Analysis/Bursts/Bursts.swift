internal import Glibc

/// The bursts of one vendor's rejections, in time order; they never overlap.
///
/// Kleinberg's automaton with two states (a background rate and a burst rate; going up costs
/// `threshold`, coming down is free) over the gaps between rejections, decoded in one pass: a
/// cumulative sum of log-likelihood ratios that opens where it leaves zero and closes at its
/// maximum. What differs from the textbook is the background: it is local (a day's window) and
/// estimated outside the bursts, in rounds, so that a storm cannot hide other bursts.
///
/// A burst therefore ends after some minutes of quiet: 6.5 where one rejection an hour is usual,
/// 1.5 where 60 are. What would last for more than a day is no burst but how the vendor is then: see
/// ``steadyLimiting(in:besides:)``.
///
/// - Parameters:
///   - rejections: those of one vendor (or of one route or consumer of it), in any order.
///   - coverage: the time the log covers, in milliseconds since the epoch; rates are per this time.
///     Less than an hour counts as an hour. A rejection outside counts for the nearest hour.
package func bursts(
  in rejections: [Rejection], during coverage: Range<Int64>, policy: BurstPolicy = .standard
) -> [Burst] {
  guard rejections.count >= max(2, policy.minimumCount) else { return [] }
  let rejections = rejections.inTimeOrder()
  var background = Background(of: rejections, during: coverage)
  var runs: [DenseRun] = []
  for _ in 0..<max(1, policy.rounds) {
    runs = denseRuns(in: rejections, above: background, policy: policy)
    let drift = background.adapt(to: rejections, without: runs.map(\.indices))
    if drift < 0.02 { break }
  }
  return runs.map { Burst($0, of: rejections, above: background) }
    .filter { seconds(from: $0.start, to: $0.end) <= 86_400 }
}

/// A stretch of neighbouring rejections and the evidence that it is a burst.
private struct DenseRun {
  var indices: ClosedRange<Int>
  var score: Double
}

/// One pass over the gaps, against a background that is taken as given.
private func denseRuns(
  in rejections: [Rejection], above background: Background, policy: BurstPolicy
) -> [DenseRun] {
  var runs: [DenseRun] = []
  var first = 0
  var last = 0
  var sum = 0.0
  var maximum = 0.0
  func close() {
    if maximum >= policy.threshold, last - first + 1 >= policy.minimumCount {
      runs.append(DenseRun(indices: first...last, score: maximum))
    }
    sum = 0
  }

  var hour = Background.Hour()
  var gain = 0.0  // what a rejection adds: the log of the ratio of the two rates
  var loss = 0.0  // what a second of quiet takes: their difference
  for index in rejections.indices.dropLast() {
    if background.move(&hour, to: rejections[index].time) {
      let usual = background.rates[hour.number]
      let dense = max(policy.factor * usual, policy.minimumRate)
      gain = log(dense / usual)
      loss = dense - usual
    }
    if sum <= 0 {
      sum = 0
      maximum = 0
      first = index
      last = index
    }
    sum += gain - loss * seconds(from: rejections[index].time, to: rejections[index + 1].time)
    if sum > maximum {
      maximum = sum
      last = index + 1
    }
    if maximum - sum >= policy.threshold || sum <= 0 { close() }
  }
  if sum > 0 { close() }
  return runs
}

extension Burst {
  fileprivate init(_ run: DenseRun, of rejections: [Rejection], above background: Background) {
    let members = rejections[run.indices]
    let start = rejections[run.indices.lowerBound].time
    indices = run.indices
    self.start = start
    end = rejections[run.indices.upperBound].time
    count = members.count
    planLimited = members.count(where: \.planLimited)
    peakPerMinute = mostPerMinute(members)
    backgroundPerHour = background.rates[background.hour(of: start)] * 3600
    score = run.score
    retryAfter = RetryAfterVerdict(on: members)
  }
}

/// The most rejections within any 60 seconds, the 60th second excluded.
private func mostPerMinute(_ rejections: ArraySlice<Rejection>) -> Int {
  var most = 0
  var oldest = rejections.startIndex
  for newest in rejections.indices {
    while seconds(from: rejections[oldest].time, to: rejections[newest].time) >= 60 { oldest += 1 }
    most = max(most, newest - oldest + 1)
  }
  return most
}

/// The seconds between two times in milliseconds, without overflow whatever they are.
func seconds(from start: Int64, to end: Int64) -> Double {
  (Double(end) - Double(start)) / 1000
}
