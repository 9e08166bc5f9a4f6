internal import Batches
internal import Times

/// How finely traffic is counted: each has a table of counts by vendor, status, code and kind.
package enum Grain: CaseIterable, Comparable, Sendable {
  case quarter, hour, day

  /// Milliseconds.
  package var length: Int64 {
    switch self {
    case .quarter: 15 * Milliseconds.minute
    case .hour: Milliseconds.hour
    case .day: Milliseconds.day
    }
  }

  var table: String {
    switch self {
    case .quarter: "quarter"
    case .hour: "hour"
    case .day: "day"
    }
  }

  /// Fills its table, of a coarser grain, from the quarters of a condition.
  func sum(where condition: String) -> String {
    """
    INSERT INTO \(table) SELECT time_ms - time_ms % \(length), vendor, status, code, kind,
      SUM(responses) FROM quarter WHERE \(condition) GROUP BY 1, 2, 3, 4, 5
    """
  }
}

extension Batch {
  /// Its counts of traffic at a coarser grain, by the first quarter of each.
  func traffic(by grain: Grain) -> [TrafficKey: Int64] {
    let quarters = grain.length / Grain.quarter.length
    if quarters == 1 { return traffic }
    var sums: [TrafficKey: Int64] = [:]
    for (key, responses) in traffic {
      var key = key
      if let quarter = key.quarter { key.quarter = quarter - quarter % quarters }
      sums[key, default: 0] += responses
    }
    return sums
  }
}
