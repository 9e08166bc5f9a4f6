/// A `RateTest` worked out in advance for steps of the expected count: nearly every usual minute
/// passes it by one comparison, and the others are judged without taking a logarithm.
struct RateTable {
  private struct Entry {
    /// The highest count that is no evidence for a spike.
    var critical: Int32
    /// What the test takes off at the start of the step, and how that changes within it.
    var loss: Double
    var slope: Double
  }

  private let test: RateTest
  private let entries: [Entry]
  private let first: Int

  /// - Parameter expected: no expected count is outside of these; positive.
  init(of test: RateTest, expected: ClosedRange<Double>) {
    self.test = test
    first = Self.step(expected.lowerBound)
    entries = (first...Self.step(expected.upperBound)).map { step in
      let (least, next) = (Self.start(of: step), Self.start(of: step + 1))
      let critical = max(0, min(test.criticalCount(least) * (1 - 1e-9), 1e9))
      let loss = test.loss(least)
      return Entry(
        critical: Int32(critical), loss: loss, slope: (test.loss(next) - loss) / (next - least))
    }
  }

  @inline(__always)
  func passes(_ count: Int32, _ expected: Double) -> Bool {
    count <= entries[Self.step(expected) - first].critical
  }

  /// The log of the likelihood ratio of a count, to a ten-thousandth of what it weighs.
  @inline(__always)
  func evidence(_ count: Double, _ expected: Double) -> Double {
    let step = Self.step(expected)
    let entry = entries[step - first]
    return test.evidence(count, loss: entry.loss + (expected - Self.start(of: step)) * entry.slope)
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
