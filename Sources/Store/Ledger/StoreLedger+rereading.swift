package import Batches
internal import Files
internal import SQLite

// What is needed to read logs again, and what comes of it.
extension StoreLedger: RereadingLedger {
  package func rejectedSources() throws -> [StoredSource] {
    // Where rejects were pruned, none are kept: those lines stay what they are.
    try sources(
      where: "b.rejects > 0 AND (b.rejects_kept > 0) AND b.original IS NULL", binding: nil)
  }

  package func sources(ofBatches batches: [Int64]) throws -> [StoredSource] {
    var sources: [Int64: StoredSource] = [:]
    for batch in batches {
      for source in try self.sources(where: "b.id = ?", binding: batch) {
        sources[
          source.id,
          default: StoredSource(
            id: source.id, path: source.path, head: source.head, ranges: [])
        ].ranges += source.ranges
      }
    }
    return sources.values.sorted { $0.id < $1.id }.map { source in
      var source = source
      source.ranges.sort { ($0.offset, $0.batch) < ($1.offset, $1.batch) }
      return source
    }
  }

  /// A batch whose end has no proof cannot be read again and is left out.
  func sources(where condition: String, binding value: Int64?) throws -> [StoredSource] {
    let statement = try questions.prepare(
      """
      SELECT s.id, s.path, s.head_length, s.head_digest, b.id, b."offset", b.length, m.digest,
        b.rejects
        FROM batch b JOIN source s ON s.id = b.source
        JOIN mark m ON m.source = b.source AND m."offset" = b."offset" + b.length
        WHERE \(condition) ORDER BY s.id, b."offset"
      """)
    if let value { statement.bind(value, at: 1) }
    var sources: [StoredSource] = []
    while try statement.step() {
      guard let head = Digest(statement.blob(3)), let proof = Digest(statement.blob(7)) else {
        continue
      }
      if sources.last?.id != statement.integer(0) {
        sources.append(
          StoredSource(
            id: statement.integer(0), path: statement.text(1) ?? "",
            head: ContentMark(offset: try statement.integer(2, .bytes), digest: head), ranges: []))
      }
      sources[sources.count - 1].ranges.append(
        StoredRange(
          batch: try statement.integer(4, .number), offset: try statement.integer(5, .bytes),
          length: try statement.integer(6, .bytes), proof: proof,
          rejects: try statement.integer(8, .count)))
    }
    return sources
  }

  package func rejects(of batch: Int64) throws -> [RejectRun] {
    let statement = try questions.prepare(
      """
      SELECT "offset", length, 1 FROM reject WHERE batch = ?1
        UNION ALL SELECT "offset", length, lines FROM reject_run WHERE batch = ?1 ORDER BY 1
      """)
    statement.bind(batch, at: 1)
    var runs: [RejectRun] = []
    while try statement.step() {
      runs.append(
        RejectRun(
          offset: try statement.integer(0, .bytes), length: try statement.integer(1, .bytes),
          lines: try statement.integer(2, .count)))
    }
    return runs
  }

  package func events(of batch: Int64) throws -> [StoredEvent] {
    let statement = try questions.prepare(
      """
      SELECT e.id - b.first_event, e."offset", e.part FROM batch b
        JOIN event e ON e.id >= b.first_event AND e.id < b.first_event + b.events
        WHERE b.id = ? AND e.batch = b.id ORDER BY e.id
      """)
    statement.bind(batch, at: 1)
    var events: [StoredEvent] = []
    while try statement.step() {
      events.append(
        StoredEvent(
          number: UInt32(truncatingIfNeeded: statement.integer(0)),
          offset: try statement.integer(1, .bytes),
          part: Int32(truncatingIfNeeded: statement.integer(2))))
    }
    return events
  }

  package func move(_ batch: Batch, from range: StoredRange) throws {
    try write {
      try addWords(of: batch)
      var tally = batch.tally
      let moved = tally.lines - tally.rejects
      guard moved > 0 else { return }
      try connection.prepare(
        """
        UPDATE batch SET lines = lines - ?1, rejects = rejects - ?1, rejects_kept = ?2
          WHERE id = ?3 AND rejects = ?4
        """
      ).run(binding: [moved, Int64(batch.rejects.count), range.batch, range.rejects])
      guard connection.changes == 1 else { throw LostRace() }
      for table in ["reject", "reject_run"] {
        try connection.prepare("DELETE FROM \(table) WHERE batch = ?").run(binding: [range.batch])
      }
      try addRejects(of: batch, id: range.batch)
      let source = try connection.integer("SELECT source FROM batch WHERE id = ?", range.batch)
      tally.lines = moved
      tally.rejects = 0
      _ = try addContents(
        of: batch, source: source ?? 0, tally: tally, original: range.batch)
    }
  }

  package func replaceIdentifiers(of batch: Int64, with identifiers: IdentifierList) throws {
    try writer.write {
      guard let run = try Run.of(batch: batch, on: connection),
        let part = try RunParts(of: run, on: connection).parts.first(where: { $0.batch == batch })
      else { return }
      var all = try IdentifierPages.list(of: run.batch, on: connection) {
        !part.places.contains(Int64($0.row))
      }
      for place in 0..<identifiers.count {
        let identifier = identifiers[place]
        all.append(
          Identifier(
            hash: identifier.hash,
            row: identifier.row &+ UInt32(truncatingIfNeeded: part.places.lowerBound)))
      }
      all.sort()
      try RunWriter(connection).replaceIdentifiers(of: run, with: all)
    }
  }
}
