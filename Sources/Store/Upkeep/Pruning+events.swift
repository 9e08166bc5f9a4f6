internal import Batches
internal import Files
internal import SQLite

// Taking old events out of a store, with all that tells of them.
extension Pruning {
  /// About so many events go in one transaction.
  private static let share: Int64 = 25_000

  mutating func removeEvents(_ writer: StoreWriter, number: Int64) throws {
    let connection = writer.connection
    let derived = try Derived.tables(on: connection)
    for batches in try oldBatches(connection) {
      events += try writer.write {
        try removeEvents(connection, of: batches, derived, number: number)
      }
    }
  }

  /// The batches that have old events, a transaction's together.
  private func oldBatches(_ connection: Connection) throws -> [ClosedRange<Int64>] {
    let old = try connection.prepare(
      "SELECT b.id, b.events, b.pruned FROM batch b WHERE \(Pruning.hasOldEvents) ORDER BY b.id")
    old.bind(before, at: 1)
    var ranges: [ClosedRange<Int64>] = []
    var count = Pruning.share
    while try old.step() {
      let batch = try old.integer(0, .number)
      if count >= Pruning.share {
        ranges.append(batch...batch)
        count = 0
      } else if let first = ranges.last?.lowerBound {
        ranges[ranges.count - 1] = first...batch
      }
      count += try old.integer(1, .count) - old.integer(2, .count)
    }
    return ranges
  }

  /// What goes of a batch.
  private struct Part {
    var events: Int64 = 0
    var digest = EventDigest()
  }

  /// Takes the old events of some batches away, with what is derived from them and their share of the
  /// digests.
  private func removeEvents(
    _ connection: Connection, of batches: ClosedRange<Int64>, _ derived: [any DerivedTable],
    number: Int64
  ) throws -> Int64 {
    let isOldOfThem = """
      FROM batch b JOIN event e
        ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
        WHERE b.id >= ?2 AND b.id <= ?3 AND \(Pruning.hasOldEvents) AND \(isOld)
      """
    let events = try connection.prepare(
      """
      SELECT b.id, e.id - b.first_event, e.time_ms, e."offset", e.length, e.part, e.id
        \(isOldOfThem)
      """)
    events.bind(before, at: 1)
    events.bind(batches.lowerBound, at: 2)
    events.bind(batches.upperBound, at: 3)
    var parts: [Int64: Part] = [:]
    var gone: Set<Int64> = []
    while try events.step() {
      gone.insert(try events.integer(6, .number))
      parts[events.integer(0), default: Part()].events += 1
      parts[events.integer(0), default: Part()].digest.add(
        number: events.integer(1), time: events.isNull(2) ? nil : events.integer(2),
        offset: events.integer(3), length: events.integer(4), part: events.integer(5))
    }
    guard !gone.isEmpty else { return 0 }
    try connection.prepare("DELETE FROM event WHERE id IN (SELECT e.id \(isOldOfThem))").run(
      binding: [before, batches.lowerBound, batches.upperBound])
    let update = try connection.prepare(
      "UPDATE batch SET pruned = pruned + ?, digest = ? WHERE id = ?")
    for (batch, part) in parts {
      let digest = try connection.integer("SELECT digest FROM batch WHERE id = ?", batch) ?? 0
      try update.run(binding: [
        part.events, EventDigest(digest).removing(part.digest).value, batch,
      ])
    }
    let pruned = PrunedEvents(batches: batches, numbers: gone)
    for table in derived { try table.remove(pruned) }
    let count = Int64(gone.count)
    try connection.prepare("UPDATE pruning SET events = events + ? WHERE id = ?").run(binding: [
      count, number,
    ])
    return count
  }
}
