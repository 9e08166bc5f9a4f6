package import Batches
internal import Files
internal import SQLite
package import Times

/// What a response said of a quota. Texts are told by their rows in the store; 0 stands for none.
package struct StoredQuota {
  package var vendor: Int64
  package var gateway: Int64
  package var consumer: Int64
  /// Empty where its headers have no name for it.
  package var name: String
  package var sighting: QuotaSightings.Sighting
}

extension StoreReader {
  /// Hands over what is known of quotas in a range, in no order.
  package func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    try reading {
      let statement = try connection.prepare(StoreReader.quotasOfRange)
      statement.bind(range.since, at: 1)
      statement.bind(range.until, at: 2)
      while try statement.step() {
        guard isMeant(gateway: statement.integer(7)) else { continue }
        try body(
          StoredQuota(
            vendor: statement.integer(0), gateway: statement.integer(7),
            consumer: statement.integer(1),
            name: statement.text(2) ?? "",
            sighting: QuotaSightings.Sighting(
              time: statement.integer(3, .time), limit: statement.optional(4, .amount),
              remaining: statement.integer(5, .amount), reset: statement.optional(6, .amount))))
      }
    }
  }

  /// Batches know the times of their errors alone: successes around them may be a little later.
  private static let quotasOfRange = """
    SELECT q.vendor, q.consumer, q.name, q.time_ms, q."limit", q.remaining, q.reset_ms, q.gateway
      FROM batch b CROSS JOIN quota q ON q.batch = b.id
      WHERE (b.last_time_ms IS NULL OR b.last_time_ms >= ?1 - \(Milliseconds.day))
        AND q.time_ms >= ?1 AND q.time_ms < ?2
    """
}
