internal import SQLite

// The ledger against itself.
extension Verification {
  /// The ranges of a source follow one another without gap or overlap, from its fork to its end.
  mutating func checkLedger(_ connection: Connection) throws {
    let ranges = try connection.prepare(
      """
      SELECT s.id, s.path, s.fork, s.consumed, b."offset", b.length, b.id FROM source s
        LEFT JOIN batch b ON b.source = s.id AND b.original IS NULL ORDER BY s.id, b."offset"
      """)
    var source: Int64 = -1
    var path = ""
    var end: Int64 = 0
    var consumed: Int64 = 0
    func finish(_ problems: inout [String]) {
      if source >= 0, end != consumed {
        problems.append("\(path): the ledger ends at byte \(end), the source at \(consumed)")
      }
    }
    while try ranges.step() {
      if ranges.integer(0) != source {
        finish(&problems)
        source = ranges.integer(0)
        path = ranges.text(1) ?? ""
        end = try ranges.integer(2, .bytes)
        consumed = try ranges.integer(3, .bytes)
      }
      if ranges.isNull(4) { continue }
      let start = try ranges.integer(4, .bytes)
      if start > end { problems.append("\(path): bytes \(end) to \(start) are in no batch") }
      if start < end { problems.append("\(path): bytes \(start) to \(end) are in two batches") }
      end = start + (try ranges.integer(5, .bytes))
    }
    finish(&problems)
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM batch b
        WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.id = b.source) HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) batches belong to no source" }
    try find(
      """
      SELECT b.id, b.original, 0 FROM batch b LEFT JOIN batch o ON o.id = b.original
        WHERE b.original IS NOT NULL AND (o.id IS NULL OR o.original IS NOT NULL
          OR o.source <> b.source OR o."offset" <> b."offset" OR o.length <> b.length
          OR b.rejects > 0)
      """, on: connection
    ) { batch, original, _ in "batch \(batch): it is not of the bytes of batch \(original)" }
  }
}
