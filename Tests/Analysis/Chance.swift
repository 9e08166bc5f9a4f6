import Foundation

/// Numbers by chance, the same for a seed. (SplitMix64.)
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func normal() -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self)))
    return radius.squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }

  mutating func poisson(_ mean: Double) -> Int32 { Int32(count(around: mean)) }

  /// A number of Poisson's distribution.
  mutating func count(around mean: Double) -> Int {
    if mean > 500 { return max(0, Int((mean + mean.squareRoot() * normal()).rounded())) }
    var left = Double.random(in: 0..<1, using: &self) * exp(mean)
    var term = 1.0
    var count = 0
    while left > term {
      left -= term
      count += 1
      term *= mean / Double(count)
      if count > 1000 { break }
    }
    return count
  }

  /// A time until something happens that does so once in so long, at any time alike.
  mutating func wait(_ mean: Double) -> Double {
    -mean * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self))
  }

  /// A number of a gamma distribution whose mean is 1 (Marsaglia and Tsang 2000).
  ///
  /// - Parameter shape: 1 or more; 1 / shape is the variance.
  mutating func factor(shape: Double) -> Double {
    let (d, c) = (shape - 1 / 3, 1 / (9 * shape - 3).squareRoot())
    while true {
      let step = normal()
      let cube = 1 + c * step
      guard cube > 0 else { continue }
      let value = cube * cube * cube
      let level = log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self))
      if level < step * step / 2 + d - d * value + d * log(value) { return d * value / shape }
    }
  }

  /// Errors in each minute around a rate whose logarithm wanders.
  ///
  /// - Parameters:
  ///   - rate: errors a minute.
  ///   - deviation: of the logarithm of the rate.
  ///   - memory: how many minutes it takes to forget all but a third of it.
  mutating func wandering(
    days: Int, around rate: Double, deviation: Double, memory: Double
  ) -> [Int32] {
    let kept = exp(-1 / memory)
    var distance = 0.0
    return (0..<days * 1440).map { _ in
      distance = kept * distance + normal() * (1 - kept * kept).squareRoot()
      return poisson(rate * exp(deviation * distance - deviation * deviation / 2))
    }
  }
}
