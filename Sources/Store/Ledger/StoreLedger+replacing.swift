package import Batches
internal import Files
internal import SQLite

// Writing anew what is stored of lines that were read again.
extension StoreLedger: ReplacingLedger {
  package func source(_ number: Int64) throws -> StoredSource? {
    var source: StoredSource?
    var wanted: Int64? = number
    // What it shares with another is that one's, up to where they part.
    var end = Int64.max
    while let id = wanted {
      let found = try sources(where: "b.original IS NULL AND b.source = ?", binding: id).first
      let shared = (found?.ranges ?? []).filter { $0.end <= end }
      if source == nil {
        guard let found else { return nil }
        source = StoredSource(id: found.id, path: found.path, head: found.head, ranges: [])
      }
      source?.ranges += shared
      let parent = try questions.prepare("SELECT parent, fork FROM source WHERE id = ?")
      parent.bind(id, at: 1)
      guard try parent.step() else { break }
      wanted = try parent.optional(0, .number)
      // It was there before.
      if let wanted, wanted >= id {
        throw parent.impossible("source \(id) branched from source \(wanted)")
      }
      end = min(end, try parent.integer(1, .bytes))
    }
    source?.ranges.sort { ($0.offset, $0.batch) < ($1.offset, $1.batch) }
    return source
  }

  package func replace(_ range: StoredRange, with batch: Batch) throws -> Replacement {
    try write {
      try addWords(of: batch)
      let old = try ReplacedBatches(of: range.batch, on: connection)
      if old.isPruned { return .pruned }
      let plan = ReplacementPlan(of: old, with: batch)
      for table in derived { try table.remove(old) }
      try old.remove(on: connection)
      let fresh = try makeRoom(for: batch, plan, in: old)
      try events.store(batch, placed: plan.numbers(of: fresh), words: words)
      try addRejects(of: batch, id: range.batch)
      try Successes(of: batch, words: words).write(of: range.batch, on: connection)
      try addHeaders(batch.headers, to: old.source)
      try settle(old, plan, fresh, batch)
      let placed = PlacedBatch(
        batch: batch, id: range.batch, firstEvent: 0, words: words, plan: plan, fresh: fresh)
      for table in derived { try table.add(placed, inPlaceOf: old) }
      return plan.outcome
    }
  }

  /// A row in the ledger for the events that have new numbers; nil where there is none. Where all
  /// have, the old rows have none any more.
  private func makeRoom(
    for batch: Batch, _ plan: ReplacementPlan, in old: ReplacedBatches
  ) throws -> (batch: Int64, number: Int64)? {
    let number = try nextEvent
    if plan.isMoved {
      for part in old.parts {
        try connection.prepare("UPDATE batch SET events = 0, identifiers = 0 WHERE id = ?").run(
          binding: [part.batch])
      }
    }
    // Of numbers that were given once it is remembered that they were, even if nothing has them.
    guard plan.isMoved || !plan.fresh.isEmpty else { return nil }
    var tally = Tally()
    tally.events = Int64(plan.fresh.count)
    let id = try addRow(
      of: batch, source: old.source, tally: tally, firstEvent: number, original: old.original)
    return (id, number)
  }

  /// Brings the ledger's rows up to date with what is stored of them now.
  private func settle(
    _ old: ReplacedBatches, _ plan: ReplacementPlan, _ new: (batch: Int64, number: Int64)?,
    _ batch: Batch
  ) throws {
    let lines = plan.lines(of: batch, new: new?.batch)
    let batches = old.parts.map(\.batch) + (new.map { [$0.batch] } ?? [])
    var others: Int64 = 0
    for id in batches.dropFirst() {
      let own = lines[id, default: 0]
      others += own
      try connection.prepare(
        "UPDATE batch SET lines = ?, successes = 0, skipped = 0, blank = 0 WHERE id = ?"
      ).run(binding: [own, id])
    }
    let tally = batch.tally
    try connection.prepare(
      """
      UPDATE batch SET lines = ?, successes = ?, skipped = ?, rejects = ?, blank = ?,
        rejects_kept = ? WHERE id = ?
      """
    ).run(binding: [
      tally.lines - others, tally.successes, tally.skipped, tally.rejects, tally.blank,
      Int64(batch.rejects.count), old.original,
    ])
    for id in batches { try settleEvents(of: id) }
  }

  /// What a row of the ledger says of its events' times and places.
  private func settleEvents(of batch: Int64) throws {
    let events = try connection.prepare(
      """
      SELECT e.id - b.first_event, e.time_ms, e."offset", e.length, e.part FROM batch b
        JOIN event e ON e.id >= b.first_event AND e.id < b.first_event + b.events
        WHERE b.id = ? AND e.batch = b.id
      """)
    events.bind(batch, at: 1)
    var digest = EventDigest()
    var undated: Int64 = 0
    var times: ClosedRange<Int64>?
    while try events.step() {
      let time = try events.optional(1, .time)
      digest.add(
        number: events.integer(0), time: time, offset: events.integer(2),
        length: events.integer(3), part: events.integer(4))
      guard let time else {
        undated += 1
        continue
      }
      times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
    }
    try connection.prepare(
      "UPDATE batch SET digest = ?, undated = ?, first_time_ms = ?, last_time_ms = ? WHERE id = ?"
    ).run(binding: [digest.value, undated, times?.lowerBound, times?.upperBound, batch])
  }
}
