internal import Batches
internal import Files
internal import Threads

/// The import of one log, by one worker or by several at once.
///
/// Each worker does the same over and over: it takes the next passage of the log, reads it into a
/// batch, and stores the batch. Passages are taken by one worker at a time, as each begins where
/// the one before ends. Batches are stored by one worker at a time, in the order of their passages,
/// so that what is stored is always the beginning of the log. Reading, which takes longest, is done
/// side by side.
final class LogImport: @unchecked Sendable {
  private let ledger: any Ledger
  private let log: IdentifiedLog
  /// Whether what has no newline may be taken.
  private let isLast: Bool
  /// So many batches are taken.
  private let most: Int

  // Read and written by whoever takes a passage, one at a time:
  private let entrance = Lock(())
  private var taken = 0
  private var isStopped = false
  private var hasMore = true
  /// Why it ends before the log does; what precedes that is stored.
  private var damage: InputError?
  private var rewritten: Rewritten?
  /// A last line that was left for later, and whether it is nothing that a log could hold.
  private var tail: (isThere: Bool, isBinary: Bool) = (false, false)

  // Read and written by whoever's turn it is to store:
  private let turns: OrderedSemaphore
  private var source: Int64?
  private var stored = Stored()
  /// Why a batch could not be stored; nothing is stored after that.
  private var failure: (any Error)?

  /// What has come of a log.
  struct Stored {
    var tally = Tally()
    var sightings = Sightings()
    /// Rejects in which not even JSON was found.
    var withoutJSON: Int64 = 0
  }

  /// What there is to know in the end, but for errors of the ledger.
  struct Outcome {
    var stored: Stored
    /// The source that it is; nil where nothing was stored.
    var source: Int64?
    /// Whether there may be more to take.
    var hasMore: Bool
    var isHeldBack: Bool
    var endsInBinary: Bool
    var damage: InputError?
    var failure: (any Error)?
  }

  init(_ log: IdentifiedLog, into ledger: any Ledger, isLast: Bool, most: Int, atOnce: Int) {
    self.log = log
    self.ledger = ledger
    self.isLast = isLast
    self.most = most
    turns = OrderedSemaphore(most: atOnce)
  }

  /// Takes, reads and stores passages until there are no more.
  func work(_ worker: Worker) {
    repeat {
      guard take(worker) else { return }
      worker.read()
    } while store(worker) != nil
  }

  /// Lets nobody take another passage.
  func stop() {
    entrance.withLock { _ in isStopped = true }
  }

  /// Gives the next passage to a worker; false when there is nothing more to read.
  func take(_ worker: Worker) -> Bool {
    turns.acquire()
    if next(for: worker) { return true }
    turns.release()
    return false
  }

  /// Cuts the next passage and takes what proves its content; false when there is none.
  private func next(for worker: Worker) -> Bool {
    entrance.withLock { _ in
      guard hasMore, !isStopped, taken < most else { return false }
      let batch = worker.batch
      batch.clear()
      batch.offset = log.lines.offset
      do throws(InputError) {
        hasMore = try cut(&worker.passage, for: worker.reader)
      } catch {
        damage = error
        hasMore = false
      }
      batch.length = log.lines.offset - batch.offset
      worker.consumed = log.consumed
      guard batch.length > 0 else { return false }
      do throws(Rewritten) {
        try log.seal(batch)
      } catch {
        rewritten = error
        hasMore = false
        return false
      }
      worker.number = taken
      worker.origin = taken == 0 ? log.origin(upTo: log.lines.offset) : nil
      taken += 1
      worker.isFollowed = hasMore && taken < most
      return true
    }
  }

  /// Cuts as many lines as a batch holds; blank lines, which cost nothing, as many as there are in
  /// the bytes of a batch. False when there are no more.
  private func cut(_ passage: inout Passage, for reader: RecordReader) throws(InputError) -> Bool {
    passage.clear()
    var headerNumber = -1
    let end = log.lines.offset + Batch.mostBytes
    while passage.count < Batch.capacity && log.lines.offset < end || log.lines.isInGroup
      || mayGoOn(passage, end, reader)
    {
      guard let line = try log.lines.next() else { return false }
      if log.lines.headerNumber != headerNumber {
        headerNumber = log.lines.headerNumber
        passage.head(log.lines.columns)
      }
      // A line that is too long already may yet grow: it is no whole object.
      if !line.isTerminated, !isLast || !reader.isComplete(line, under: log.lines.columns) {
        log.lines.putBack(line)
        tail = (true, line.text.contains(0))
        return false
      }
      if !line.isTooLong, Envelope.isBlank(line.text) {
        passage.appendBlank()
        continue
      }
      passage.append(line)
    }
    return true
  }

  /// Whether more is taken than a batch holds, so that a line is not parted from another that says it
  /// again: behind the one stands the other, perhaps with a few lines of other requests between.
  private func mayGoOn(_ passage: borrowing Passage, _ end: Int64, _ reader: RecordReader) -> Bool {
    guard passage.count < Batch.capacity + LogImport.mostMore,
      log.lines.offset < end + LogImport.mostBytesMore
    else { return false }
    return (1...LogImport.mostBetween).contains { back in
      back <= passage.count && reader.builder.echoes.mayBeEcho(passage[passage.count - back].text)
    }
  }

  private static let mostMore = 64
  private static let mostBytesMore: Int64 = 1 << 19
  private static let mostBetween = 4

  /// Stores what a worker has read, when it is its turn, and says what has been stored so far; nil
  /// where this batch or one before it could not be stored.
  func store(_ worker: Worker) -> Stored? {
    turns.release(inTurn: worker.number) {
      guard failure == nil else { return nil }
      let batch = worker.batch
      batch.sightings.example?.path = log.input.path
      batch.sightings.skipped.place(in: log.input.path)
      do {
        source = try ledger.commit(
          batch, to: worker.origin ?? .known(source: source ?? 0))
      } catch {
        failure = error
        return nil
      }
      stored.tally += batch.tally
      stored.sightings += batch.sightings
      stored.withoutJSON += batch.rejectsNotKept
      stored.withoutJSON += Int64(
        batch.rejects.lazy.filter { $0.reason == RejectReason.noJSON.rawValue }.count)
      return stored
    }
  }

  /// What has come of it; to be asked when all workers are done.
  var outcome: Outcome {
    Outcome(
      stored: stored, source: source, hasMore: hasMore, isHeldBack: tail.isThere,
      endsInBinary: tail.isBinary, damage: damage, failure: failure ?? rewritten)
  }
}
