internal import Glibc

/// A semaphore that lets only so many threads work at the same moment, and lets them do the last
/// part of their work one at a time, in the order of numbers that count from 0.
///
/// There may be more threads than work at the same moment. One that waits for its turn makes room
/// for another, so that no core is idle; when its turn has come, it goes on at once, whoever else
/// works.
package final class OrderedSemaphore: @unchecked Sendable {
  private let most: Int
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Read and written under the mutex:
  private var turn = 0
  private var working = 0
  /// The numbers of threads that wait for their turn.
  private var waiting: Set<Int> = []

  package init(most: Int) {
    self.most = most
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Waits until few enough threads work, and counts as one of them from then on.
  package func acquire() {
    pthread_mutex_lock(mutex)
    while working >= most { pthread_cond_wait(changed, mutex) }
    working += 1
    pthread_mutex_unlock(mutex)
  }

  /// Counts as working no longer.
  package func release() {
    pthread_mutex_lock(mutex)
    working -= 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Does `work` when all smaller numbers have done theirs, and counts as working no longer.
  package func release<Result>(inTurn number: Int, _ work: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    if turn != number {
      waiting.insert(number)
      working -= 1
      pthread_cond_broadcast(changed)
      while turn != number { pthread_cond_wait(changed, mutex) }
    }
    pthread_mutex_unlock(mutex)
    defer {
      pthread_mutex_lock(mutex)
      turn += 1
      // The thread whose turn it is now works from this moment on, not only once it has woken up.
      if waiting.remove(turn) == nil { working -= 1 }
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return work()
  }
}
