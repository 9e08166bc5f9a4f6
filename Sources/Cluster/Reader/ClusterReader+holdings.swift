internal import Files
package import Questions
package import Times

extension ClusterReader {
  package func holdings() throws -> Holdings {
    var holdings = Holdings()
    // A row of the ledger may have been sent twice.
    try rows(
      TableQuestion(
        name: "holdings",
        columns: [.number("sum(e)"), .number("sum(r)"), .optionalNumber("max(committed)")],
        table: """
          (SELECT any(event_rows) AS e, any(rejects) AS r, any(committed_ms) AS committed FROM batch
            WHERE \(counts()) GROUP BY edge, batch)
          """, deliveries: .unasked)
    ) { row in
      holdings.events = try row.integer(0, in: AnswerDomain.count)
      holdings.rejects = try row.integer(1, in: AnswerDomain.count)
      let last = try row.optional(2, in: AnswerDomain.moment)
      holdings.lastStored = last == 0 ? nil : last
    }
    return holdings
  }

  package func extent() throws -> TimeRange? {
    var ledger: ClosedRange<Int64>?
    try rows(
      TableQuestion(
        name: "extent",
        columns: [.number("count()"), .number("min(earliest_ms)"), .number("max(latest_ms)")],
        table: "batch", conditions: ["earliest_ms IS NOT NULL", "latest_ms IS NOT NULL"])
    ) { row in
      guard row.integer(0) > 0 else { return }
      let first = try row.integer(1, in: AnswerDomain.time)
      ledger = first...max(first, try row.integer(2, in: AnswerDomain.time))
    }
    guard let ledger else { return nil }
    let first = ledger.lowerBound.rounded(downTo: Milliseconds.minute)
    // The ledger knows of successes to the minute, and of what they said of quotas more exactly.
    let last = ledger.upperBound.rounded(downTo: Milliseconds.minute)
    let end = TimeRange(since: last, until: .max)
    var latest = last
    try rows(
      TableQuestion(
        name: "extent", columns: [.number("count()"), .number("max(ifNull(time_ms, 0))")],
        table: "event", conditions: [end.holdsEvent],
        deliveries: .during(end))
    ) { row in
      if row.integer(0) > 0 { latest = max(latest, try row.integer(1, in: AnswerDomain.time)) }
    }
    return TimeRange(since: first, until: latest + 1)
  }

  /// That a row of any table is of a delivery that counts.
  func counts(_ deliveries: Deliveries = .all) -> String {
    deliveries.condition(in: address.database) ?? "1"
  }
}
