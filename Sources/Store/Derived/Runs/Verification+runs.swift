internal import SQLite

// The runs of batches against the ledger, and what is kept of limits against the events.
extension Verification {
  mutating func checkRuns(_ connection: Connection) throws {
    try find(
      "SELECT batch, last_batch, 0 FROM run WHERE \(Run.isUnfit) ORDER BY batch", on: connection
    ) { first, last, _ in "the run of batches \(first) to \(last) is not that of its batches" }
    for batch in try batchesWithoutRun(connection) {
      problems.append("batch \(batch): it is in no run of batches")
    }
    try find(
      """
      SELECT 0, COUNT(*), 0 FROM limited l
        WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.batch = l.run) HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) packs of limits belong to no batch" }
    for run in try Run.all(on: connection) {
      let limits = PackedLimits(try run.limitsOfEvents(on: connection))
      if try run.keeps(limits, on: connection) { continue }
      problems.append(
        "\(run.batchesInWords): what is kept of 429s and plan limits is not what the events tell")
    }
  }

  func batchesWithoutRun(_ connection: Connection) throws -> [Int64] {
    let statement = try connection.prepare(
      "SELECT id FROM batch WHERE events > 0 AND \(Run.isMissing) ORDER BY id")
    var batches: [Int64] = []
    while try statement.step() { batches.append(statement.integer(0)) }
    return batches
  }
}

extension Run {
  var batchesInWords: String {
    batch == lastBatch ? "batch \(batch)" : "batches \(batch) to \(lastBatch)"
  }

  /// Of a row of `run`: it does not begin and end where its batches do, or shares some with another.
  static let isUnfit = """
    NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = run.batch AND b.first_event = run.first_event)
      OR NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = run.last_batch AND b.id >= run.batch
        AND b.first_event + b.events = run.first_event + run.events)
      OR EXISTS (SELECT 1 FROM run r WHERE r.batch > run.batch AND r.batch <= run.last_batch)
    """
  /// Of a row of `batch`: no run has it.
  static let isMissing = """
    COALESCE((SELECT r.last_batch < batch.id FROM run r WHERE r.batch <= batch.id
      ORDER BY r.batch DESC LIMIT 1), true)
    """

  /// Whether these limits are the ones that are kept.
  func keeps(_ limits: PackedLimits, on connection: Connection) throws -> Bool {
    let kept = try connection.prepare(
      """
      SELECT r.first_ms, r.last_ms, l.limits FROM run r LEFT JOIN limited l ON l.run = r.batch
        WHERE r.batch = ?
      """)
    kept.bind(batch, at: 1)
    guard try kept.step() else { return false }
    guard let times = limits.times else {
      return kept.isNull(0) && kept.isNull(1) && kept.isNull(2)
    }
    return !kept.isNull(0) && kept.integer(0) == times.lowerBound
      && kept.integer(1) == times.upperBound
      && limits.bytes.withUnsafeBytes { $0.elementsEqual(kept.blob(2)) }
  }
}
