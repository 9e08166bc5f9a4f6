internal import Glibc

/// The likelihood-ratio test of one minute: a multiple of the expected rate against that rate.
struct RateTest {
  private let factor: Double
  private let gain: Double
  /// The size of the negative binomial distribution (r); nil for Poisson.
  private let size: Double?

  /// - Parameters:
  ///   - factor: the multiple, above 1.
  ///   - dispersion: 1/r of the negative binomial distribution.
  init(factor: Double, dispersion: Double) {
    self.factor = factor
    gain = log(factor)
    size = dispersion < 1e-4 ? nil : 1 / dispersion
  }

  /// The log of the likelihood ratio of a count.
  @inline(__always)
  func evidence(_ count: Double, _ expected: Double) -> Double {
    evidence(count, loss: loss(expected))
  }

  /// The same, of what is taken off for the expected count.
  @inline(__always)
  func evidence(_ count: Double, loss: Double) -> Double {
    guard let size else { return count * gain - loss }
    return count * gain - (count + size) * loss
  }

  /// The same as what each error adds and what is taken off once.
  func weights(loss: Double) -> (gain: Double, loss: Double) {
    guard let size else { return (gain, loss) }
    return (gain - loss, size * loss)
  }

  /// What the expected count takes off, for each of `size` and of the errors; at once for Poisson.
  @inline(__always)
  func loss(_ expected: Double) -> Double {
    guard let size else { return expected * (factor - 1) }
    return log((size + expected * factor) / (size + expected))
  }

  /// The count of which the likelihood ratio is 1; it rises with the expected count.
  func criticalCount(_ expected: Double) -> Double {
    guard let size else { return expected * (factor - 1) / gain }
    return size * log((size + expected * factor) / (size + expected))
      / log1p(size * (factor - 1) / (size + expected * factor))
  }
}

/// The log of the likelihood ratio of a sum of counts: its own rate, whatever it is, against the
/// expected one. Nothing speaks for a rate below that.
///
/// - Parameter variance: the relative variance of the expected rate, 1/r of a negative binomial
///   distribution.
func evidence(_ count: Double, _ expected: Double, variance: Double) -> Double {
  guard count > expected else { return 0 }
  guard variance > 1e-6 else { return count * log(count / expected) - (count - expected) }
  let size = 1 / variance
  return count * log(count / expected) - (count + size) * log((count + size) / (expected + size))
}
