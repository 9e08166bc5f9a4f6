internal import Batches
internal import Files
internal import SQLite

/// What is stored of a range of lines: its batch, and the batches that hold what was found in the
/// same bytes later.
struct ReplacedBatches {
  struct Part {
    var batch: Int64
    /// The numbers of its events.
    var numbers: Range<Int64>
  }

  /// Where an event stands.
  struct Place: Hashable {
    var offset: Int64
    var part: Int64
  }

  let original: Int64
  let source: Int64
  /// The batch of the range first.
  private(set) var parts: [Part] = []
  /// The number and the batch of each event.
  private(set) var events: [Place: (number: Int64, batch: Int64)] = [:]
  /// What they counted.
  private(set) var errors: [Responses] = []
  private(set) var successes: [Successes] = []
  /// Whether some of what they had was pruned: then they stay as they are.
  let isPruned: Bool

  init(of original: Int64, on connection: Connection) throws {
    self.original = original
    source = try connection.integer("SELECT source FROM batch WHERE id = ?", original) ?? 0
    let batches = try connection.prepare(
      """
      SELECT id, first_event, events, pruned, first_time_ms,
        rejects > 0 AND rejects_kept = 0
        FROM batch WHERE id = ?1 OR original = ?1 ORDER BY original IS NOT NULL, id
      """)
    batches.bind(original, at: 1)
    // Counts are pruned by whole quarters of an hour.
    let pruned =
      try connection.integer("SELECT MAX(before_ms) FROM pruning WHERE counts = 1") ?? .min
    var isPruned = false
    while try batches.step() {
      let batch = try batches.integer(0, .number)
      let first = try batches.integer(1, .number)
      parts.append(Part(batch: batch, numbers: first..<first + (try batches.integer(2, .count))))
      let successes = try Successes(ofBatch: batch, on: connection)
      self.successes.append(successes)
      let times = [try batches.optional(4, .time), successes.start].compactMap(\.self)
      if batches.integer(3) > 0 || batches.integer(5) > 0 || times.contains(where: { $0 < pruned })
      {
        isPruned = true
      }
    }
    self.isPruned = isPruned
    let stored = try connection.prepare(
      """
      SELECT id, "offset", part FROM event WHERE id >= ?1 AND id < ?2 AND batch = ?3
      """)
    for part in parts {
      stored.bind(part.numbers.lowerBound, at: 1)
      stored.bind(part.numbers.upperBound, at: 2)
      stored.bind(part.batch, at: 3)
      while try stored.step() {
        events[Place(offset: stored.integer(1), part: stored.integer(2))] =
          (try stored.integer(0, .number), part.batch)
      }
      stored.reset()
      try Responses.ofEvents(part.numbers, of: part.batch, on: connection) { errors.append($0) }
    }
  }

  /// Takes away all that is stored of them but their rows in the ledger.
  func remove(on connection: Connection) throws {
    for part in parts {
      try connection.prepare("DELETE FROM event WHERE id >= ? AND id < ? AND batch = ?").run(
        binding: [part.numbers.lowerBound, part.numbers.upperBound, part.batch])
      for table in ["reject", "reject_run", "success"] {
        try connection.prepare("DELETE FROM \(table) WHERE batch = ?").run(binding: [part.batch])
      }
    }
  }
}
