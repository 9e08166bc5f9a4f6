/// A day of the series, or a part of a day where a lasting change of level cuts it in two.
struct DayPart {
  /// Indices of minutes.
  var minutes: Range<Int>
  /// How many changes of level are before it.
  var epoch: Int

  /// Days of 1440 minutes from the start of the series, cut at each change of level.
  ///
  /// - Parameter changes: indices of minutes in rising order, each inside the series.
  static func days(of count: Int, cutAt changes: [Int]) -> [DayPart] {
    let edges = Set(stride(from: 0, to: count, by: 1440)).union(changes).sorted() + [count]
    return zip(edges, edges.dropFirst()).map { first, next in
      DayPart(minutes: first..<next, epoch: changes.count { $0 <= first })
    }
  }

  /// Whether a level is learned from both alike: they are at most three days apart, with no change
  /// of level between them.
  func isNear(_ other: DayPart) -> Bool {
    let distance =
      minutes.lowerBound + minutes.upperBound - other.minutes.lowerBound - other.minutes.upperBound
    return epoch == other.epoch && abs(distance) <= 7 * 1440
  }
}

extension [LocalHour] {
  /// The same hours, numbered by parts of days and cut where these end.
  func cut(by dayParts: [DayPart]) -> [LocalHour] {
    var cut: [LocalHour] = []
    cut.reserveCapacity(count + dayParts.count)
    var dayPart = 0
    for hour in self {
      var rest = hour
      while !rest.minutes.isEmpty {
        while dayParts[dayPart].minutes.upperBound <= rest.minutes.lowerBound { dayPart += 1 }
        let end = Swift.min(rest.minutes.upperBound, dayParts[dayPart].minutes.upperBound)
        var part = rest
        part.minutes = rest.minutes.lowerBound..<end
        part.dayPart = dayPart
        cut.append(part)
        rest.phase += part.minutes.count
        rest.minutes = end..<rest.minutes.upperBound
      }
    }
    return cut
  }
}
