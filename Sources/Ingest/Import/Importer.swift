package import Batches
internal import Glibc
package import Profiles

/// Brings inputs into a ledger: only what is new of them, each batch whole or not at all.
package final class Importer {
  package struct Options: Sendable {
    package var reading = RecordReader.Options()
    /// Longer lines are rejected.
    package var maxLine = 1 << 20
    /// Whether logs are read as they grow: then a last line without its newline is never taken.
    package var isFollowing = false
    /// A descriptor that becomes readable when someone wants it to stop; -1 for none.
    package var stop: Int32 = -1
    /// How many threads are at work on a log that is long enough: more than there are cores would
    /// keep whoever stores from it.
    package var atOnce = max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
    /// How many threads there are. Storing, which one does at a time, is a third of the work: more
    /// than three would wait, and cost memory.
    package var workers = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 ? 3 : 1

    package init() {}
  }

  /// What an import has come to, so far or altogether.
  package struct Summary: Sendable {
    package var tally = Tally()
    package var sightings = Sightings()
    /// Lines and records that were there before.
    package var knownLines: Int64 = 0
    package var known: Int64 = 0
    /// Last lines without a newline that wait for their rest.
    package var heldBack: Int64 = 0
    /// Read from disk, compressed where they are.
    package var bytes: Int64 = 0
    /// Whether what is read right now is but compared with what is stored.
    package var isPassingOver = false
    package var failures: [(path: String, error: InputError)] = []
    /// What is missing, as far as it was noticed.
    package var gaps: [Gap] = []

    package init() {}

    /// All lines seen.
    package var lines: Int64 { tally.lines + knownLines + heldBack }
  }

  let ledger: any Ledger
  private let catalog: Catalog
  let options: Options
  /// The first is this thread's own, the others its helpers'.
  private var workers: [Worker] = []
  /// Called now and then; returns false to stop.
  let progress: (Summary) -> Bool
  /// Told what is worth a line at once.
  package var onNotice: (Notice) -> Void = { _ in }
  package internal(set) var summary = Summary()
  /// Bytes of the inputs that are done.
  private(set) var doneBytes: Int64 = 0
  /// Closes files that need not be open; false where there are none.
  var makeRoom: () -> Bool = { false }
  private var toldOfOtherHosts = false
  /// What is still to be imported.
  var queue: ArraySlice<Input> = []
  /// Sources that are no longer where they were, and not found elsewhere yet.
  var displaced: [Lineage] = []

  package init(
    ledger: any Ledger, catalog: Catalog, options: Options,
    progress: @escaping (Summary) -> Bool
  ) {
    self.ledger = ledger
    self.options = options
    self.progress = progress
    self.catalog = catalog
    workers = [makeWorker()]
  }

  private func makeWorker() -> Worker {
    Worker(RecordReader(catalog: catalog, options: options.reading, ledger: ledger))
  }

  /// Imports inputs one after the other. Damaged or unreadable ones are noted in the summary;
  /// an error of the store ends everything.
  package func run(_ inputs: [Input]) throws {
    queue = inputs[...]
    while !queue.isEmpty {
      try take(queue.removeFirst())
      if !progress(summary) { return }
    }
    try settleDisplaced()
  }

  /// Imports one input. What fails is noted; nil where nothing could be read. Of one that was not
  /// asked for, only what is new is counted.
  @discardableResult
  func take(_ input: Input, isAsked: Bool = true) throws -> Reading? {
    do {
      return try retrying(input, isAsked: isAsked)
    } catch let error as InputError {
      if !error.isStop { fail(input, error) }
    } catch is LostRace {
      fail(
        input,
        InputError(
          "another import stored the same log at the same time",
          hint: "import it again: what is stored already is not stored twice"))
    }
    return nil
  }

  private func fail(_ input: Input, _ error: InputError) {
    summary.failures.append((input.path, error))
    onNotice(.failure(path: input.path, error))
  }

  /// Other importers and writers may come in between: then everything is looked at again.
  private func retrying(_ input: Input, isAsked: Bool) throws -> Reading {
    let before = summary
    for attempt in 1... {
      let reading = try identify(input)
      if isAsked { try countKnown(of: reading, since: before) }
      do {
        defer { doneBytes += reading.consumed }
        try read(reading, isAsked: isAsked)
        return reading
      } catch let error where error is LostRace || error is Rewritten {
        guard attempt < Importer.mostAttempts, reading.isRepeatable else { throw LostRace() }
      }
    }
    throw LostRace()
  }

  private static let mostAttempts = 1000

  /// What of the input was there before this import: the known without what it stored itself.
  private func countKnown(of reading: Reading, since before: Summary) throws {
    guard let known = try knownTally(of: reading) else { return }
    summary.known = before.known + known.records - (summary.tally.records - before.tally.records)
    summary.knownLines =
      before.knownLines + known.lines - (summary.tally.lines - before.tally.lines)
    summary.heldBack = before.heldBack + (reading.hasTail ? 1 : 0)
  }

  /// Stores new lines until the end, until someone wants it to stop, or for so many batches.
  /// `isLast`: whether what has no newline may be taken. True when there may be more.
  @discardableResult
  func read(
    _ reading: Reading, isAsked: Bool = true, isLast: Bool? = nil, batches: Int = .max
  ) throws -> Bool {
    guard !reading.isPrefix else { return false }
    let isNew = reading.lines.offset == 0
    let before = summary
    let intake = Intake(
      reading, into: ledger, isLast: isLast ?? !options.isFollowing, most: batches,
      atOnce: options.atOnce)
    let own = workers[0]
    var threads: [WorkThread] = []
    while intake.take(own) {
      if own.isFollowed, threads.isEmpty { threads = startOthers(on: intake, reading) }
      own.read()
      guard let stored = intake.store(own) else { break }
      add(stored, to: before)
      summary.bytes = doneBytes + own.consumed
      if !progress(summary) { intake.stop() }
    }
    for thread in threads { thread.join() }
    let outcome = intake.outcome
    add(outcome.stored, to: before)
    summary.bytes = doneBytes + reading.consumed
    if let failure = outcome.failure {
      for worker in workers { worker.reader.forget() }
      throw failure
    }
    if outcome.isHeldBack, isAsked, !options.isFollowing { summary.heldBack += 1 }
    if let source = outcome.source { reading.became(source) }
    if let damage = outcome.damage { throw damage }
    let tally = outcome.stored.tally
    if isNew, !options.isFollowing, tally.readable == 0,
      outcome.endsInBinary || outcome.stored.withoutJSON * 2 > tally.rejects
    {
      throw InputError(
        "is no log that errata knows: nothing in it could be read",
        hint: .explainLine)
    }
    return outcome.hasMore
  }

  /// Puts the other workers to work as well, unless decompression takes the memory that they would.
  private func startOthers(on intake: Intake, _ reading: Reading) -> [WorkThread] {
    if reading.memory > 48 << 20 { return [] }
    return (1..<max(options.workers, 1)).compactMap { place in
      if place == workers.count { workers.append(makeWorker()) }
      // Its thread's alone until that is joined.
      nonisolated(unsafe) let worker = workers[place]
      return WorkThread { intake.work(worker) }
    }
  }

  private func add(_ stored: Intake.Stored, to before: Summary) {
    summary.tally = before.tally
    summary.tally += stored.tally
    summary.sightings = before.sightings
    summary.sightings += stored.sightings
    if before.sightings.otherHosts == 0, stored.sightings.otherHosts > 0, !toldOfOtherHosts {
      toldOfOtherHosts = true
      onNotice(.otherHosts)
    }
  }

  /// Whether bytes that no newline ends are a line all the same.
  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !options.isFollowing, bytes.count <= options.maxLine else { return false }
    return workers[0].reader.isComplete(bytes)
  }
}
