/// Which runs are due to be merged into one, so that a look-up has few runs to search however small
/// the batches were.
///
/// As in a log-structured merge tree with tiers (<https://doi.org/10.1007/s002360050048>), eight
/// runs of about the same size are merged, until a run is full. So an id is written anew a handful
/// of times at most, and a large batch, which is full from the start, never.
enum MergePlan {
  static let fan = 8
  /// Events from which on a run stays as it is.
  static let full: Int64 = 8192
  /// More runs that are not full cannot follow one another: seven of each size, and one in the
  /// making.
  static let mostOpen = 40

  /// Which places are due, given the events of the newest runs, the newest first; nil when none.
  static func due(newestFirst sizes: [Int64]) -> Range<Int>? {
    guard let newest = sizes.first else { return nil }
    if newest >= full {
      // It closes those before it, which can never fill up now.
      let open = sizes.dropFirst().prefix { $0 < full }
      return open.count > 1 ? open.startIndex..<open.endIndex : nil
    }
    let alike = sizes.prefix { $0 < full && tier(of: $0) <= tier(of: newest) }
    return alike.count >= fan ? 0..<alike.count : nil
  }

  /// 0 below 8 events, 1 below 64, and so on.
  private static func tier(of events: Int64) -> Int {
    (Int64.bitWidth - 1 - max(1, events).leadingZeroBitCount) / 3
  }
}
