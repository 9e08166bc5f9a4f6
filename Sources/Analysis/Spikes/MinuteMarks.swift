/// Minutes of a series that are left out.
struct MinuteMarks: Equatable {
  /// Of each minute, whether it is; nothing at all where none is.
  let isOut: [Bool]
  /// Of each 64 minutes, whether one is: hardly any are, and what is known of the others need not be
  /// found anew.
  private let blocks: [Bool]
  /// The minutes as ranges that do not touch, in rising order.
  private let ranges: [Range<Int>]

  init(_ ranges: [Range<Int>], of count: Int) {
    if ranges.isEmpty {
      (isOut, blocks, self.ranges) = ([], [], [])
      return
    }
    var isOut = Array(repeating: false, count: count)
    var blocks = Array(repeating: false, count: count >> 6 + 1)
    for range in ranges {
      for minute in range {
        isOut[minute] = true
        blocks[minute >> 6] = true
      }
    }
    self.isOut = isOut
    self.blocks = blocks
    self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      if next.isEmpty { return }
      if let last = joined.last, next.lowerBound <= last.upperBound {
        joined[joined.count - 1] =
          last.lowerBound..<max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
    }
  }

  /// Whether minutes near to these may be left out; if not, none of these is.
  func mayTouch(_ minutes: Range<Int>) -> Bool {
    if minutes.isEmpty || blocks.isEmpty { return false }
    return (minutes.lowerBound >> 6...(minutes.upperBound - 1) >> 6).contains { blocks[$0] }
  }

  static func == (one: MinuteMarks, other: MinuteMarks) -> Bool { one.ranges == other.ranges }
}
