internal import Events
internal import Glibc

/// A thread that stores batches while the next is parsed.
///
/// Two batches go round: one is filled while the other is stored, so neither side waits for longer
/// than the other is slower.
final class BatchWriter: @unchecked Sendable {
  private let ledger: any Ledger
  private var thread = pthread_t()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Everything below is read and written under the mutex.
  private var free = [Batch(), Batch()]
  private var job: (batch: Batch, origin: Origin)?
  private var isStoring = false
  private var isFinished = false
  private var source: Int64?
  private var failure: (any Error)?

  init(_ ledger: any Ledger) {
    self.ledger = ledger
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<BatchWriter>.fromOpaque(context).takeUnretainedValue().run() }
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
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
    do {
      try wait()
    } catch {
      giveBack(batch)
      throw error
    }
    locked {
      let origin = origin ?? source.map(Origin.known)
      if let origin { job = (batch, origin) }
    }
  }

  /// Waits until everything handed over is stored, and says which source it went to.
  @discardableResult
  func wait() throws -> Int64? {
    let (source, failure) = locked {
      while job != nil || isStoring { pthread_cond_wait(changed, mutex) }
      defer { self.failure = nil }
      return (self.source, self.failure)
    }
    if let failure { throw failure }
    return source
  }

  private func run() {
    while let (batch, origin) = nextJob() {
      var stored: Int64?
      var problem: (any Error)?
      // Here and not where lines are read: this thread has time to spare.
      batch.countErrors()
      batch.identifiers.sort()
      do {
        stored = try ledger.commit(batch, to: origin)
      } catch {
        problem = error
      }
      batch.clear()
      locked {
        source = stored
        failure = problem
        free.append(batch)
        isStoring = false
      }
    }
  }

  private func nextJob() -> (Batch, Origin)? {
    locked {
      while job == nil, !isFinished { pthread_cond_wait(changed, mutex) }
      guard let next = job else { return nil }
      job = nil
      isStoring = true
      return next
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
