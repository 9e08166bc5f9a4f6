internal import Files
package import Questions
package import Times

extension StoreReader {
  /// What may be missing from a range: of logs that were lost sight of after it began, and read no
  /// further than to its end.
  package func missingParts(of range: TimeRange) throws -> [MissingPart] {
    var parts: [MissingPart] = []
    try rows(
      """
      SELECT path, "offset", after_ms FROM (
        SELECT g.place AS path, g."offset", g.noticed_ms,
          (SELECT MAX(b.last_time_ms) FROM batch b WHERE b.source = g.source) AS after_ms FROM gap g)
        WHERE noticed_ms >= :since AND COALESCE(after_ms, :since) < :until ORDER BY after_ms, path
      """, ["since": .integer(range.since), "until": .integer(range.until)]
    ) { row in
      parts.append(
        try MissingPart(
          path: row.text(0) ?? "", offset: row.integer(1, .bytes), after: row.optional(2, .time)))
    }
    return parts
  }
}
