/// Minutes in which the evidence for a spike, summed up minute by minute, rose.
struct EvidenceRise: Hashable {
  /// Indices of minutes.
  var minutes: Range<Int>
  /// Whether the counts ended before it did.
  var open: Bool
}

extension Baseline {
  /// For each factor, the minutes in which so many times the expected rate explains the
  /// counts better than the expected rate does: a cumulative sum of log-likelihood ratios of the
  /// negative binomial distribution (Poisson where there is no dispersion). A rise begins where
  /// the sum leaves zero and ends at its maximum.
  ///
  /// - Parameters:
  ///   - counts: errors by minute, none of them negative.
  ///   - dispersion: 1/r of the negative binomial distribution.
  func rises(of counts: [Int32], dispersion: Double, policy: SpikePolicy) -> [EvidenceRise] {
    guard let least = policy.factors.min() else { return [] }
    let lowest = RateTable(of: RateTest(factor: least, dispersion: dispersion), expected: bounds)
    var found: [EvidenceRise] = []
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        // What is no evidence for the least factor is none for any.
        let high = lowest.evident(in: counts, expected)
        for factor in policy.factors {
          let test = RateTest(factor: factor, dispersion: dispersion)
          let table = factor == least ? lowest : RateTable(of: test, expected: bounds)
          var next = 0
          for minute in high.lazy.map(Int.init)
          where minute >= next && !table.passes(counts[minute], expected[minute]) {
            let rise: EvidenceRise?
            (rise, next) = climb(from: minute, counts, expected, table, policy)
            if let rise { found.append(rise) }
          }
        }
      }
    }
    return found
  }

  /// The minutes within limits that speak most for the ratio which some minutes have to the
  /// baseline, rather than for the nearest of a few factors: truer edges. (The maximum sub-array of
  /// the log-likelihood ratios, by Kadane's scan.)
  func edges(
    of minutes: Range<Int>, within limits: Range<Int>, counts: [Int32], dispersion: Double
  ) -> Range<Int> {
    let errors = counts[minutes].reduce(0) { $0 + Double($1) }
    let usual = expected[minutes].reduce(0, +)
    let test = RateTest(factor: max(1.5, errors / usual), dispersion: dispersion)
    var best = minutes
    var most = 0.0
    var sum = 0.0
    var first = limits.lowerBound
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        for minute in limits {
          if sum <= 0 {
            sum = 0
            first = minute
          }
          sum += test.evidence(Double(counts[minute]), expected[minute])
          if sum > most {
            most = sum
            best = first..<minute + 1
          }
        }
      }
    }
    return best
  }
}

/// Follows the sum from a minute until it is back at zero or the rise has ended.
///
/// - Returns: the rise, if the evidence sufficed, and the minute to go on with.
func climb(
  from first: Int, _ counts: UnsafeBufferPointer<Int32>, _ expected: UnsafeBufferPointer<Double>,
  _ test: RateTable, _ policy: SpikePolicy
) -> (EvidenceRise?, next: Int) {
  let threshold = policy.suspicion
  var minute = first
  var sum = 0.0
  repeat {
    sum += test.evidence(Double(counts[minute]), expected[minute])
    minute += 1
  } while sum > 0 && sum < threshold && minute < counts.count
  guard sum >= threshold else { return (nil, minute) }

  var last = minute - 1
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
  return (EvidenceRise(minutes: first..<last + 1, open: open), minute)
}
