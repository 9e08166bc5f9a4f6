/// A day of the series, or a part of one that a lasting change of level cuts in two.
struct Piece {
  /// Indices of minutes.
  var minutes: Range<Int>
  /// How many changes of level are before it.
  var epoch: Int

  /// Days of 1440 minutes from the start of the series, cut at each step.
  ///
  /// - Parameter steps: indices of minutes in rising order, each inside the series.
  static func days(of count: Int, cutAt steps: [Int]) -> [Piece] {
    let edges = Set(stride(from: 0, to: count, by: 1440)).union(steps).sorted() + [count]
    return zip(edges, edges.dropFirst()).map { first, next in
      Piece(minutes: first..<next, epoch: steps.count { $0 <= first })
    }
  }

  /// Whether a level is learned from both alike: they are at most three days apart, with no change
  /// of level between them.
  func isNear(_ other: Piece) -> Bool {
    let distance =
      minutes.lowerBound + minutes.upperBound - other.minutes.lowerBound - other.minutes.upperBound
    return epoch == other.epoch && abs(distance) <= 7 * 1440
  }
}

extension [LocalHour] {
  /// The same hours, numbered by pieces and cut where these end.
  func cut(by pieces: [Piece]) -> [LocalHour] {
    var cut: [LocalHour] = []
    cut.reserveCapacity(count + pieces.count)
    var piece = 0
    for hour in self {
      var rest = hour
      while !rest.minutes.isEmpty {
        while pieces[piece].minutes.upperBound <= rest.minutes.lowerBound { piece += 1 }
        let end = Swift.min(rest.minutes.upperBound, pieces[piece].minutes.upperBound)
        var part = rest
        part.minutes = rest.minutes.lowerBound..<end
        part.piece = piece
        cut.append(part)
        rest.phase += part.minutes.count
        rest.minutes = end..<rest.minutes.upperBound
      }
    }
    return cut
  }
}
