package import Events
internal import Glibc
internal import SQLite

/// The ledger kept in a store: batches go in whole, each in one transaction with its proof.
///
/// It has two connections: the one that writes belongs to whichever thread commits, the one that
/// reads to whoever asks.
package final class StoreLedger: Ledger {
  package let seed: UInt64
  package let redactionKey: UInt64
  let store: Store
  let lock: WriteLock
  let connection: Connection
  let questions: Connection
  /// How the names of logs are written down, which may hold secrets too.
  package var stored: (_ path: String) -> String = { $0 }
  let rows = EventRows()
  /// The newest source when a log was last looked up: one made since may be the same log's.
  var newestSource: Int64 = 0
  /// Where the write-ahead log is cut back, in bytes.
  private var longestLog = StoreLedger.longLog
  private static let longLog: Int64 = 32 << 20
  private let copyRows: Statement
  private let addIdentifiers: Statement
  private let addMark: Statement
  private let addReject: Statement
  private let addMinute: Statement
  private let addTraffic: [Statement]
  private let addUndated: Statement
  private let addWord: [Statement]

  /// `onWait` is called when another writer takes long.
  package init(_ store: Store, onWait: @escaping () -> Void = {}) throws {
    self.store = store
    try store.makeFolder()
    lock = try WriteLock(store: store.path)
    lock.onWait = onWait
    connection = try store.openForWriting(lock)
    questions = try store.openForReading()
    guard let seed = try connection.integer("SELECT value FROM setting WHERE name = 'id_seed'")
    else {
      throw StoreError("the store \(store.path) is incomplete", hint: "run errata verify")
    }
    self.seed = UInt64(bitPattern: seed)
    redactionKey = try lock.hold { [connection] in try Setting.redactionKey(connection) }
    try connection.register(rows)
    copyRows = try connection.prepare("INSERT INTO event SELECT * FROM batch_rows")
    addIdentifiers = try connection.prepare("INSERT INTO identifier VALUES(?, ?, ?, ?)")
    addMark = try connection.prepare("INSERT INTO mark VALUES(?, ?, ?, ?)")
    addReject = try connection.prepare(
      "INSERT INTO reject(batch, \"offset\", length, reason, excerpt) VALUES(?, ?, ?, ?, ?)")
    addMinute = try connection.prepare(
      """
      INSERT INTO minute VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        successes = successes + excluded.successes, errors = errors + excluded.errors,
        rate_limited = rate_limited + excluded.rate_limited,
        plan_limited = plan_limited + excluded.plan_limited,
        server_errors = server_errors + excluded.server_errors
      """)
    let add = "ON CONFLICT DO UPDATE SET responses = responses + excluded.responses"
    addTraffic = try Grain.allCases.map { [connection] grain in
      try connection.prepare("INSERT INTO \(grain.table) VALUES(?, ?, ?, ?, ?, ?) \(add)")
    }
    addUndated = try connection.prepare("INSERT INTO undated VALUES(?, ?, ?, ?, ?) \(add)")
    addWord = try Lexicon.allCases.map { [connection] lexicon in
      try connection.prepare("INSERT INTO \(lexicon.name)(text) VALUES(?)")
    }
  }

  /// Brings the file to rest: what is in the write-ahead log goes into the store proper.
  package func close() {
    _ = try? lock.hold { try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  /// Keeps in mind that secrets have been stored as they are.
  package func noteUnredacted() throws {
    do {
      try lock.hold { try Setting.noteUnredacted(connection) }
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path)
    }
  }

  package func commit(_ batch: Batch, to origin: Origin) throws -> Int64 {
    do {
      return try lock.hold {
        let source = try connection.transaction { try add(batch, to: origin) }
        cutLog()
        return source
      }
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path)
    }
  }

  /// Readers that overlap all the time keep SQLite from ever beginning its log anew: when it has grown
  /// long, those of the moment are waited for. With one that takes long, the log may grow further.
  private func cutLog() {
    var status = stat()
    guard stat(store.path + "-wal", &status) == 0, Int64(status.st_size) > longestLog else {
      return
    }
    let isHeld = (try? connection.integer("PRAGMA wal_checkpoint(RESTART)")) != 0
    longestLog = isHeld ? Int64(status.st_size) + StoreLedger.longLog / 2 : StoreLedger.longLog
  }

  private func add(_ batch: Batch, to origin: Origin) throws -> Int64 {
    let source = try claim(batch, origin)
    try addWords(of: batch)
    let firstEvent = (try connection.integer("SELECT MAX(id) FROM event") ?? 0) + 1
    let id = try addBatch(batch, source: source, firstEvent: firstEvent)
    try rows.read(batch, id: id, firstEvent: firstEvent) { try copyRows.run() }
    try IdentifierPages.write(batch, id: id, with: addIdentifiers)
    try addRejects(of: batch, id: id)
    try addCounts(of: batch)
    for mark in batch.marks {
      addMark.bind(source, at: 1)
      addMark.bind(mark.offset, at: 2)
      mark.digest.withBytes { addMark.bind(blob: $0, at: 3) }
      mark.withLineBytes { addMark.bind(blob: $0, at: 4) }
      try addMark.run()
    }
    return source
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
        INSERT INTO source(path, head_length, head_digest, first_line, parent, fork, consumed)
          VALUES(?, ?, ?, ?, ?, ?, ?)
        """)
      insert.bind(stored(path), at: 1)
      insert.bind(head.offset, at: 2)
      head.digest.withBytes { insert.bind(blob: $0, at: 3) }
      firstLine?.withBytes { insert.bind(blob: $0, at: 4) }
      insert.bind(parent, at: 5)
      insert.bind(fork, at: 6)
      insert.bind(end, at: 7)
      try insert.run()
      let source = connection.lastInsertedRow
      if let place = batch.place { try record(place, of: source) }
      return source
    }
  }

  /// A source made since this one was looked up, and beginning alike, may be the same log.
  private func refuseTwin(_ head: Mark, _ firstLine: Digest?) throws {
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

  private func addWords(of batch: Batch) throws {
    for lexicon in Lexicon.allCases {
      if batch.forgotten[lexicon.rawValue] { rows.words.forget(lexicon) }
      let insert = addWord[lexicon.rawValue]
      for word in batch.words[lexicon.rawValue] {
        word.withUnsafeBufferPointer { insert.bind(text: $0, at: 1) }
        try insert.run()
        rows.words.append(connection.lastInsertedRow, to: lexicon)
      }
    }
  }

  private func addBatch(_ batch: Batch, source: Int64, firstEvent: Int64) throws -> Int64 {
    let insert = try connection.prepare(
      """
      INSERT INTO batch(source, "offset", length, lines, events, successes, skipped, rejects, blank,
        undated, rejects_kept, first_event, first_time_ms, last_time_ms, committed_ms)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let tally = batch.tally
    let times = batch.rows.lazy.compactMap(\.time)
    try insert.run(binding: [
      source, batch.offset, batch.length, tally.lines, tally.events, tally.successes, tally.skipped,
      tally.rejects, tally.blank, tally.undated, Int64(batch.rejects.count), firstEvent,
      times.min(), times.max(), now(),
    ])
    return connection.lastInsertedRow
  }

  private func addRejects(of batch: Batch, id: Int64) throws {
    for reject in batch.rejects {
      addReject.bind(id, at: 1)
      addReject.bind(reject.offset, at: 2)
      addReject.bind(reject.length, at: 3)
      addReject.bind(reject.reason, at: 4)
      addReject.bind(reject.excerpt, at: 5)
      try addReject.run()
    }
  }

  private func addCounts(of batch: Batch) throws {
    for (key, counts) in batch.minutes {
      try addMinute.run(binding: [
        key.minute * Milliseconds.minute, rows.words.id(of: key.vendor, in: .vendor),
        counts.successes, counts.errors, counts.rateLimited, counts.planLimited,
        counts.serverErrors,
      ])
    }
    for (grain, insert) in zip(Grain.allCases, addTraffic) {
      for (key, responses) in batch.traffic(by: grain) {
        let values: [Int64?] = [
          rows.words.id(of: key.vendor, in: .vendor), Int64(key.status),
          rows.words.id(of: key.code, in: .code), Int64(key.kind?.rawValue ?? 0), responses,
        ]
        if let quarter = key.quarter {
          try insert.run(binding: [quarter * Grain.quarter.length] + values)
        } else if grain == .quarter {
          try addUndated.run(binding: values)
        }
      }
    }
  }

  /// Milliseconds since the epoch.
  func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension Batch {
  /// Its counts of traffic at a coarser grain, by the first quarter of each.
  fileprivate func traffic(by grain: Grain) -> [TrafficKey: Int64] {
    let quarters = grain.length / Grain.quarter.length
    if quarters == 1 { return traffic }
    var sums: [TrafficKey: Int64] = [:]
    for (key, responses) in traffic {
      var key = key
      if let quarter = key.quarter { key.quarter = quarter - quarter % quarters }
      sums[key, default: 0] += responses
    }
    return sums
  }
}
