/// How long is waited from one try to the next: twice as long each time, with some chance in it so
/// that many who were turned away together do not come back together
/// (<https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>), and never less than
/// the server asked for.
package struct Backoff {
  /// Milliseconds, as all that follows.
  private static let first: Int64 = 250
  private static let longest: Int64 = 30_000
  private var next = Backoff.first

  package init() {}

  /// - Parameter chance: from 0 up to 1.
  package mutating func wait(asked: Int64?, chance: Double = .random(in: 0..<1)) -> Int64 {
    let own = next / 2 + Int64(Double(next / 2) * chance)
    next = min(next * 2, Backoff.longest)
    guard let asked else { return own }
    // Those who were told the same time come one after the other, too.
    return max(asked, 0) + own
  }
}
