internal import Glibc

/// The likelihood-ratio test of one minute: a multiple of the expected rate against that rate.
struct RateTest {
  private let factor: Double
  private let gain: Double
  private let low: Double
  private let high: Double
  /// The size of the negative binomial distribution (r); nil for Poisson.
  private let size: Double?

  /// - Parameters:
  ///   - factor: the multiple, above 1.
  ///   - allowance: the expected rate is taken to be this many times higher, at least 1.
  ///   - dispersion: 1/r of the negative binomial distribution.
  init(factor: Double, allowance: Double, dispersion: Double) {
    self.factor = factor
    gain = log(factor)
    low = allowance
    high = allowance * factor
    size = dispersion < 1e-4 ? nil : 1 / dispersion
  }

  /// The log of the likelihood ratio of a count.
  @inline(__always)
  func evidence(_ count: Double, _ expected: Double) -> Double {
    guard let size else { return count * gain - expected * (high - low) }
    return count * gain
      + (count + size) * log((size + expected * low) / (size + expected * high))
  }

  /// The count of which the likelihood ratio is 1; it rises with the expected count.
  func criticalCount(_ expected: Double) -> Double {
    guard let size else { return expected * (high - low) / gain }
    return size * log((size + expected * high) / (size + expected * low))
      / log1p(size * (factor - 1) / (size + expected * high))
  }
}
