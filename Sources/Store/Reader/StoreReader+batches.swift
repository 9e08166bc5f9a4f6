internal import Batches
internal import Events
internal import Files
package import Questions
internal import SQLite
internal import Times

// What a store has, batch by batch, for whoever keeps it elsewhere as well.
extension StoreReader: BatchSource {
  package func batches(after number: Int64, limit: Int) throws -> [StoredBatch] {
    try reading {
      let statement = try connection.prepare(
        "\(BatchQuestion.ledger) WHERE b.id > ?1 ORDER BY b.id LIMIT ?2")
      statement.bind(number, at: 1)
      statement.bind(Int64(limit), at: 2)
      var batches: [StoredBatch] = []
      while try statement.step() { batches.append(try StoredBatch(statement)) }
      return batches
    }
  }

  package func contents(of number: Int64, to sink: any BatchSink) throws -> StoredBatch? {
    try reading {
      try connection.execute("BEGIN")
      defer { try? connection.execute("COMMIT") }
      let ledger = try connection.prepare("\(BatchQuestion.ledger) WHERE b.id = ?1")
      ledger.bind(number, at: 1)
      guard try ledger.step() else { return nil }
      if try connection.wordsVersion != wordsVersion { throw StaleTexts() }
      let batch = try StoredBatch(ledger)
      try handOverEvents(of: batch, to: sink)
      try handOverSuccesses(of: number, to: sink)
      try handOverIdentifiers(of: batch, to: sink)
      try handOverQuotas(of: number, to: sink)
      try handOverRejects(of: number, to: sink)
      try checkTexts()
      return batch
    }
  }

  package func gaps() throws -> [StoredGap] {
    var gaps: [StoredGap] = []
    try rows(
      """
      SELECT g.place, g."offset", g.size, g.noticed_ms,
        (SELECT MAX(b.last_time_ms) FROM batch b WHERE b.source = g.source) FROM gap g
        ORDER BY g.noticed_ms, g.place, g."offset"
      """
    ) { row in
      gaps.append(
        StoredGap(
          path: row.text(0) ?? "", offset: try row.integer(1, .bytes),
          size: try row.optional(2, .bytes), noticed: try row.integer(3, .moment),
          after: try row.optional(4, .time)))
    }
    return gaps
  }

  private func handOverEvents(of batch: StoredBatch, to sink: any BatchSink) throws {
    let events = try connection.prepare(BatchQuestion.events)
    events.bind(batch.firstEvent, at: 1)
    events.bind(batch.firstEvent.addingClamped(batch.tally.events), at: 2)
    events.bind(batch.number, at: 3)
    while try events.step() { try sink.add(try BatchEvent(events)) }
  }

  private func handOverSuccesses(of batch: Int64, to sink: any BatchSink) throws {
    let successes = try Successes(ofBatch: batch, on: connection)
    for minute in successes.minutes {
      try sink.add(
        BatchSuccesses(
          .minute, start: minute.minute * Milliseconds.minute,
          vendor: text(minute.vendor, in: .vendor), gateway: text(minute.gateway, in: .gateway),
          status: 0, count: minute.count))
    }
    for sort in successes.traffic {
      try sink.add(
        BatchSuccesses(
          sort.time == nil ? .undated : .quarter, start: sort.time ?? 0,
          vendor: text(sort.vendor, in: .vendor), gateway: text(sort.gateway, in: .gateway),
          status: sort.status, count: sort.count))
    }
  }

