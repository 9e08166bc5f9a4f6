package import Questions

// What was stored since it was asked last.
extension ClusterReader {
  /// A cluster's batches come from everywhere, so none has a number that says when it came. What stands
  /// for the last one is the second in which its row of the ledger came, and how many rows there are: it
  /// is another one whenever something was stored.
  package func newestBatch() throws -> Int64 {
    var newest: Int64 = 0
    try rows(
      TableQuestion(
        name: "the newest batch",
        columns: [.number("max(toUInt32(delivered))"), .number("count()")], table: "batch",
        deliveries: .unasked)
    ) { row in
      let seconds = max(0, row.integer(0) - ClusterReader.beginning)
      newest =
        min(seconds, 1 << 32) << ClusterReader.countBits
        | (row.integer(1) & ((1 << ClusterReader.countBits) - 1))
    }
    return newest
  }

  package func earliestTime(after batch: Int64) throws -> Int64? {
    var earliest: Int64?
    var conditions = ["earliest_ms IS NOT NULL"]
    if batch > 0 {
      let second = batch >> ClusterReader.countBits + ClusterReader.beginning
      conditions.append("toUInt32(delivered) >= \(max(0, second - ClusterReader.slack))")
    }
    try rows(
      TableQuestion(
        name: "the earliest time of what is new",
        columns: [.number("count()"), .number("min(earliest_ms)")], table: "batch",
        conditions: conditions)
    ) { row in
      if row.integer(0) > 0 { earliest = try row.integer(1, in: AnswerDomain.time) }
    }
    return earliest
  }

  /// The year 2020, in seconds.
  private static let beginning: Int64 = 1_577_836_800
  private static let countBits: Int64 = 10
  /// Seconds that servers' clocks may differ by, and a row may be on its way.
  private static let slack: Int64 = 60

  /// A cluster is read only: what is told is remembered by whoever tells it.
  package func checkedRule(_ rule: String, job: String) -> CheckedRule? { nil }
}
