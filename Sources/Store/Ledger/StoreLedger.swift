package import Batches
internal import Events
internal import Files
internal import SQLite
internal import Threads
internal import Times

/// The ledger kept in a store: batches go in whole, each in one transaction with its proof.
///
/// It has two connections: the one that writes belongs to whichever thread's turn it is to commit,
/// the one that reads to whoever asks.
package final class StoreLedger: Ledger {
  package let seed: UInt64
  package let redactionKey: UInt64
  let store: Store
  let writer: StoreWriter
  let connection: Connection
  let questions: Connection
  /// How the names of logs are written down, which may hold secrets too.
  package var stored: (_ path: String) -> String = { $0 }
  /// Vendors that always find room: those that profiles know or the user names.
  package var ownVendors: Set<[UInt8]> = []
  /// The vendors of a store that has no room for more.
  let roll = Lock<AdmittedVendors?>(nil)
  package var admittedVendors: AdmittedVendors? { roll.withLock { $0 } }
  /// Which texts of the store the words of the batch being stored are.
  var words = StoredWords()
  /// The newest source when a log was last looked up: one made since may be the same log's.
  var newestSource: Int64 = 0
  /// The texts stored last; nil until they are needed, and after a transaction that failed.
  var texts: StoredTexts?
  /// What is worth knowing about where the store stands; nil when all is as usual.
  package let notice: String?
  let events: any EventWriter
  /// What is derived from batches.
  let derived: [any DerivedTable]
  private let addMark: Statement
  private let addReject: Statement
  private let addRejectRun: Statement
  let addWord: [Statement]

  /// `onWait` is called when another writer takes long.
  package init(_ store: Store, onWait: @escaping () -> Void = {}) throws {
    self.store = store
    try store.makeFolder()
    writer = try StoreWriter(store, for: .importing, onWait: onWait)
    connection = writer.connection
    notice = try store.notice(connection)
    questions = try store.openForReading()
    (seed, redactionKey) = try writer.alone { [connection] in
      (try Setting.seed(connection), try Setting.redactionKey(connection))
    }
    events = try EventImage(connection) ?? PlainEventWriter(connection)
    derived = try Derived.tables(on: connection)
    addMark = try connection.prepare(
      "INSERT INTO mark(source, \"offset\", digest, lines, sum) VALUES(?, ?, ?, ?, ?)")
    addReject = try connection.prepare(
      "INSERT INTO reject(batch, \"offset\", length, reason, excerpt) VALUES(?, ?, ?, ?, ?)")
    addRejectRun = try connection.prepare("INSERT INTO reject_run VALUES(?, ?, ?, ?)")
    addWord = try Lexicon.allCases.map { [connection] lexicon in
      try connection.prepare("INSERT INTO \(lexicon.name)(text) VALUES(?)")
    }
  }

  /// Brings the file to rest: what is in the write-ahead log goes into the store proper.
  package func close() {
    writer.rest()
  }

  /// Keeps in mind that secrets have been stored as they are.
  package func noteUnredacted() throws {
    try writer.alone { try Setting.noteUnredacted(connection) }
  }

  package func commit(_ batch: Batch, to origin: Origin) throws -> Int64 {
    try write { try add(batch, to: origin) }
  }

  /// Does `work` in one transaction. Texts that it added are gone when it fails.
  func write<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try writer.write(work)
    } catch {
      texts = nil
      throw error
    }
  }

  private func add(_ batch: Batch, to origin: Origin) throws -> Int64 {
    let source = try claim(batch, origin)
    try addWords(of: batch)
    let id = try addContents(of: batch, source: source, tally: batch.tally)
    try addRejects(of: batch, id: id)
    for mark in batch.marks {
      addMark.bind(source, at: 1)
      addMark.bind(mark.offset, at: 2)
      mark.digest.withBytes { addMark.bind(blob: $0, at: 3) }
      mark.withLineBytes { addMark.bind(blob: $0, at: 4) }
      addMark.bind(ProofSum(mark).value, at: 5)
      try addMark.run()
    }
    try addHeaders(batch.headers, to: source)
    try addRestarts(batch.restarts, to: source)
    return source
  }

  /// Adds a batch to the ledger, with its events, ids, limits and counts. Returns its number.
  func addContents(
    of batch: Batch, source: Int64, tally: Tally, original: Int64? = nil
  ) throws -> Int64 {
    let firstEvent = try nextEvent
    let id = try addRow(
      of: batch, source: source, tally: tally, firstEvent: firstEvent, original: original)
    try events.store(batch, id: id, firstEvent: firstEvent, words: words)
    try Successes(of: batch, words: words).write(of: id, on: connection)
    let placed = PlacedBatch(batch: batch, id: id, firstEvent: firstEvent, words: words)
    for table in derived { try table.add(placed) }
    return id
  }

  /// The number that the next new event has.
  var nextEvent: Int64 {
    get throws {
      // Not above the newest event: that may have been pruned, and a number means one event for
      // ever.
      try connection.integer(
        "SELECT first_event + events FROM batch ORDER BY id DESC LIMIT 1", in: .number) ?? 1
    }
  }

  /// Moves the source's end from the batch's start to its end, if it still stands there.
  private func claim(_ batch: Batch, _ origin: Origin) throws -> Int64 {
    let end = batch.offset + batch.length
    switch origin {
    case .known(let source):
      let move = try connection.prepare(
        "UPDATE source SET consumed = ? WHERE id = ? AND consumed = ?")
      try move.run(binding: [end, source, batch.offset])
      guard connection.changes == 1 else { throw LostRace() }
      if let place = batch.place { try record(place, of: source) }
      return source
    case .new(let head, let firstLine, let parent, let fork, let path):
      try refuseTwin(head, firstLine)
      let insert = try connection.prepare(
        """
        INSERT INTO source(path, head_length, head_digest, first_line, parent, fork, consumed, sum)
          VALUES(?, ?, ?, ?, ?, ?, ?, ?)
        """)
      insert.bind(stored(path), at: 1)
      insert.bind(head.offset, at: 2)
      head.digest.withBytes { insert.bind(blob: $0, at: 3) }
      firstLine?.withBytes { insert.bind(blob: $0, at: 4) }
      insert.bind(parent, at: 5)
      insert.bind(fork, at: 6)
      insert.bind(end, at: 7)
      insert.bind(
        ProofSum(head: head, firstLine: firstLine, parent: parent, fork: fork).value, at: 8)
      try insert.run()
      let source = try connection.insertedRow()
      if let place = batch.place { try record(place, of: source) }
      return source
    }
  }

  /// A source made since this one was looked up, and beginning alike, may be the same log.
  private func refuseTwin(_ head: ContentMark, _ firstLine: Digest?) throws {
    let twin = try connection.prepare(
      """
      SELECT 1 FROM source WHERE id > ?1
        AND (first_line = ?2 OR (head_length = ?3 AND head_digest = ?4)) LIMIT 1
      """)
    twin.bind(newestSource, at: 1)
    firstLine?.withBytes { twin.bind(blob: $0, at: 2) }
    twin.bind(head.offset, at: 3)
    head.digest.withBytes { twin.bind(blob: $0, at: 4) }
    if try twin.step() { throw LostRace() }
  }

  func addRow(
    of batch: Batch, source: Int64, tally: Tally, firstEvent: Int64, original: Int64?
  ) throws -> Int64 {
    let insert = try connection.prepare(
      """
      INSERT INTO batch(source, "offset", length, lines, events, successes, skipped, rejects, blank,
        undated, rejects_kept, first_event, first_time_ms, last_time_ms, committed_ms, original,
        pruned, identifiers, digest)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
      """)
    let times = batch.times
    try insert.run(binding: [
      source, batch.offset, batch.length, tally.lines, tally.events, tally.successes, tally.skipped,
      tally.rejects, tally.blank, tally.undated, min(Int64(batch.rejects.count), tally.rejects),
      firstEvent, times?.lowerBound, times?.upperBound, WallClock.now, original,
      Int64(batch.identifiers.count), EventDigest(batch.rows).value,
    ])
    return try connection.insertedRow()
  }

  func addRejects(of batch: Batch, id: Int64) throws {
    for reject in batch.rejects {
      addReject.bind(id, at: 1)
      addReject.bind(reject.offset, at: 2)
      addReject.bind(reject.length, at: 3)
      addReject.bind(reject.reason, at: 4)
      addReject.bind(reject.excerpt, at: 5)
      try addReject.run()
    }
    for run in batch.rejectRuns {
      try addRejectRun.run(binding: [id, run.offset, run.length, run.lines])
    }
  }
}
