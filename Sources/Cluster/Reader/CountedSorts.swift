internal import Batches
internal import Events

/// Which responses a minute counts as what, for servers: found out of what says it of single ones.
enum CountedSorts {
  /// Statuses beyond these count as the last of them does.
  private static let statuses: ClosedRange<Int64> = 0...999

  /// That a response is one of those that a count is of.
  static func condition(_ count: (MinuteCounts) -> Int64) -> String {
    let kinds = [nil] + Kind.allCases.map { Kind?.some($0) }
    // Kinds of which the same statuses are meant, together.
    var meant: [(statuses: String, kinds: [UInt8])] = []
    for kind in kinds {
      let words = statuses(of: kind, count)
      let number = kind?.rawValue ?? 0
      if let place = meant.firstIndex(where: { $0.statuses == words }) {
        meant[place].kinds.append(number)
      } else {
        meant.append((words, [number]))
      }
    }
    let parts = meant.filter { $0.statuses != "0" }.map { part in
      "kind IN (\(part.kinds.map { "\($0)" }.joined(separator: ", "))) AND (\(part.statuses))"
    }
    return parts.isEmpty ? "0" : "(\(parts.joined(separator: " OR ")))"
  }

  /// That a status is meant, where the kind is; 0 where none is, and 1 where all are.
  private static func statuses(of kind: Kind?, _ count: (MinuteCounts) -> Int64) -> String {
    var ranges: [ClosedRange<Int64>] = []
    for status in statuses where count(MinuteCounts(status: status, kind: kind)) > 0 {
      if let last = ranges.last, last.upperBound == status - 1 {
        ranges[ranges.count - 1] = last.lowerBound...status
      } else {
        ranges.append(status...status)
      }
    }
    if ranges == [statuses] { return "1" }
    let parts = ranges.map { range in
      if range.upperBound == statuses.upperBound { return "status >= \(range.lowerBound)" }
      if range.lowerBound == range.upperBound { return "status = \(range.lowerBound)" }
      return "status BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    }
    return parts.isEmpty ? "0" : parts.joined(separator: " OR ")
  }
}
