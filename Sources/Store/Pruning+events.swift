internal import Batches
internal import Files
internal import SQLite

// Taking old events out of a store, with all that tells of them.
extension Pruning {
  mutating func removeEvents(_ writer: StoreWriter, number: Int64) throws {
    let connection = writer.connection
    let runs = try RunWriter(connection)
    var batches: [Int64] = []
    let old = try connection.prepare(
      "SELECT b.id FROM batch b WHERE \(Pruning.hasOldEvents) ORDER BY b.id")
    old.bind(before, at: 1)
    while try old.step() { batches.append(try old.integer(0, .number)) }
    var last: Int64 = 0
    for batch in batches where batch > last {
      events += try writer.write {
        // Looked up here, as an import may merge runs in between.
        guard let run = try Run.of(batch: batch, on: connection) else { return 0 }
        last = run.lastBatch
        return try removeEvents(connection, of: run, with: runs, number: number)
      }
    }
  }

  /// What goes of a batch.
  private struct Share {
    var events: Int64 = 0
    var digest = EventDigest()
  }

  /// Takes a run's old events away, with their ids, their limits and their share of the digests.
  private func removeEvents(
    _ connection: Connection, of run: Run, with runs: RunWriter, number: Int64
  ) throws -> Int64 {
    let isOldOfRun = """
      FROM batch b JOIN event e
        ON e.id >= b.first_event AND e.id < b.first_event + b.events AND e.batch = b.id
        WHERE b.id >= ?2 AND b.id <= ?3 AND \(Pruning.hasOldEvents) AND \(isOld)
      """
    let events = try connection.prepare(
      """
      SELECT b.id, e.id - b.first_event, e.time_ms, e."offset", e.length, e.part,
        e.id - \(run.firstEvent) \(isOldOfRun)
      """)
    events.bind(before, at: 1)
    events.bind(run.batch, at: 2)
    events.bind(run.lastBatch, at: 3)
    var shares: [Int64: Share] = [:]
    var gone: Set<UInt32> = []
    while try events.step() {
      gone.insert(UInt32(truncatingIfNeeded: events.integer(6)))
      shares[events.integer(0), default: Share()].events += 1
      shares[events.integer(0), default: Share()].digest.add(
        number: events.integer(1), time: events.isNull(2) ? nil : events.integer(2),
        offset: events.integer(3), length: events.integer(4), part: events.integer(5))
    }
    guard !gone.isEmpty else { return 0 }
    try connection.prepare("DELETE FROM event WHERE id IN (SELECT e.id \(isOldOfRun))").run(
      binding: [before, run.batch, run.lastBatch])
    try runs.replaceIdentifiers(
      of: run,
      with: try IdentifierPages.list(of: run.batch, on: connection) { !gone.contains($0.row) })
    var limits: [Limit] = []
    try run.readLimits(on: connection) {
      if $0.time >= before || !share.contains($0.vendor) { limits.append($0) }
    }
    try runs.replaceLimits(of: run, with: PackedLimits(limits))
    let update = try connection.prepare(
      "UPDATE batch SET pruned = pruned + ?, digest = ? WHERE id = ?")
    for (batch, share) in shares {
      let digest = try connection.integer("SELECT digest FROM batch WHERE id = ?", batch)
      try update.run(binding: [
        share.events, digest.map { EventDigest($0).removing(share.digest).value }, batch,
      ])
    }
    let count = Int64(gone.count)
    try connection.prepare("UPDATE pruning SET events = events + ? WHERE id = ?").run(binding: [
      count, number,
    ])
    return count
  }
}
