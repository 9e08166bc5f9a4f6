package import Questions

extension StoreReader {
  package func holdings() throws -> Holdings {
    var holdings = Holdings()
    try rows(
      "SELECT SUM(events - pruned), SUM(rejects), MAX(committed_ms) FROM batch"
    ) { row in
      holdings.events = try row.optional(0, .total) ?? 0
      holdings.rejects = try row.optional(1, .total) ?? 0
      holdings.lastStored = try row.optional(2, .moment)
    }
    return holdings
  }
}
