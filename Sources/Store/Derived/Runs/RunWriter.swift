internal import Batches
internal import Files
internal import Questions
internal import SQLite

/// What writes runs, in the transaction of what they are of.
final class RunWriter {
  private let connection: Connection
  private let add: Statement
  private let addPage: Statement
  private let addLimits: Statement
  private let addEdges: Statement
  private let newest: Statement
  let guides: GuideWriter

  init(_ connection: Connection) throws {
    self.connection = connection
    add = try connection.prepare("INSERT INTO run VALUES(?, ?, ?, ?, ?, ?, ?)")
    addPage = try connection.prepare(IdentifierPages.add)
    addLimits = try connection.prepare("INSERT INTO limited VALUES(?, ?)")
    addEdges = try connection.prepare(EdgePages.add)
    newest = try connection.prepare(
      "SELECT batch, last_batch, first_event, events FROM run ORDER BY batch DESC LIMIT ?")
    guides = try GuideWriter(connection)
  }

  /// Adds a run with its sorted ids, their edges and its limits, and merges the newest ones where they
  /// have become many; those that stay as they are get a guide then.
  func add(
    _ run: Run, identifiers: IdentifierList, edges: EdgeList, limits: PackedLimits
  ) throws {
    try write(run, identifiers: identifiers, edges: edges, limits: limits)
    try mergeNewest()
    try guides.grow()
  }

  /// Writes a run that is not there. Its ids are sorted.
  private func write(
    _ run: Run, identifiers: IdentifierList, edges: EdgeList, limits: PackedLimits
  ) throws {
    try add.run(binding: [
      run.batch, run.lastBatch, run.firstEvent, run.events,
      Int64(IdentifierPages.bits(for: identifiers.count)), limits.times?.lowerBound,
      limits.times?.upperBound,
    ])
    try IdentifierPages.write(identifiers, of: run.batch, with: addPage)
    try EdgePages(run)?.write(edges, with: addEdges)
    try write(limits, of: run.batch)
  }

  /// Takes runs away.
  func remove(_ runs: [Run]) throws {
    for run in runs {
      try Guide.remove(of: run.batch, on: connection)
      try IdentifierPages.remove(of: run.batch, on: connection)
      try EdgePages.remove(of: run.batch, on: connection)
      try connection.prepare("DELETE FROM limited WHERE run = ?").run(binding: [run.batch])
      try connection.prepare("DELETE FROM run WHERE batch = ?").run(binding: [run.batch])
    }
  }

  /// Writes a run's ids, which are sorted, in place of those that are there, how many each of its
  /// batches has, and the edges of those that its events have as text. Where there may be others than
  /// before, its guide goes, and comes again with batches to come.
  func replaceIdentifiers(
    of run: Run, with identifiers: IdentifierList, areOfThese: Bool = false
  ) throws {
    if !areOfThese { try Guide.remove(of: run.batch, on: connection) }
    try IdentifierPages.remove(of: run.batch, on: connection)
    try IdentifierPages.write(identifiers, of: run.batch, with: addPage)
    try connection.prepare("UPDATE run SET id_bits = ? WHERE batch = ?").run(binding: [
      Int64(IdentifierPages.bits(for: identifiers.count)), run.batch,
    ])
    let parts = try RunParts(of: run, on: connection)
    let update = try connection.prepare("UPDATE batch SET identifiers = ? WHERE id = ?")
    for (part, count) in zip(parts.parts, parts.counts(of: identifiers) ?? [])
    where part.identifiers != count {
      try update.run(binding: [count, part.batch])
    }
    try remakeEdges(of: run)
  }

  /// Writes the edges of the ids that a run's events have in place of those that are there.
  func remakeEdges(of run: Run) throws {
    try EdgePages.remove(of: run.batch, on: connection)
    try EdgePages(run)?.write(try EdgeList(of: run, on: connection), with: addEdges)
  }

  /// Writes a run's limits in place of those that are there.
  func replaceLimits(of run: Run, with limits: PackedLimits) throws {
    try connection.prepare("DELETE FROM limited WHERE run = ?").run(binding: [run.batch])
    try write(limits, of: run.batch)
    try connection.prepare("UPDATE run SET first_ms = ?, last_ms = ? WHERE batch = ?").run(
      binding: [limits.times?.lowerBound, limits.times?.upperBound, run.batch])
  }

  private func write(_ limits: PackedLimits, of run: Int64) throws {
    guard limits.times != nil else { return }
    addLimits.bind(run, at: 1)
    limits.bytes.withUnsafeBytes { addLimits.bind(blob: $0, at: 2) }
    try addLimits.run()
  }

  /// Merges what is due among the newest runs. More than these are never looked at: what is older
  /// is full, or was closed by one that is.
  private func mergeNewest() throws {
    while true {
      newest.bind(Int64(MergePlan.mostOpen), at: 1)
      var runs: [Run] = []
      while try newest.step() { runs.append(try Run(newest)) }
      newest.reset()
      guard let due = MergePlan.due(newestFirst: runs.map(\.events)) else { return }
      try merge(runs[due].reversed())
    }
  }

  /// Makes one run of several that follow one another.
  func merge(_ runs: [Run]) throws {
    guard let first = runs.first, let last = runs.last, runs.count > 1 else { return }
    let merged = Run(
      batch: first.batch, lastBatch: last.lastBatch, firstEvent: first.firstEvent,
      events: last.eventNumbers.upperBound - first.firstEvent)
    var identifiers = IdentifierList()
    var edges = EdgeList()
    var limits: [Limit] = []
    for run in runs {
      let shift = UInt32(truncatingIfNeeded: run.firstEvent - first.firstEvent)
      try IdentifierPages.read(of: run.batch, on: connection) {
        identifiers.append(Identifier(hash: $0.hash, row: $0.row &+ shift))
      }
      try EdgePages(run)?.read(on: connection, shift: shift, into: &edges)
      try run.readLimits(on: connection) { limits.append($0) }
    }
    identifiers.sort()
    edges.sort()
    try remove(runs)
    try write(merged, identifiers: identifiers, edges: edges, limits: PackedLimits(limits))
  }
}

extension Run {
  /// Hands over its limits as they are kept.
  func readLimits(on connection: Connection, _ body: (Limit) -> Void) throws {
    let packed = try connection.prepare(
      "SELECT r.first_ms, l.limits FROM run r JOIN limited l ON l.run = r.batch WHERE r.batch = ?")
    packed.bind(batch, at: 1)
    while try packed.step() {
      guard PackedLimits.read(packed.blob(1), from: try packed.integer(0, .time), body) else {
        throw packed.impossible("the 429s and plan limits of run \(batch) are damaged")
      }
    }
  }
}
