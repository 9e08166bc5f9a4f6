/// A `RateTest` worked out in advance for steps of the expected count: nearly every usual minute
/// passes it by one comparison, and the others are judged without taking a logarithm.
struct RateTable {
  private struct Entry {
    /// What the test takes off at the start of the step, and how that changes within it.
    var loss: Double
    var slope: Double
  }

  private let test: RateTest
  private let entries: [Entry]
  /// The highest count of each step that is no evidence for a spike.
  private let critical: [Int32]
  private let first: Int

  /// - Parameter expected: no expected count is outside of these; positive.
  init(of test: RateTest, expected: ClosedRange<Double>) {
    self.test = test
    first = Self.step(expected.lowerBound)
    let steps = first...Self.step(expected.upperBound)
    critical = steps.map { step in
      Int32(max(0, min(test.criticalCount(Self.start(of: step)) * (1 - 1e-9), 1e9)))
    }
    entries = steps.map { step in
      let (least, next) = (Self.start(of: step), Self.start(of: step + 1))
      let loss = test.loss(least)
      return Entry(loss: loss, slope: (test.loss(next) - loss) / (next - least))
    }
  }

  @inline(__always)
  func passes(_ count: Int32, _ expected: Double) -> Bool {
    count <= critical[Self.step(expected) - first]
  }

  /// The minutes that do not pass.
  func evident(
    in counts: UnsafeBufferPointer<Int32>, _ expected: UnsafeBufferPointer<Double>
  ) -> [Int32] {
    // Room for all: a place is written over until its minute does not pass.
    Array(unsafeUninitializedCapacity: counts.count) { high, found in
      critical.withUnsafeBufferPointer { critical in
        for minute in counts.indices {
          high[found] = Int32(truncatingIfNeeded: minute)
          let most = critical[Self.step(expected[minute]) &- first]
          found &+= counts[minute] > most ? 1 : 0
        }
      }
    }
  }

  /// The log of the likelihood ratio of a count, to a ten-thousandth of what it weighs.
  @inline(__always)
  func evidence(_ count: Double, _ expected: Double) -> Double {
    let step = Self.step(expected)
    let entry = entries[step - first]
    return test.evidence(count, loss: entry.loss + (expected - Self.start(of: step)) * entry.slope)
  }

  /// What an error adds and what a minute takes off where so many are expected: where more are, evidence
  /// is less.
  func weights(at expected: Double) -> (gain: Double, loss: Double) {
    let step = Self.step(expected)
    let entry = entries[step - first]
    return test.weights(loss: entry.loss + (expected - Self.start(of: step)) * entry.slope)
  }

  /// The exponent and the leading five bits of the fraction: 32 steps to each power of two, in the
  /// order of the numbers. The least number of a step has these bits and no others.
  @inline(__always)
  private static func step(_ expected: Double) -> Int {
    Int(truncatingIfNeeded: expected.bitPattern >> 47)
  }

  @inline(__always)
  private static func start(of step: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: step) << 47)
  }
}
