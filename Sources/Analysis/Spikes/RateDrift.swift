internal import Glibc

/// How the rate of a series wanders around its baseline: from one half hour to the next it keeps a
/// part of its distance, as deploys, batch jobs and the weather of the network have it.
///
/// An autoregression of the relative rate, estimated from the autocovariances of three hours: noise
/// of single half hours has none. A rate that wanders makes no spikes of itself, and what it was
/// just before and after a stretch tells what to expect in it.
struct RateDrift {
  /// The variance of the relative rate; 0 where none can be told from chance. What it is to begin
  /// with decides which half hours are beyond all drift.
  private(set) var variance = 0.04
  /// How many standard errors of the variance are taken off it: drift must show before it excuses
  /// anything.
  var doubt = 3.0
  /// What is left of a distance after one half hour, 0 to 1.
  private(set) var memory = 0.5

  private static let lags = 1...6
  private static let memories = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97]

  /// - Parameters:
  ///   - dispersion: 1/r of the negative binomial distribution of minutes.
  ///   - times: how often; each decides anew which half hours are beyond all drift.
  mutating func estimate(from halfHours: [HalfHour], dispersion: Double, times: Int) {
    let chance = halfHours.map {
      $0.usual + dispersion * $0.usual * $0.usual / Double(HalfHour.length)
    }
    for _ in 0..<times { estimate(from: halfHours, chance: chance) }
  }

  private mutating func estimate(from halfHours: [HalfHour], chance: [Double]) {
    var distances = Array(repeating: 0.0, count: halfHours.count)
    var weights = distances  // 0 for half hours not looked at
    distances.withUnsafeMutableBufferPointer { distances in
      weights.withUnsafeMutableBufferPointer { weights in
        for (place, halfHour) in halfHours.enumerated()
        where halfHour.minutes * 2 > Double(HalfHour.length) {
          let scatter = (chance[place] + variance * halfHour.usual * halfHour.usual + 1e-12)
            .squareRoot()
          let distance = halfHour.errors - halfHour.usual
          if distance > 3.5 * scatter && halfHour.errors >= 5 { continue }
          weights[place] = halfHour.usual
          distances[place] = min(distance, 2.5 * scatter)
        }
      }
    }
    let (near, all) = (products(distances), products(weights))
    let covariances = Self.lags.map { near[$0 - 1] / max(all[$0 - 1], 1e-12) }
    var noise = 0.0
    for place in weights.indices.dropLast() where weights[place] > 0 && weights[place + 1] > 0 {
      noise += chance[place] * chance[place + 1]
    }
    let error = noise.squareRoot() / max(all[0], 1e-12)
    fit(covariances, error: error)
  }

  /// The sums of the products of values so many places apart: of one place first. All distances at
  /// once, each in the order of the values.
  private func products(_ values: [Double]) -> SIMD8<Double> {
    values.withUnsafeBytes { bytes in
      var sums = SIMD8<Double>.zero
      let step = MemoryLayout<Double>.stride
      let whole = max(0, values.count - sums.scalarCount)
      for place in 0..<whole {
        sums +=
          values[place]
          * bytes.loadUnaligned(fromByteOffset: (place + 1) * step, as: SIMD8<Double>.self)
      }
      for place in whole..<values.count {
        for lag in 1..<max(1, values.count - place) {
          sums[lag - 1] += values[place] * values[place + lag]
        }
      }
      return sums
    }
  }

  /// The curve `variance · memoryˡᵃᵍ` next to the covariances, by least squares.
  private mutating func fit(_ covariances: [Double], error: Double) {
    var nearest = Double.infinity
    for memory in Self.memories {
      var power = 1.0
      let curve = covariances.map { _ in
        power *= memory
        return power
      }
      let squares = curve.reduce(0) { $0 + $1 * $1 }
      let height = max(0, zip(covariances, curve).reduce(0) { $0 + $1.0 * $1.1 } / squares)
      let distance = zip(covariances, curve).reduce(0) { sum, pair in
        sum + (pair.0 - height * pair.1) * (pair.0 - height * pair.1)
      }
      guard distance < nearest else { continue }
      nearest = distance
      self.memory = memory
      variance = min(1, max(0, height - doubt * error / squares.squareRoot()))
    }
  }

  /// The rate of each half hour relative to the baseline, as the half hours before and after tell
  /// it, and the variance it still has. (Kalman's filter, and the smoother of Rauch, Tung and
  /// Striebel.)
  func rates(
    of halfHours: [HalfHour], dispersion: Double
  ) -> (factors: [Double], variances: [Double]) {
    guard variance > 1e-5 else {
      return (halfHours.map { _ in 1 }, halfHours.map { _ in variance })
    }
    var filtered: [(mean: Double, variance: Double)] = []
    var foreseen: [(mean: Double, variance: Double)] = []
    filtered.reserveCapacity(halfHours.count)
    foreseen.reserveCapacity(halfHours.count)
    var (mean, spread) = (0.0, variance)
    for halfHour in halfHours {
      if !filtered.isEmpty {
        mean *= memory
        spread = memory * memory * spread + variance * (1 - memory * memory)
      }
      foreseen.append((mean, spread))
      if halfHour.minutes * 10 > Double(HalfHour.length) && halfHour.usual > 0 {
        let noise = (1 + dispersion * halfHour.usual / halfHour.minutes) / halfHour.usual
        let gain = spread / (spread + noise)
        mean += gain * (halfHour.errors / halfHour.usual - 1 - mean)
        spread *= 1 - gain
      }
      filtered.append((mean, spread))
    }
    for place in filtered.indices.dropLast().reversed() {
      let back = filtered[place].variance * memory / foreseen[place + 1].variance
      filtered[place].mean += back * (filtered[place + 1].mean - foreseen[place + 1].mean)
      filtered[place].variance +=
        back * back * (filtered[place + 1].variance - foreseen[place + 1].variance)
    }
    return (filtered.map { max(0.2, 1 + $0.mean) }, filtered.map { max(0, $0.variance) })
  }

  /// The most the mean rate of so many minutes can vary: over longer ones it averages out.
  func variance(ofMeanOver minutes: Int) -> Double {
    let times = Double(minutes) / Double(HalfHour.length) * -log(memory)
    return variance * 2 * (times - 1 + exp(-times)) / (times * times)
  }
}
