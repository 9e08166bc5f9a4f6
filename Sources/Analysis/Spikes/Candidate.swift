/// Minutes that look like a spike of some size; the candidates of different sizes overlap.
struct Candidate {
  /// Indices of minutes.
  var minutes: Range<Int>
  /// The minute in which the evidence sufficed.
  var alarm: Int
  /// The evidence, as a log-likelihood ratio.
  var score: Double
  /// Whether the counts ended before it did.
  var open: Bool
}

/// The stretches of minutes in which `factor` times the expected rate explains the counts better
/// than the expected rate does: a cumulative sum of log-likelihood ratios of the negative binomial
/// distribution (Poisson where there is no dispersion). A stretch begins where the sum leaves zero
/// and ends at its maximum.
///
/// - Parameters:
///   - counts: errors by minute, none of them negative.
///   - factor: the multiple of the baseline that is looked for, above 1.
///   - allowance: the expected rate is taken to be this many times higher, at least 1.
///   - dispersion: 1/r of the negative binomial distribution.
func candidates(
  in counts: [Int32], above baseline: Baseline, times factor: Double, allowance: Double,
  dispersion: Double, policy: SpikePolicy
) -> [Candidate] {
  let test = RateTest(factor: factor, allowance: allowance, dispersion: dispersion)
  let screen = Screen(for: test, expected: baseline.bounds)
  var found: [Candidate] = []
  counts.withUnsafeBufferPointer { counts in
    baseline.expected.withUnsafeBufferPointer { expected in
      var minute = 0
      while minute < counts.count {
        if screen.passes(counts[minute], expected[minute]) {
          minute += 1
        } else {
          let (candidate, next) = climb(from: minute, counts, expected, test, policy)
          if let candidate { found.append(candidate) }
          minute = next
        }
      }
    }
  }
  return found
}

/// Follows the sum from a minute until it is back at zero or the candidate has ended.
///
/// - Returns: a candidate, if the evidence sufficed, and the minute to go on with.
private func climb(
  from first: Int, _ counts: UnsafeBufferPointer<Int32>, _ expected: UnsafeBufferPointer<Double>,
  _ test: RateTest, _ policy: SpikePolicy
) -> (Candidate?, next: Int) {
  let threshold = policy.threshold
  var minute = first
  var sum = 0.0
  repeat {
    sum += test.evidence(Double(counts[minute]), expected[minute])
    minute += 1
  } while sum > 0 && sum < threshold && minute < counts.count
  guard sum >= threshold else { return (nil, minute) }

  let alarm = minute - 1
  var last = alarm
  var maximum = sum
  var open = true
  while open && minute < counts.count {
    sum += test.evidence(Double(counts[minute]), expected[minute])
    if sum > maximum {
      maximum = sum
      last = minute
    }
    open = sum > 0 && maximum - sum < threshold && minute - last <= policy.quiet
    minute += 1
  }
  let minutes = first..<last + 1
  let errors = counts[minutes].reduce(0) { $0 + Int($1) }
  guard errors >= policy.minimumCount else { return (nil, minute) }
  return (Candidate(minutes: minutes, alarm: alarm, score: maximum, open: open), minute)
}

/// The highest counts that are no evidence for a spike, by steps of the expected count: passes
/// nearly every usual minute without taking a logarithm.
private struct Screen {
  private let critical: [Int32]
  private let first: Int

  /// - Parameter expected: no expected count is outside of these; positive.
  init(for test: RateTest, expected: ClosedRange<Double>) {
    first = Self.step(expected.lowerBound)
    critical = (first...Self.step(expected.upperBound)).map { step in
      let least = Double(bitPattern: UInt64(step) << 47)
      return Int32(max(0, min(test.criticalCount(least) * (1 - 1e-9), 1e9)))
    }
  }

  @inline(__always)
  func passes(_ count: Int32, _ expected: Double) -> Bool {
    count <= critical[Self.step(expected) - first]
  }

  /// The exponent and the leading five bits of the fraction: 32 steps to each power of two, in the
  /// order of the numbers. The least number of a step has these bits and no others.
  @inline(__always)
  private static func step(_ expected: Double) -> Int {
    Int(truncatingIfNeeded: expected.bitPattern >> 47)
  }
}
