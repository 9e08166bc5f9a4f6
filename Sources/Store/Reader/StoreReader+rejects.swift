package import Batches
internal import Files
package import Questions

extension StoreReader {
  /// Rejects by log and reason, in that order.
  package func rejectCounts() throws -> [RejectCount] {
    var counts: [RejectCount] = []
    try rows(
      """
      SELECT s.path, r.reason, COUNT(*) FROM reject r JOIN batch b ON b.id = r.batch
        JOIN source s ON s.id = b.source GROUP BY 1, 2
      UNION ALL
      SELECT s.path, NULL, SUM(b.rejects - b.rejects_kept) FROM batch b
        JOIN source s ON s.id = b.source WHERE b.rejects > b.rejects_kept GROUP BY 1
      ORDER BY 1, 2 NULLS LAST
      """
    ) { row in
      counts.append(
        try RejectCount(
          path: row.text(0) ?? "", reason: row.text(1), rejects: row.integer(2, .total)))
    }
    return counts
  }

  /// Hands over the rejects that are kept one by one, in the order of their places, until `body`
  /// has enough of them and returns false.
  package func eachReject(_ body: (String, Reject) -> Bool) throws {
    struct Enough: Error {}
    do {
      try rows(
        """
        SELECT s.path, r."offset", r.length, r.reason, r.excerpt
          FROM source s JOIN batch b ON b.source = s.id JOIN reject r ON r.batch = b.id
          ORDER BY s.path, s.id, r."offset"
        """
      ) { row in
        let reject = Reject(
          offset: try row.integer(1, .bytes), length: try row.integer(2, .bytes),
          reason: row.text(3) ?? "",
          excerpt: row.text(4) ?? "")
        guard body(row.text(0) ?? "", reject) else { throw Enough() }
      }
    } catch is Enough {
      return
    }
  }
}
