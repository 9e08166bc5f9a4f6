internal import Batches
internal import Glibc
internal import Threads

// Reading what is new of a log, and storing it.
extension Importer {
  /// Stores new lines until the end of the log, until someone wants it to stop, or for so many
  /// batches. Returns whether there may be more.
  ///
  /// - Parameters:
  ///   - isAsked: whether a last line that is left for later counts as held back.
  ///   - isLast: whether a last line without its newline may be taken; nil for unless logs are
  ///     followed.
  @discardableResult
  func storeNewLines(
    of log: IdentifiedLog, isAsked: Bool = true, isLast: Bool? = nil, batches: Int = .max
  ) throws -> Bool {
    guard !log.isPrefix else {
      try keepRestarts(of: log)
      return false
    }
    let isNew = log.lines.offset == 0
    let outcome = readAndStore(
      log,
      by: LogImport(
        log, into: ledger, isLast: isLast ?? !options.isFollowing, most: batches,
        atOnce: options.atOnce))
    if let failure = outcome.failure {
      // The texts that stood in batches which were not stored are unknown to the ledger.
      for worker in workers { worker.reader.forget() }
      throw failure
    }
    if outcome.isHeldBack, isAsked, !options.isFollowing { summary.heldBack += 1 }
    if let source = outcome.source { log.became(source) }
    try keepRestarts(of: log)
    if let damage = outcome.damage { throw damage }
    if isNew, !options.isFollowing { try refuseIfNoLog(outcome) }
    return outcome.hasMore
  }

  /// What was noticed on the way through lines that are known went with no batch.
  private func keepRestarts(of log: IdentifiedLog) throws {
    guard let source = log.source, !log.isCopy else { return }
    let restarts = log.takeRestarts()
    if !restarts.isEmpty { try ledger.keep(restarts, of: source) }
  }

  /// Reads and stores batch after batch, with the help of other threads once there is a second
  /// batch.
  private func readAndStore(_ log: IdentifiedLog, by logImport: LogImport) -> LogImport.Outcome {
    let before = summary
    let own = worker(at: 0)
    var threads: [WorkThread] = []
    while logImport.take(own) {
      if own.isFollowed, threads.isEmpty { threads = startHelpers(on: logImport, log) }
      own.read()
      guard let stored = logImport.store(own) else { break }
      add(stored, to: before)
      summary.bytes = doneBytes + own.consumed
      if !progress(summary) { logImport.stop() }
    }
    for thread in threads { thread.join() }
    let outcome = logImport.outcome
    add(outcome.stored, to: before)
    summary.bytes = doneBytes + log.consumed
    return outcome
  }

  /// Puts the other workers to work as well, unless decompression takes the memory that they would.
  private func startHelpers(on logImport: LogImport, _ log: IdentifiedLog) -> [WorkThread] {
    if log.memory > 48 << 20 { return [] }
    return (1..<max(options.workers, 1)).compactMap { place in
      // Its thread's alone until that is joined.
      nonisolated(unsafe) let worker = self.worker(at: place)
      return WorkThread { logImport.work(worker) }
    }
  }

  /// The worker of that number, which is made when it is first needed.
  private func worker(at place: Int) -> Worker {
    if place == workers.count {
      workers.append(
        Worker(RecordReader(catalog: catalog, options: options.reading, ledger: ledger)))
    }
    return workers[place]
  }

  /// The summary as it was before a log, and what has been stored of that.
  private func add(_ stored: LogImport.Stored, to before: Summary) {
    summary.tally = before.tally
    summary.tally += stored.tally
    summary.sightings = before.sightings
    summary.sightings += stored.sightings
    if before.sightings.otherHosts == 0, stored.sightings.otherHosts > 0, !toldOfOtherHosts {
      toldOfOtherHosts = true
      onNotice(.otherHosts)
    }
  }

  /// Refuses a file in which nothing could be read, and hardly anything looked like JSON.
  private func refuseIfNoLog(_ outcome: LogImport.Outcome) throws {
    let tally = outcome.stored.tally
    guard tally.readable == 0,
      outcome.endsInBinary || outcome.stored.withoutJSON * 2 > tally.rejects
    else { return }
    throw InputError(
      "is no log that errata knows: nothing in it could be read",
      hint: .explainLine)
  }

  /// Whether bytes that no newline ends are a whole line all the same.
  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !options.isFollowing, bytes.count <= options.maxLine else { return false }
    return worker(at: 0).reader.isComplete(bytes)
  }
}
