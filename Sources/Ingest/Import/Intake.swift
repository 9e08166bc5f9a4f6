internal import Batches
internal import Files
internal import Synchronization

/// A log on its way into the ledger, by one worker or by several at once.
///
/// Each does the same over and over: takes the next passage of the log, reads it, and stores what it
/// came to. Lines are cut by one at a time, as each begins where the one before ends, and batches are
/// stored in the order of their passages, so that what is stored is always the log's beginning. What
/// takes longest, the reading, goes on side by side: while one stores, the others read, and no core
/// waits for another.
final class Intake: @unchecked Sendable {
  private let ledger: any Ledger
  private let reading: Reading
  /// Whether what has no newline may be taken.
  private let isLast: Bool
  /// So many batches are taken.
  private let most: Int

  // Behind the entrance, where one is at a time:
  private let entrance = Mutex(())
  private var taken = 0
  private var isStopped = false
  private var hasMore = true
  /// Why it ends before the log does; what precedes that is stored.
  private var damage: InputError?
  private var rewritten: Rewritten?
  /// A last line that was left for later, and whether it is nothing that a log could hold.
  private var tail: (isThere: Bool, isBinary: Bool) = (false, false)

  // Of whoever's turn it is to store:
  private let crew: Crew
  private var source: Int64?
  private var stored = Stored()
  /// Nothing more is stored after it.
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

  init(_ reading: Reading, into ledger: any Ledger, isLast: Bool, most: Int, atOnce: Int) {
    self.reading = reading
    self.ledger = ledger
    self.isLast = isLast
    self.most = most
    crew = Crew(most: atOnce)
  }

  /// Does all that one worker can.
  func work(_ worker: Worker) {
    repeat {
      guard take(worker) else { return }
      worker.read()
    } while store(worker) != nil
  }

  /// Lets no one take any more.
  func stop() {
    entrance.withLock { _ in isStopped = true }
  }

  /// Begins to work on the next passage; false when there is nothing to read.
  func take(_ worker: Worker) -> Bool {
    crew.begin()
    if next(for: worker) { return true }
    crew.end()
    return false
  }

  /// Cuts the next passage, with all that proves it; false when there is none.
  private func next(for worker: Worker) -> Bool {
    entrance.withLock { _ in
      guard hasMore, !isStopped, taken < most else { return false }
      let batch = worker.batch
      batch.clear()
      batch.offset = reading.lines.offset
      do throws(InputError) {
        hasMore = try cut(&worker.passage, for: worker.reader)
      } catch {
        damage = error
        hasMore = false
      }
      batch.length = reading.lines.offset - batch.offset
      worker.consumed = reading.consumed
      guard batch.length > 0 else { return false }
      do throws(Rewritten) {
        try reading.seal(batch)
      } catch {
        rewritten = error
        hasMore = false
        return false
      }
      worker.number = taken
      worker.origin = taken == 0 ? reading.origin(upTo: reading.lines.offset) : nil
      taken += 1
      worker.isFollowed = hasMore && taken < most
      return true
    }
  }

  /// Cuts as many lines as a batch holds, blank ones as many as there are in so many bytes; false when
  /// there are no more.
  private func cut(_ passage: inout Passage, for reader: RecordReader) throws(InputError) -> Bool {
    passage.clear()
    let end = reading.lines.offset + Batch.mostBytes
    while passage.count < Batch.capacity, reading.lines.offset < end {
      guard let line = try reading.lines.next() else { return false }
      // One that is too long already may yet grow: it is no whole object.
      if !line.isTerminated, !isLast || !reader.isComplete(line) {
        reading.lines.putBack(line)
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

  /// Stores what was read, in its turn, and is at work no longer; nil when that failed, or what
  /// precedes it did.
  func store(_ worker: Worker) -> Stored? {
    crew.end(inTurn: worker.number) {
      guard failure == nil else { return nil }
      let batch = worker.batch
      batch.sightings.example?.path = reading.input.path
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

  /// To be asked when all workers are done.
  var outcome: Outcome {
    Outcome(
      stored: stored, source: source, hasMore: hasMore, isHeldBack: tail.isThere,
      endsInBinary: tail.isBinary, damage: damage, failure: failure ?? rewritten)
  }
}
