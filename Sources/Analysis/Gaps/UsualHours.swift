/// How many responses one vendor usually has in an hour: the median of the same local hour of such
/// days, weekdays or weekends. Where a week before was quieter, that: who never works on Thursday
/// nights is not missed then. Of a single weekend no more is usual than it had, as of two such days no
/// more than the busier one.
package struct UsualHours: Sendable {
  /// Responses, for each hour of the series.
  package let usual: [Double]

  /// - Parameters:
  ///   - counts: responses in each hour from the vendor's first one on, without holes.
  ///   - cells: which local hour of which sort of day each hour is, 0 to 47.
  package init(_ counts: [Int], cells: [Int]) {
    var byCell = Array(repeating: [Int](), count: 48)
    for (count, cell) in zip(counts, cells) { byCell[cell].append(count) }
    let overall = median(counts)
    let medians = byCell.enumerated().map { cell, own in
      // Of the other sort of days, this hour.
      let others = byCell[(cell + 24) % 48].count
      return switch own.count {
      case 3...: median(own)
      case 2: min(overall, Double(own.max() ?? 0))
      default: others > 1 ? Double(own.max() ?? 0) : overall
      }
    }
    usual = zip(counts.indices, cells).map { hour, cell in
      let weekBefore = hour >= 168 ? Double(counts[hour - 168]) : .infinity
      return min(medians[cell], weekBefore)
    }
  }

  /// Whether any hour has a usual number of responses that is not zero: more than half of the hours, or
  /// of those of some cell, must have one. To know that of a vendor that hardly answers costs next to
  /// nothing.
  package static func areAny(_ counts: [Int], cells: [Int]) -> Bool {
    var hours = (0..<48).map { _ in 0 }
    var busy = hours
    for (count, cell) in zip(counts, cells) {
      hours[cell] += 1
      if count > 0 { busy[cell] += 1 }
    }
    let isBusy = busy.reduce(0, +) * 2 >= counts.count
    return isBusy || zip(hours, busy).contains { $0 > 0 && $1 * 2 >= $0 }
  }

  /// The runs of hours with less than half the usual responses, and more than 20 too few: where a
  /// gap may be.
  package func dents(in counts: [Int]) -> [Range<Int>] {
    var dents: [Range<Int>] = []
    for (hour, count) in counts.enumerated() where Double(count) < 0.5 * usual[hour] {
      if let last = dents.last, last.upperBound == hour {
        dents[dents.count - 1] = last.lowerBound..<hour + 1
      } else {
        dents.append(hour..<hour + 1)
      }
    }
    return dents.filter { $0.reduce(0.0) { $0 + usual[$1] - Double(counts[$1]) } > 20 }
  }
}

/// A silence where responses were to be expected.
package struct Silence: Sendable, Equatable {
  /// Indices of minutes.
  package var minutes: Range<Int>
  /// How many responses are usual in them.
  package var expected: Double
}

/// The silent stretches of one vendor's minutes in which more than 20 responses are usual: by chance
/// there is one in half a billion. Whose responses come in batches is silent between them, so what
/// is silent as deeply, to a third, more than twice besides within half a day is a habit, no gap.
///
/// - Parameters:
///   - counts: responses in each minute, without holes: those in question and half a day around.
///   - usual: how many are usual in each.
package func silences(in counts: [Int], usual: [Double], above limit: Double = 20) -> [Silence] {
  var runs: [Silence] = []
  var first = 0
  var missing = 0.0
  for (minute, (count, expected)) in zip(counts, usual).enumerated() {
    if count > 0 {
      if first < minute { runs.append(Silence(minutes: first..<minute, expected: missing)) }
      first = minute + 1
      missing = 0
    } else {
      missing += expected
    }
  }
  if first < counts.count {
    runs.append(Silence(minutes: first..<counts.count, expected: missing))
  }
  return runs.filter { gap in
    guard gap.expected > limit else { return false }
    let near = gap.minutes.lowerBound - 720..<gap.minutes.upperBound + 720
    let alike = runs.lazy.filter { $0.expected * 3 >= gap.expected && $0.minutes.overlaps(near) }
    return alike.prefix(4).count <= 3  // itself included
  }
}

private func median(_ counts: [Int]) -> Double {
  guard !counts.isEmpty else { return 0 }
  let sorted = counts.sorted()
  return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
