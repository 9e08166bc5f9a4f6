/// What the rate of a series is a rate of: the requests of each minute.
struct Exposure {
  /// For each minute; above zero, so that what is expected is as well.
  private let requests: [Double]
  /// None is outside of these.
  let bounds: ClosedRange<Double>

  /// Where nothing was asked for, next to nothing is to be expected.
  private static let none = 1e-6

  /// - Parameter requests: of each minute; none below zero.
  init(_ requests: [Double]) {
    self.requests = requests.map { max($0, Self.none) }
    bounds = Self.none...max(1, requests.max() ?? 1)
  }

  /// Nil where there are not as many minutes of both.
  init?(requests: [Int32], errors: [Int32]) {
    guard requests.count == errors.count else { return nil }
    var most: Int32 = 1
    self.requests = zip(requests, errors).map { requests, errors in
      let all = max(requests, errors)
      most = max(most, all)
      return all > 0 ? Double(all) : Self.none
    }
    bounds = Self.none...Double(most)
  }

  /// - Parameter out: of each minute, whether it is left out; nil where none of these is.
  func sum(over minutes: Range<Int>, leavingOut out: [Bool]?) -> Double {
    guard let out else { return requests[minutes].reduce(0, +) }
    var sum = 0.0
    for minute in minutes where !out[minute] { sum += requests[minute] }
    return sum
  }

  /// Makes rates to counts.
  func multiply(_ rates: inout [Double]) {
    rates.withUnsafeMutableBufferPointer { rates in
      requests.withUnsafeBufferPointer { requests in
        for minute in requests.indices { rates[minute] *= requests[minute] }
      }
    }
  }
}
