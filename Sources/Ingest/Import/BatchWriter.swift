internal import Events
internal import Glibc

/// A thread that stores batches while the next is parsed.
///
/// Three batches go round: one is filled, one waits, one is stored, so that neither side waits for
/// the other unless it is slower all along.
final class BatchWriter: @unchecked Sendable {
  private let ledger: any Ledger
  private var thread = pthread_t()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Everything below is read and written under the mutex.
  private var free = [Batch(), Batch(), Batch()]
  private var jobs: [(batch: Batch, origin: Origin?)] = []
  private var isStoring = false
  private var isFinished = false
  private var lastSource: Int64?
  private var storedTally = Tally()
  private var storedSightings = Sightings()
  /// After a failure nothing more is stored until someone was told.
  private var failure: (any Error)?

  init(_ ledger: any Ledger) throws(InputError) {
    self.ledger = ledger
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<BatchWriter>.fromOpaque(context).takeUnretainedValue().run() }
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
    if failure != 0 {
      throw InputError(
        "a thread that stores cannot be started: \(String(cString: strerror(failure)))",
        hint: "the machine or its user has too many, or too little memory; try again")
    }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Stops the thread when all is stored. Must be called once.
  func finish() {
    locked { isFinished = true }
    pthread_join(thread, nil)
  }

  /// An empty batch; waits until there is one.
  func takeEmpty() -> Batch {
    locked {
      while free.isEmpty { pthread_cond_wait(changed, mutex) }
      return free.removeLast()
    }
  }

  func giveBack(_ batch: Batch) {
    batch.clear()
    locked { free.append(batch) }
  }

  /// Hands a batch over. With a nil origin it continues the source of the batch before.
  /// Throws what went wrong with an earlier one.
  func store(_ batch: Batch, origin: Origin?) throws {
    let failed = locked {
      if failure != nil { return true }
      jobs.append((batch, origin))
      return false
    }
    if failed {
      giveBack(batch)
      try wait()
    }
  }

  /// What has been stored so far.
  var stored: Tally { locked { storedTally } }

  /// What was met in it.
  var sightings: Sightings { locked { storedSightings } }

  /// Where the batch stored last went.
  var source: Int64? { locked { lastSource } }

  /// Waits until everything handed over is stored, or given up after a failure, which is thrown.
  func wait() throws {
    let failure = locked {
      while !jobs.isEmpty || isStoring { pthread_cond_wait(changed, mutex) }
      defer { self.failure = nil }
      return self.failure
    }
    if let failure { throw failure }
  }

  private func run() {
    while let (batch, origin) = nextJob() {
      let tally = batch.tally
      let sightings = batch.sightings
      let result = Result { try store(batch, in: origin) }
      batch.clear()
      locked {
        switch result {
        case .success(let stored):
          lastSource = stored
          storedTally += tally
          storedSightings += sightings
        case .failure(let error):
          failure = error
          for job in jobs {
            job.batch.clear()
            free.append(job.batch)
          }
          jobs.removeAll()
        }
        free.append(batch)
        isStoring = false
      }
    }
  }

  /// Does what is better done here than where lines are read, and stores.
  private func store(_ batch: Batch, in origin: Origin) throws -> Int64 {
    batch.countErrors()
    batch.identifiers.sort()
    return try ledger.commit(batch, to: origin)
  }

  private func nextJob() -> (Batch, Origin)? {
    locked {
      while jobs.isEmpty, !isFinished { pthread_cond_wait(changed, mutex) }
      guard !jobs.isEmpty else { return nil }
      let (batch, origin) = jobs.removeFirst()
      isStoring = true
      return (batch, origin ?? .known(source: lastSource ?? 0))
    }
  }

  private func locked<Result>(_ work: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return work()
  }
}
