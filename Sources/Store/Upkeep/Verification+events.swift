internal import SQLite

// What is stored against the ledger.
extension Verification {
  /// Every batch has just the events and rejects it says, each inside its range.
  mutating func checkEvents(_ connection: Connection) throws {
    try find(
      """
      SELECT id, lines, events + successes + skipped + rejects + blank FROM batch
        WHERE lines > events + successes + skipped + rejects + blank
      """, on: connection
    ) { "batch \($0): \($1) lines were read, \($2) are accounted for" }
    try find(
      """
      SELECT b.id, b.events - b.pruned, COUNT(e.id) FROM batch b LEFT JOIN event e
        ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
        GROUP BY b.id HAVING COUNT(e.id) <> b.events - b.pruned
      """, on: connection
    ) { "batch \($0): \($1) events were stored, \($2) are there" }
    try find(
      """
      SELECT b.id, COUNT(*), 0 FROM event e JOIN batch b ON b.id = e.batch
        WHERE e."offset" < b."offset" OR e."offset" + e.length > b."offset" + b.length
        GROUP BY b.id
      """, on: connection
    ) { batch, count, _ in "batch \(batch): \(count) events stand outside its bytes" }
    try find(
      """
      SELECT b.id, b.rejects_kept, COUNT(r.id) FROM batch b LEFT JOIN reject r ON r.batch = b.id
        GROUP BY b.id HAVING COUNT(r.id) <> b.rejects_kept
      """, on: connection
    ) { "batch \($0): \($1) rejects were kept, \($2) are there" }
    try find(
      """
      SELECT b.id, COUNT(*), 0 FROM reject r JOIN batch b ON b.id = r.batch
        WHERE r."offset" < b."offset" OR r."offset" + r.length > b."offset" + b.length
        GROUP BY b.id
      """, on: connection
    ) { batch, count, _ in "batch \(batch): \(count) rejects stand outside its bytes" }
    try find(
      """
      SELECT b.id, b.rejects - b.rejects_kept, SUM(r.lines) FROM batch b
        JOIN reject_run r ON r.batch = b.id
        GROUP BY b.id HAVING SUM(r.lines) <> b.rejects - b.rejects_kept
          OR MIN(r."offset") < b."offset" OR MAX(r."offset" + r.length) > b."offset" + b.length
      """, on: connection
    ) { "batch \($0): \($1) rejects were not kept, the places of \($2) are there" }
  }

  /// The events of a batch are those that were stored, each with its number, time and place.
  mutating func checkDigests(_ connection: Connection) throws {
    var found: [Int64: Found] = [:]
    let events = try connection.prepare(
      """
      SELECT e.batch, e.id - b.first_event, e.time_ms, e."offset", e.length, e.part
        FROM event e JOIN batch b ON b.id = e.batch
      """)
    while try events.step() {
      found[events.integer(0), default: Found()].add(
        number: events.integer(1), time: events.isNull(2) ? nil : events.integer(2),
        offset: events.integer(3), length: events.integer(4), part: events.integer(5))
    }
    let batches = try connection.prepare(
      """
      SELECT id, events - pruned, digest, COALESCE(first_time_ms, \(Int64.max)),
        COALESCE(last_time_ms, -1) FROM batch ORDER BY id
      """)
    while try batches.step() {
      let events = found[batches.integer(0)] ?? Found()
      // What is missing or too much is said already.
      if events.count == batches.integer(1), !batches.isNull(2),
        events.digest.value != batches.integer(2)
      {
        problems.append(
          "batch \(batches.integer(0)): an event's time or place is not the one that was stored")
      } else if let first = events.first,
        first < batches.integer(3) || events.last > batches.integer(4)
      {
        problems.append("batch \(batches.integer(0)): it has events of other times than it says")
      }
    }
  }

  /// What there is of a batch.
  private struct Found {
    var count: Int64 = 0
    var digest = EventDigest()
    /// The earliest time; nil where none is known.
    var first: Int64?
    var last = Int64.min

    mutating func add(number: Int64, time: Int64?, offset: Int64, length: Int64, part: Int64) {
      count += 1
      digest.add(number: number, time: time, offset: offset, length: length, part: part)
      guard let time else { return }
      first = min(first ?? time, time)
      last = max(last, time)
    }
  }
}