  /// Ids are kept by runs of batches: of each, those of its own events.
  private func handOverIdentifiers(of batch: StoredBatch, to sink: any BatchSink) throws {
    guard batch.tally.events > batch.pruned,
      let run = try Run.of(batch: batch.number, on: connection)
    else { return }
    let (start, isTooFar) = batch.firstEvent.subtractingReportingOverflow(run.firstEvent)
    guard !isTooFar, start >= 0 else { throw damage(of: "ids") }
    let own = start..<start.addingClamped(batch.tally.events)
    var failure: (any Error)?
    try IdentifierPages.read(of: run.batch, on: connection) { identifier in
      guard failure == nil, own.contains(Int64(identifier.row)) else { return }
      do {
        try sink.add(
          identifier: identifier.hash, of: run.firstEvent + Int64(identifier.row))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func handOverQuotas(of batch: Int64, to sink: any BatchSink) throws {
    let quotas = try connection.prepare(
      """
      SELECT vendor, gateway, consumer, name, time_ms, "limit", remaining, reset_ms FROM quota
        WHERE batch = ? ORDER BY vendor, gateway, consumer, name, time_ms
      """)
    quotas.bind(batch, at: 1)
    while try quotas.step() {
      try sink.add(
        BatchQuota(
          vendor: text(quotas.integer(0), in: .vendor),
          gateway: text(quotas.integer(1), in: .gateway),
          consumer: text(quotas.integer(2), in: .consumer), name: quotas.text(3) ?? "",
          sighting: QuotaSightings.Sighting(
            time: try quotas.integer(4, .time), limit: try quotas.optional(5, .amount),
            remaining: try quotas.integer(6, .amount), reset: try quotas.optional(7, .amount))))
    }
  }

  private func handOverRejects(of batch: Int64, to sink: any BatchSink) throws {
    let rejects = try connection.prepare(
      "SELECT \"offset\", length, reason, excerpt FROM reject WHERE batch = ? ORDER BY \"offset\", id"
    )
    rejects.bind(batch, at: 1)
    while try rejects.step() {
      try sink.add(
        Reject(
          offset: try rejects.integer(0, .bytes), length: try rejects.integer(1, .bytes),
          reason: rejects.text(2) ?? "", excerpt: rejects.text(3) ?? ""))
    }
  }
}

private enum BatchQuestion {
  static let ledger = """
    SELECT b.id, b.source, s.path, b."offset", b.length, b.lines, b.events, b.successes, b.skipped,
      b.rejects, b.blank, b.undated, b.first_event, b.first_time_ms, b.last_time_ms, b.committed_ms,
      b.original, b.pruned, b.digest
      FROM batch b JOIN source s ON s.id = b.source
    """

  /// Texts come from the cache of a reader.
  static let events = """
    SELECT e.id, e.time_ms, \(word(.vendor)), \(word(.gateway)), e.status, \(word(.code)), e.kind,
      \(word(.message)), e.request_id, \(word(.method)), \(word(.route)), e.path, \(word(.consumer)),
      e.latency_us, e.retry_after_ms, e.upstream_status, e.answered_by, \(word(.details)),
      e."offset", e.length, e.part
      FROM event e WHERE e.id >= ?1 AND e.id < ?2 AND e.batch = ?3 ORDER BY e.id
    """

  private static func word(_ lexicon: Lexicon) -> String {
    "word(\(lexicon.rawValue), e.\(lexicon.name))"
  }
}

extension StoredBatch {
  fileprivate init(_ row: Statement) throws {
    self.init()
    number = try row.integer(0, .number)
    source = try row.integer(1, .number)
    path = row.text(2) ?? ""
    offset = try row.integer(3, .bytes)
    length = try row.integer(4, .bytes)
    tally.lines = try row.integer(5, .count)
    tally.events = try row.integer(6, .count)
    tally.successes = try row.integer(7, .count)
    tally.skipped = try row.integer(8, .count)
    tally.rejects = try row.integer(9, .count)
    tally.blank = try row.integer(10, .count)
    tally.undated = try row.integer(11, .count)
    firstEvent = try row.integer(12, .number)
    if let first = try row.optional(13, .time), let last = try row.optional(14, .time),
      first <= last
    {
      times = first...last
    }
    committed = try row.integer(15, .moment)
    original = try row.integer(16, .number)
    pruned = try row.integer(17, .count)
    digest = row.integer(18)
  }
}

extension BatchEvent {
  fileprivate init(_ row: Statement) throws {
    self.init()
    number = try row.integer(0, .number)
    time = try row.optional(1, .time)
    vendor = row.bytes(2)
    gateway = row.bytes(3)
    status = try row.integer(4, .status)
    code = row.bytes(5)
    kind = try row.kind(6) ?? .unknown
    message = row.bytes(7)
    requestID = row.bytes(8)
    method = row.bytes(9)
    route = row.bytes(10)
    path = row.bytes(11)
    consumer = row.bytes(12)
    latency = try row.optional(13, .amount)
    retryAfter = try row.optional(14, .amount)
    upstreamStatus = try row.integer(15, .status)
    answeredBy = try row.answeredBy(16)
    details = row.bytes(17)
    offset = try row.integer(18, .bytes)
    length = try row.integer(19, .bytes)
    part = try row.integer(20, .count)
  }
}
