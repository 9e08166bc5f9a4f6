package import Events
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
    package var failures: [(path: String, error: InputError)] = []
    /// What is missing, as far as it was noticed.
    package var gaps: [Gap] = []

    package init() {}

    /// All lines seen.
    package var lines: Int64 { tally.lines + knownLines + heldBack }
  }

  let ledger: any Ledger
  private var reader: RecordReader
  private let catalog: Catalog
  let options: Options
  let writer: BatchWriter
  /// Called now and then; returns false to stop.
  let progress: (Summary) -> Bool
  /// Told what is worth a line at once.
  package var onNotice: (Notice) -> Void = { _ in }
  package internal(set) var summary = Summary()
  /// Bytes of the inputs that are done.
  private var doneBytes: Int64 = 0
  /// Whether the line held back last is nothing that a log could hold.
  private var endsInBinary = false
  /// What is still to be imported.
  var queue: [Input] = []
  /// Sources that are no longer where they were, and not found elsewhere yet.
  var displaced: [Lineage] = []

  package init(
    ledger: any Ledger, catalog: Catalog, options: Options,
    progress: @escaping (Summary) -> Bool
  ) throws {
    self.ledger = ledger
    self.options = options
    self.progress = progress
    self.catalog = catalog
    reader = try RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
    writer = try BatchWriter(ledger)
  }

  /// Imports inputs one after the other. Damaged or unreadable ones are noted in the summary;
  /// an error of the store ends everything.
  package func run(_ inputs: [Input]) throws {
    defer { writer.finish() }
    queue = inputs
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
        try forget()
        guard attempt < Importer.mostAttempts, reading.isRepeatable else { throw LostRace() }
      }
    }
    throw LostRace()
  }

  private static let mostAttempts = 1000

  /// Forgets what was learnt with a batch that was taken back.
  func forget() throws {
    reader = try RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
  }

  /// What of the input was there before this import: the known without what it stored itself.
  private func countKnown(of reading: Reading, since before: Summary) throws {
    guard let known = try knownTally(of: reading) else { return }
    summary.known = before.known + known.records - (summary.tally.records - before.tally.records)
    summary.knownLines =
      before.knownLines + known.lines - (summary.tally.lines - before.tally.lines)
    summary.heldBack = before.heldBack + (reading.hasTail ? 1 : 0)
  }

  /// Reads new lines into batches until the end, until someone wants it to stop, or for so many
  /// batches. `isLast`: whether what has no newline may be taken. True when there may be more.
  @discardableResult
  func read(
    _ reading: Reading, isAsked: Bool = true, isLast: Bool? = nil, batches: Int = .max
  ) throws -> Bool {
    guard !reading.isPrefix else { return false }
    defer { summary.tally = writer.stored }
    let isLast = isLast ?? !options.isFollowing
    let isNew = reading.lines.offset == 0
    endsInBinary = false
    let before = summary.tally
    var failure: InputError?
    var withoutJSON: Int64 = 0
    var isGoingOn = true
    var filled = 0
    while isGoingOn, failure == nil, filled < batches {
      let batch = writer.takeEmpty()
      reader.begin(batch)
      batch.offset = reading.lines.offset
      do throws(InputError) {
        isGoingOn = try fill(batch, from: &reading.lines, isLast: isLast, isAsked: isAsked)
      } catch {
        // What precedes the damage is kept.
        failure = error
      }
      reader.end(batch)
      batch.sightings.example?.path = reading.input.path
      summary.bytes = doneBytes + reading.consumed
      batch.length = reading.lines.offset - batch.offset
      guard batch.length > 0 else {
        writer.giveBack(batch)
        break
      }
      do throws(Rewritten) {
        try reading.seal(batch)
      } catch {
        writer.giveBack(batch)
        try writer.wait()
        throw error
      }
      withoutJSON += batch.rejectsNotKept
      withoutJSON += Int64(batch.rejects.lazy.filter { $0.reason == "no_json" }.count)
      let origin = filled == 0 ? reading.origin(upTo: reading.lines.offset) : nil
      filled += 1
      try writer.store(batch, origin: origin)
      summary.tally = writer.stored
      if !progress(summary) { break }
    }
    try writer.wait()
    summary.tally = writer.stored
    summary.sightings = writer.sightings
    if filled > 0, let source = writer.source { reading.became(source) }
    if let failure { throw failure }
    let readable = summary.tally.readable - before.readable
    let rejects = summary.tally.rejects - before.rejects
    if isNew, !options.isFollowing, readable == 0, endsInBinary || withoutJSON * 2 > rejects {
      throw InputError(
        "is no log that errata knows: nothing in it could be read",
        hint:
          "it reads JSON and the text of common gateways; “errata explain” shows how it takes a "
          + "line")
    }
    return isGoingOn
  }

  /// Fills a batch; false when there are no more lines.
  private func fill(
    _ batch: Batch, from lines: inout LineReader, isLast: Bool, isAsked: Bool
  ) throws(InputError) -> Bool {
    let reader = reader
    while batch.tally.lines < Int64(Batch.capacity), batch.rows.count < Batch.capacity,
      lines.offset - batch.offset < Importer.batchBytes
    {
      guard let line = try lines.next() else { return false }
      // One that is too long already may yet grow: it is no whole object.
      if !line.isTerminated, !isLast || !reader.isComplete(line) {
        lines.putBack(line)
        if isAsked, !options.isFollowing { summary.heldBack += 1 }
        endsInBinary = line.text.contains(0)
        return false
      }
      reader.read(line, into: batch)
    }
    return true
  }

  /// A batch covers no more bytes than this and one line.
  private static let batchBytes: Int64 = 32 << 20

  /// Whether bytes that no newline ends are a line all the same.
  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !options.isFollowing, bytes.count <= options.maxLine else { return false }
    return reader.isComplete(bytes)
  }
}
