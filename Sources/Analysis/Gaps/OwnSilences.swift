internal import Glibc

/// How long a vendor is silent by itself: between two sessions, two batches, two users. What is as long
/// as that is no gap.
///
/// A silence is measured by how many responses are usual in it, so that nights are short.
package struct OwnSilences: Sendable {
  private var depths: [Double] = []

  /// - Parameters:
  ///   - isHeard: of each minute, whether anything was logged.
  ///   - usual: responses that are usual in each hour of the same time.
  package init(of isHeard: [Bool], usual: [Double]) {
    var depth = 0.0
    for (minute, isHeard) in isHeard.enumerated() {
      if isHeard {
        if depth > 0 { depths.append(depth) }
        depth = 0
      } else {
        depth += minute / 60 < usual.count ? usual[minute / 60] / 60 : 0
      }
    }
    if depth > 0 { depths.append(depth) }
    depths.sort(by: >)
  }

  /// How deep a silence must be to be none of its own: by chance, there is a deeper one in fifty such
  /// times.
  ///
  /// The deepest silences, but for those few that are in question, follow a law above some depth,
  /// whatever is usual below: an exponential one with a tail somewhat longer, as people have it. How
  /// steep it is, they tell. (Peaks over a threshold: Coles 2001, chapter 4.)
  package var limit: Double {
    let rest = depths.dropFirst(OwnSilences.inQuestion)
    let count = min(rest.count / 3, 40)
    guard count >= 5, let deepest = rest.first else { return (rest.first ?? 0) * 3 }
    let threshold = depths[OwnSilences.inQuestion + count]
    let excess = rest.prefix(count).reduce(0) { $0 + $1 - threshold }
    // Of those in question no more is known than that they are at least as deep.
    let scale = (excess + Double(OwnSilences.inQuestion) * (deepest - threshold)) / Double(count)
    let odds = Double(count + OwnSilences.inQuestion) / 0.02
    let shape = OwnSilences.tail + 2 / Double(count)
    return threshold + scale * (pow(odds, shape) - 1) / shape
  }

  private static let inQuestion = 3
  private static let tail = 0.05
}
