extension Candidate {
  /// The same spike with its edges sought again: the minutes near it that speak most for its own
  /// ratio to the baseline, rather than for the nearest of a few factors. The evidence stays as it
  /// was found. (The maximum sub-array of the log-likelihood ratios, by Kadane's scan.)
  ///
  /// - Parameters:
  ///   - limits: the minutes it may take.
  ///   - dispersion: 1/r of the negative binomial distribution.
  func refined(
    within limits: Range<Int>, counts: [Int32], expected: [Double], dispersion: Double
  ) -> Candidate {
    let errors = counts[minutes].reduce(0) { $0 + Double($1) }
    let usual = expected[minutes].reduce(0, +)
    let test = RateTest(factor: max(1.5, errors / usual), allowance: 1, dispersion: dispersion)
    var refined = self
    var best = 0.0
    var sum = 0.0
    var first = limits.lowerBound
    for minute in limits {
      if sum <= 0 {
        sum = 0
        first = minute
      }
      sum += test.evidence(Double(counts[minute]), expected[minute])
      if sum > best {
        best = sum
        refined.minutes = first..<minute + 1
      }
    }
    refined.alarm = max(alarm, refined.minutes.lowerBound)
    return refined
  }
}
