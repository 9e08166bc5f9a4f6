internal import Batches
internal import Files
package import Questions
internal import SQLite
package import Times

extension StoreReader {
  package func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    try rows(StoreReader.quotasOfRange, during: range) { row in
      try body(
        StoredQuota(
          vendor: row.integer(1), gateway: row.integer(2), consumer: row.integer(3),
          name: row.text(4) ?? "",
          sighting: QuotaSightings.Sighting(
            time: row.integer(0, .time), limit: row.optional(5, .amount),
            remaining: row.integer(6, .amount), reset: row.optional(7, .amount))))
    }
  }

  /// Batches know the times of their errors alone: successes around them may be a little later.
  private static let quotasOfRange = """
    SELECT q.time_ms, q.vendor, q.gateway, q.consumer, q.name, q."limit", q.remaining, q.reset_ms
      FROM batch b CROSS JOIN quota q ON q.batch = b.id
      WHERE (b.last_time_ms IS NULL OR b.last_time_ms >= ?1 - \(Milliseconds.day))
        AND q.time_ms >= ?1 AND q.time_ms < ?2
    """
}
