/// Half an hour of a series, without the minutes left out.
struct Block {
  /// How many minutes it has at most.
  static let length = 30

  var errors = 0.0
  var minutes = 0.0
  /// How many errors the baseline expects.
  var usual = 0.0
  /// The same at the mean level, whatever the levels of its days are.
  var flat = 0.0
}

extension Baseline {
  /// The counts and what is expected of them by blocks, from the start of the series.
  func blocks(of counts: [Int32], leavingOut out: [Bool]) -> [Block] {
    let length = Block.length
    var blocks = Array(repeating: Block(), count: (counts.count + length - 1) / length)
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        out.withUnsafeBufferPointer { out in
          for (piece, level) in zip(pieces, levels) {
            var first = piece.minutes.lowerBound
            while first < piece.minutes.upperBound {
              let place = first / length
              let end = min((place + 1) * length, piece.minutes.upperBound)
              var block = Block()
              for minute in first..<end where !out[minute] {
                block.errors += Double(counts[minute])
                block.usual += expected[minute]
                block.minutes += 1
              }
              blocks[place].errors += block.errors
              blocks[place].usual += block.usual
              blocks[place].flat += block.usual / level
              blocks[place].minutes += block.minutes
              first = end
            }
          }
        }
      }
    }
    return blocks
  }
}
