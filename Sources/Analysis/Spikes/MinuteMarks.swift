/// Minutes of a series that are left out.
struct MinuteMarks: Equatable {
  /// Of each minute, whether it is; nothing at all where none is.
  let isOut: [Bool]
  /// Of each 64 minutes, whether one is: hardly any are, and what is known of the others need not be
  /// found anew.
  private let blocks: [Bool]

  init(_ ranges: [Range<Int>], of count: Int) {
    if ranges.isEmpty {
      (isOut, blocks) = ([], [])
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
  }

  /// Whether minutes near to these may be left out; if not, none of these is.
  func mayTouch(_ minutes: Range<Int>) -> Bool {
    if minutes.isEmpty || blocks.isEmpty { return false }
    return (minutes.lowerBound >> 6...(minutes.upperBound - 1) >> 6).contains { blocks[$0] }
  }

  static func == (one: MinuteMarks, other: MinuteMarks) -> Bool { one.isOut == other.isOut }
}
