internal import Batches
internal import Files
internal import Questions
internal import SQLite

/// Runs of batches, with what is kept of each: the ids of its events, so that one is found by any of
/// them, how the main ones begin and end, and its limits, which are read without the events.
final class RunTables: DerivedTable {
  static let tables = [
    StoredTable(
      "run",
      [
        "batch": .row(of: "batch"), "last_batch": .row(of: "batch"),
        "first_event": .domain(.number), "events": .domain(.count), "id_bits": .domain(.bits),
        "first_ms": .domain(.time), "last_ms": .domain(.time),
      ]),
    StoredTable("identifier", [:]),
    StoredTable("id_edge", [:]),
    StoredTable("limited", ["run": .row(of: "batch")]),
    StoredTable(
      "id_guide",
      [
        "run": .row(of: "batch"), "last_run": .row(of: "batch"), "runs": .domain(.count),
        "id_bits": .domain(.bits), "mark_bits": .domain(.bits),
      ]),
    StoredTable("id_mark", [:]),
  ]

  private let connection: Connection
  private let writer: RunWriter
  /// Where the batches stand whose lines are being read again.
  private var replaced: ReplacedRuns?

  init(_ connection: Connection) throws {
    self.connection = connection
    writer = try RunWriter(connection)
  }

  func add(_ placed: PlacedBatch) throws {
    let rows = placed.batch.rows
    guard !rows.isEmpty else { return }
    try writer.add(
      Run(
        batch: placed.id, lastBatch: placed.id, firstEvent: placed.firstEvent,
        events: Int64(rows.count)),
      identifiers: placed.batch.identifiers,
      edges: EdgeList(rows, in: placed.batch),
      limits: PackedLimits(rows.compactMap { Limit($0, placed.words) }))
  }

  func remove(_ old: ReplacedBatches) throws {
    replaced = try ReplacedRuns(of: old, on: connection)
  }

  func add(_ placed: PlacedBatch, inPlaceOf old: ReplacedBatches) throws {
    guard let plan = placed.plan else { return }
    try replaced?.write(placed.batch, plan, with: writer, on: connection)
    replaced = nil
    guard let fresh = placed.fresh else { return }
    let identifiers = plan.identifiersOfFresh(in: placed.batch)
    try connection.prepare("UPDATE batch SET identifiers = ? WHERE id = ?").run(binding: [
      Int64(identifiers.count), fresh.batch,
    ])
    guard !plan.fresh.isEmpty else { return }
    try writer.add(
      Run(
        batch: fresh.batch, lastBatch: fresh.batch, firstEvent: fresh.number,
        events: Int64(plan.fresh.count)),
      identifiers: identifiers,
      edges: EdgeList(plan.fresh.lazy.map { placed.batch.rows[$0] }, in: placed.batch),
      limits: PackedLimits(plan.fresh.compactMap { Limit(placed.batch.rows[$0], placed.words) }))
  }

  func remove(_ events: PrunedEvents) throws {
    let runs = try Run.all(
      where: "last_batch >= ?1 AND batch <= ?2", events.batches.lowerBound,
      events.batches.upperBound, on: connection)
    for run in runs {
      let left = try IdentifierPages.list(of: run.batch, on: connection) {
        !events.numbers.contains(run.firstEvent + Int64($0.row))
      }
      try writer.replaceIdentifiers(of: run, with: left, areOfThese: true)
      try writer.replaceLimits(
        of: run, with: PackedLimits(try run.limitsOfEvents(on: connection)))
    }
  }

  func check(_ verification: inout Verification) throws {
    try verification.checkRuns(connection)
    try verification.checkIdentifiers(connection)
    try verification.checkEdges(connection)
    try verification.checkGuides(connection)
  }

  /// Runs that do not fit their batches go, and every batch without one begins one; limits are
  /// those of the events, where these are all there. Ids are seen to later.
  func repair(_ repair: inout Repair) throws {
    try repair.attempt("the runs of batches", on: connection) { repair in
      let strays = try removeStrays()
      try connection.execute("DELETE FROM run WHERE \(Run.isUnfit)")
      let unfit = connection.changes
      _ = try removeStrays()
      try connection.execute(
        """
        INSERT INTO run SELECT id, id, first_event, events, 0, NULL, NULL FROM batch
          WHERE events > 0 AND \(Run.isMissing)
        """)
      let made = max(unfit, connection.changes)
      if made > 0 { repair.done.append("\(made) runs of batches were made anew") }
      var changed = strays
      for run in try Run.all(on: connection) {
        let limits = PackedLimits(try run.limitsOfEvents(on: connection))
        if try run.keeps(limits, on: connection) || !run.hasAllEvents(on: connection) { continue }
        try writer.replaceLimits(of: run, with: limits)
        changed += 1
      }
      if changed > 0 {
        repair.done.append(
          "what is kept of limits was made anew from the events, in \(changed) places")
      }
      var remade = 0
      for run in try Run.all(on: connection) where try !EdgePages.areKept(of: run, on: connection) {
        try writer.remakeEdges(of: run)
        remade += 1
      }
      if remade > 0 {
        repair.done.append(
          "the beginnings and ends of ids were made anew from the events, in \(remade) places"
        )
      }
      let guides = try removeWrongGuides()
      while try writer.guides.grow() {}
      if guides > 0 {
        repair.done.append("what says which runs can have an id was made anew, in \(guides) places")
      }
    }
  }

  private func removeWrongGuides() throws -> Int {
    var last: Int64 = -1
    var removed = 0
    for guide in try Guide.all(on: connection) {
      if try guide.firstRun <= last || !guide.isSound(on: connection) {
        try Guide.remove(beginningWith: guide.firstRun, on: connection)
        removed += 1
      } else {
        last = guide.lastRun
      }
    }
    return removed
  }

  /// Takes away what belongs to no run, and returns how much of that were limits.
  private func removeStrays() throws -> Int {
    try connection.execute("DELETE FROM identifier WHERE \(IdentifierPages.isStray)")
    try connection.execute("DELETE FROM id_edge WHERE \(EdgePages.isStray)")
    try connection.execute("DELETE FROM id_mark WHERE \(Guide.isStray)")
    try connection.execute("DELETE FROM limited WHERE run NOT IN (SELECT batch FROM run)")
    return connection.changes
  }
}
